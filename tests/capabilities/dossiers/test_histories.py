"""Whatever advisers do, in whatever order: one lead, legal moves only, a journal that tells the present."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise

import time_machine
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.dossiers.actions import close, decline, reopen, resume, take, wait
from app.dossiers.call_actions import log_call
from app.dossiers.calls import Call
from app.dossiers.desk import Tab
from app.dossiers.handover_actions import accept, ask_support, end_offer, offer, refuse
from app.dossiers.join_actions import join
from app.dossiers.lifecycle import (
    MOVES,
    OPEN,
    DeclineReason,
    IllegalMove,
    Move,
    Outcome,
    Part,
    ReopenReason,
    Status,
)
from app.dossiers.lists import desk_counts, desk_of
from app.dossiers.models import Dossier, Event
from app.dossiers.moving import StaleCase, UnknownCase
from app.dossiers.queries import case_for, needs_without_lead
from app.dossiers.reassign_actions import reassign
from app.dossiers.requalify_actions import requalify
from app.dossiers.undo_actions import undo
from app.extensions import db
from app.kernel.clock import PARIS
from app.mailbox.models import Letter
from app.rulebooks.actions import publish_first_edition
from tests.cases import Desk, a_desk, a_maison, a_viewer, an_orientation, file_need, serves

PROVE = bool(os.environ.get("GUICHET_PROVE"))
START = datetime(2026, 11, 16, 9, tzinfo=PARIS)
SIRET = "73282932000074"
SLUGS = ("opco-34", "cma-34", "cci-34", "mmr-34")
NEEDS = ("alt_apprenti", "for_salaries", "rec_etranger", "alt_tuteur")
JUMPS = (timedelta(minutes=1), timedelta(hours=9), timedelta(days=3))
KEPT_TABLES = "rulebook"

Verb = Callable[[Desk, Dossier, int], object]
VERBS: dict[str, Verb] = {
    "take": lambda desk, one, _: take(desk.viewer, one.id, one.version),
    "decline": lambda desk, one, _: decline(desk.viewer, one.id, one.version, DeclineReason.NO_CAPACITY),
    "close": lambda desk, one, _: close(desk.viewer, one.id, one.version, Outcome.HELPED),
    "contact": lambda desk, one, _: log_call(desk.viewer, one.id, Call.REACHED),
    "wait": lambda desk, one, _: wait(desk.viewer, one.id, one.version),
    "resume": lambda desk, one, _: resume(desk.viewer, one.id, one.version),
    "reopen": lambda desk, one, _: reopen(desk.viewer, one.id, one.version, ReopenReason.NEW_FACT),
    "offer": lambda desk, one, n: offer(
        desk.viewer, one.id, one.version, SLUGS[n % len(SLUGS)], knowingly=n > 3
    ),
    "accept": lambda desk, one, _: accept(desk.viewer, one.id, one.version),
    "refuse": lambda desk, one, _: refuse(desk.viewer, one.id, one.version, DeclineReason.NO_CAPACITY),
    "end_offer": lambda desk, one, _: end_offer(desk.viewer, one.id, one.version),
    "support": lambda desk, one, n: ask_support(
        desk.viewer, one.id, one.version, SLUGS[n % len(SLUGS)], knowingly=n > 3
    ),
    "requalify": lambda desk, one, n: requalify(desk.viewer, one.id, one.version, NEEDS[n % len(NEEDS)]),
    "join": lambda desk, one, n: join(desk.viewer, one.id, one.version, n + 1),
    "reassign": lambda desk, one, n: reassign(desk.viewer, one.id, one.version, desk.viewer.user_id + n // 4),
    "undo": lambda desk, one, _: undo(desk.viewer, one.id, one.version),
    "stale": lambda desk, one, _: take(desk.viewer, one.id, one.version - 1),
}
OFTEN = ("take", "offer", "accept", "undo")
steps = st.lists(
    st.tuples(
        st.sampled_from((*sorted(VERBS), *OFTEN)),
        st.integers(0, 9),
        st.integers(0, 7),
        st.sampled_from(JUMPS),
        st.booleans(),
    ),
    min_size=4,
    max_size=60 if PROVE else 24,
)


def desks() -> list[Desk]:
    """Three branches and the Maison, two people in each."""
    maison = a_maison()
    teams = [*(a_desk(slug.partition("-")[0], slug) for slug in SLUGS[:-1]), maison]
    for desk in teams:
        serves(desk, "departement", "34")
    more = [
        Desk(one.branch_id, one.slug, a_viewer("Paul Rey", one.branch_id, one.slug)) for one in teams[:-1]
    ]
    return [*teams, *more]


def filed() -> list[int]:
    """Three requests of one establishment, kept in different orders."""
    opco, cma, cci = ((slug.partition("-")[0], slug) for slug in SLUGS[:-1])
    orders = ((opco, cma, cci), (opco,), (cma, opco))
    return [file_need(an_orientation(*order), siret=SIRET) for order in orders]


def emptied() -> None:
    with db.engine.begin() as connection:
        for table in reversed(db.metadata.sorted_tables):
            if KEPT_TABLES not in table.name:
                connection.execute(table.delete())


def journal() -> list[Event]:
    return list(db.session.query(Event).order_by(Event.id))


def acted(desk: Desk, one: Dossier, verb: str, number: int, *, twice: bool) -> None:
    """Do it, or be refused with a sentence; a second click at the same version adds nothing to the journal."""
    seen = Dossier(id=one.id, version=one.version)
    for click in range(2 if twice else 1):
        before = len(journal())
        try:
            VERBS[verb](desk, seen, number)
        except (IllegalMove, StaleCase, UnknownCase):
            db.session.rollback()
            assert len(journal()) == before
        assert not click or len(journal()) == before


def check_leads(needs: list[int], people: list[Desk]) -> None:
    for need_id in needs:
        rows = db.session.query(Dossier).filter_by(need_id=need_id).all()
        assert sum(one.leads for one in rows) == 1
        lead = next(one for one in rows if one.leads)
        assert lead.status in OPEN | {Status.CLOSED}
        for one in rows:
            if one.offered_by_id is not None:
                assert (one.offered_by_id, lead.status in OPEN) == (lead.id, True)
            assert one.role != Part.OFFERED or one.status not in OPEN or one.offered
            assert one.waiting_since is None or one.status == Status.TAKEN
    assert needs_without_lead(people[3].viewer) == 0


def check_journal() -> None:
    """Each dossier's line of statuses is unbroken, legal, and ends where the dossier is."""
    events = journal()
    assert [one.at for one in events] == sorted(one.at for one in events)
    for dossier in db.session.query(Dossier):
        mine = [one for one in events if one.dossier_id == dossier.id and one.to in set(Status)]
        assert mine[-1].to == dossier.status
        for former, one in pairwise(mine):
            assert one.from_ == former.to
            start, end = Status(one.from_ or ""), Status(one.to or "")
            back = one.kind == Move.UNDONE and start in MOVES[end]
            assert start is end or back or end in MOVES[start]


