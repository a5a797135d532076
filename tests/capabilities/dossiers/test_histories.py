"""Whatever advisers do, in whatever order: one lead, legal moves only, a journal that tells the present."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.dossiers.actions import close, decline, note_contact, take
from app.dossiers.desk import Tab
from app.dossiers.lifecycle import MOVES, DeclineReason, IllegalMove, Outcome, Status
from app.dossiers.models import Dossier, Event
from app.dossiers.moving import StaleCase, UnknownCase
from app.dossiers.queries import desk_counts, desk_of, needs_without_lead
from app.extensions import db
from tests.cases import Desk, a_desk, a_maison, an_orientation, file_need

VERBS: dict[str, Callable[[Desk, Dossier], None]] = {
    "take": lambda desk, dossier: take(desk.viewer, dossier.id, dossier.version),
    "decline": lambda desk, dossier: decline(
        desk.viewer, dossier.id, dossier.version, DeclineReason.NO_CAPACITY
    ),
    "close": lambda desk, dossier: close(desk.viewer, dossier.id, dossier.version, Outcome.HELPED),
    "contact": lambda desk, dossier: note_contact(desk.viewer, dossier.id),
    "stale": lambda desk, dossier: take(desk.viewer, dossier.id, dossier.version - 1),
}

steps = st.lists(st.tuples(st.sampled_from(sorted(VERBS)), st.integers(0, 3), st.integers(0, 5)), max_size=14)


def desks() -> list[Desk]:
    maison = a_maison()
    return [*(a_desk(actor, f"{actor}-34") for actor in ("opco", "cma", "cci")), maison]


def history_of(dossier: Dossier) -> list[tuple[str | None, str]]:
    moves = db.session.query(Event).filter_by(dossier_id=dossier.id).order_by(Event.id)
    return [(one.from_, one.to) for one in moves if one.to in set(Status) and one.from_ != one.to]


def check(need_id: int, people: list[Desk]) -> None:
    dossiers = db.session.query(Dossier).filter_by(need_id=need_id).all()
    assert sum(dossier.leads for dossier in dossiers) == 1
    assert needs_without_lead(people[-1].viewer) == 0
    for dossier in dossiers:
        history = history_of(dossier)
        assert history[-1][1] == dossier.status
        assert all(end in MOVES[Status(start)] for start, end in history if start)
    for desk in people:
        counts = desk_counts(desk.viewer)
        assert all(len(desk_of(desk.viewer, tab).rows) == counts[tab] for tab in Tab)


@given(steps)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_random_histories_keep_one_lead(context: Flask, history: list[tuple[str, int, int]]) -> None:
    with db.engine.begin() as connection:
        for table in reversed(db.metadata.sorted_tables):
            connection.execute(table.delete())
    people = desks()
    need_id = file_need(an_orientation(("opco", "opco-34"), ("cma", "cma-34"), ("cci", "cci-34")))
    for verb, who, which in history:
        found = db.session.query(Dossier).filter_by(need_id=need_id).order_by(Dossier.id).all()
        try:
            VERBS[verb](people[who], found[which % len(found)])
        except (IllegalMove, StaleCase, UnknownCase):
            db.session.rollback()
        check(need_id, people)