def check_letters() -> None:
    """Never more announcements than what they announce."""
    told = [one.kind for one in db.session.query(Letter)]
    done = [one.kind for one in journal()]
    assert told.count("taken") <= done.count("taken") + done.count("reassigned")
    for letter in ("closed", "reopened", "joined"):
        assert told.count(letter) <= done.count(letter)
    assert told.count("requalified") == done.count("requalified")


def check_views(people: list[Desk]) -> None:
    ids = {one.id: one.branch_id for one in db.session.query(Dossier)}
    for desk in people:
        counts = desk_counts(desk.viewer)
        for tab in Tab:
            rows = desk_of(desk.viewer, tab).rows
            assert len(rows) == counts[tab]
            assert all(ids[row.id] == desk.branch_id for row in rows)
    for dossier_id, branch_id in ids.items():
        for desk in people[:4]:
            assert (case_for(desk.viewer, dossier_id) is not None) is (desk.branch_id == branch_id)


@given(steps)
@settings(
    max_examples=150 if PROVE else 10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_random_histories_keep_one_lead(
    context: Flask, history: list[tuple[str, int, int, timedelta, bool]]
) -> None:
    emptied()
    publish_first_edition()
    with time_machine.travel(START, tick=False) as clock:
        people, needs = desks(), filed()
        for verb, who, number, jump, twice in history:
            clock.shift(jump)
            desk = people[who % len(people)]
            mine = db.session.query(Dossier).filter_by(branch_id=desk.branch_id).order_by(Dossier.id).all()
            if not mine:
                continue
            acted(desk, mine[number % len(mine)], verb, number, twice=twice)
            check_leads(needs, people)
        check_journal()
        check_letters()
        check_views(people)
