"""« Annuler »: one's own last move, the same day, while nobody has acted since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask

from app.dossiers import records
from app.dossiers.actions import close, decline, reopen, take, wait
from app.dossiers.call_actions import log_call
from app.dossiers.calls import Call
from app.dossiers.choosing import choice_of
from app.dossiers.handover_actions import accept, ask_support, offer, refuse
from app.dossiers.join_actions import join
from app.dossiers.lifecycle import DeclineReason, IllegalMove, Move, Outcome, ReopenReason, Status
from app.dossiers.models import Dossier, Event
from app.dossiers.moving import StaleCase
from app.dossiers.queries import needs_without_lead
from app.dossiers.requalify_actions import requalify
from app.dossiers.undo_actions import undo
from app.extensions import db
from app.inquiries.models import Need, PastDecision
from app.kernel.clock import PARIS, utcnow
from app.mailbox.actions import send_waiting
from app.mailbox.models import Letter
from app.rulebooks.actions import publish_first_edition
from tests.cases import Desk, a_desk, a_maison, a_viewer, an_orientation, dossier_of, file_need, lead_of

REASON = DeclineReason.NO_CAPACITY
FIELDS = (
    "status",
    "leads",
    "role",
    "waiting_since",
    "first_contact_due",
    "taken_by_id",
    "outcome",
    "offered_by_id",
)


@pytest.fixture
def maison(context: Flask) -> Desk:
    return a_maison()


@pytest.fixture
def opco(maison: Desk) -> Desk:
    return a_desk("opco", "opco-ep-occitanie")


@pytest.fixture
def cma(maison: Desk) -> Desk:
    return a_desk("cma", "cma-34", name="Karim Haddad")


@pytest.fixture
def need(opco: Desk, cma: Desk) -> int:
    return file_need(an_orientation(("opco", opco.slug), ("cma", cma.slug)))


def standing(need_id: int) -> dict[int, tuple[object, ...]]:
    rows = db.session.query(Dossier).filter_by(need_id=need_id)
    return {one.id: tuple(getattr(one, name) for name in FIELDS) for one in rows}


def taken(desk: Desk, dossier: Dossier) -> None:
    take(desk.viewer, dossier.id, dossier.version)


def letters(kind: str) -> int:
    return db.session.query(Letter).filter_by(kind=kind).count()


def undone(desk: Desk, dossier: Dossier) -> bool:
    return undo(desk.viewer, dossier.id, dossier.version)


MOVES: dict[str, Callable[[Desk, Dossier], None]] = {
    "wait": lambda desk, one: wait(desk.viewer, one.id, one.version),
    "close": lambda desk, one: close(desk.viewer, one.id, one.version, Outcome.HELPED),
    "offer": lambda desk, one: offer(desk.viewer, one.id, one.version, "cma-34"),
}


@pytest.mark.parametrize("verb", MOVES)
def test_each_move_of_a_held_case_is_undone_to_the_field(verb: str, need: int, opco: Desk) -> None:
    taken(opco, lead_of(need))
    before = standing(need)
    MOVES[verb](opco, lead_of(need))
    assert standing(need) != before
    undone(opco, lead_of(need))
    assert standing(need) == before
    assert letters("closed") == 0


def test_taking_is_undone_and_the_letter_never_leaves(need: int, opco: Desk) -> None:
    before = standing(need)
    taken(opco, lead_of(need))
    assert not undone(opco, lead_of(need))
    assert not undone(opco, lead_of(need))
    assert standing(need) == before and letters("taken") == letters("corrected") == 0
    taken(opco, lead_of(need))
    assert letters("taken") == 1


def test_a_letter_that_left_is_corrected(need: int, opco: Desk) -> None:
    taken(opco, lead_of(need))
    send_waiting()
    assert undone(opco, lead_of(need))
    assert letters("taken") == letters("corrected") == 1
    send_waiting()
    assert {one.status for one in db.session.query(Letter)} == {"sent"}


def test_a_refusal_undone_gives_the_lead_back(need: int, opco: Desk, cma: Desk, maison: Desk) -> None:
    before = standing(need)
    decline(opco.viewer, lead_of(need).id, lead_of(need).version, REASON)
    assert lead_of(need).branch_id == cma.branch_id
    undone(opco, dossier_of(need, opco.branch_id))
    assert standing(need) == before
    assert needs_without_lead(maison.viewer) == 0
    assert letters("passed_on") == 0


def test_a_maison_opened_by_a_refusal_is_withdrawn_and_told(opco: Desk, maison: Desk) -> None:
    need_id = file_need(an_orientation(("opco", opco.slug)))
    decline(opco.viewer, lead_of(need_id).id, lead_of(need_id).version, REASON)
    send_waiting()
    assert undone(opco, dossier_of(need_id, opco.branch_id))
    assert dossier_of(need_id, maison.branch_id).status == Status.WITHDRAWN
    assert lead_of(need_id).branch_id == opco.branch_id
    assert letters("case_withdrawn") == 1


def test_answers_to_a_relay_are_undone(need: int, opco: Desk, cma: Desk) -> None:
    offer(opco.viewer, lead_of(need).id, lead_of(need).version, cma.slug)
    before = standing(need)
    asked = dossier_of(need, cma.branch_id)
    accept(cma.viewer, asked.id, asked.version)
    undone(cma, dossier_of(need, cma.branch_id))
    assert standing(need) == before
    asked = dossier_of(need, cma.branch_id)
    refuse(cma.viewer, asked.id, asked.version, REASON)
    assert lead_of(need).actor == "region_mmr"
    undone(cma, dossier_of(need, cma.branch_id))
    assert {one: standing(need)[one] for one in before} == before


def test_nobody_undoes_what_a_colleague_did_or_what_others_followed(need: int, opco: Desk, cma: Desk) -> None:
    colleague = a_viewer("Paul Rey", opco.branch_id, opco.slug)
    taken(opco, lead_of(need))
    with pytest.raises(IllegalMove):
        undo(colleague, lead_of(need).id, lead_of(need).version)
    support = dossier_of(need, cma.branch_id)
    take(cma.viewer, support.id, support.version)
    with pytest.raises(IllegalMove):
        undone(opco, lead_of(need))


def test_only_the_last_move_and_only_as_seen(need: int, opco: Desk) -> None:
    taken(opco, lead_of(need))
    seen = lead_of(need).version
    log_call(opco.viewer, lead_of(need).id, Call.REACHED)
    with pytest.raises(IllegalMove):
        undone(opco, lead_of(need))
    close(opco.viewer, lead_of(need).id, lead_of(need).version, Outcome.HELPED)
    with pytest.raises(StaleCase):
        undo(opco.viewer, lead_of(need).id, seen)
    undone(opco, lead_of(need))
    assert lead_of(need).status == Status.TAKEN and lead_of(need).first_contact_on is not None


def test_the_next_day_a_new_move_is_needed(opco: Desk) -> None:
    late = datetime(2026, 11, 16, 23, 50, tzinfo=PARIS)
    with time_machine.travel(late):
        need_id = file_need(an_orientation(("opco", opco.slug)))
        taken(opco, lead_of(need_id))
        close(opco.viewer, lead_of(need_id).id, lead_of(need_id).version, Outcome.HELPED)
    with time_machine.travel(late + timedelta(minutes=20)):
        with pytest.raises(IllegalMove):
            undone(opco, lead_of(need_id))
        reopen(opco.viewer, lead_of(need_id).id, lead_of(need_id).version, ReopenReason.BY_MISTAKE)
    assert lead_of(need_id).status == Status.TAKEN


def test_the_journal_says_what_was_undone(need: int, opco: Desk) -> None:
    taken(opco, lead_of(need))
    undone(opco, lead_of(need))
    event = db.session.query(Event).filter_by(need_id=need).order_by(Event.id.desc()).first()
    assert event is not None
    assert (event.kind, event.from_, event.to, event.why) == ("undone", "taken", "received", "Pris")


def test_a_support_asked_is_undone_and_the_branch_told(need: int, opco: Desk, maison: Desk) -> None:
    before = standing(need)
    ask_support(opco.viewer, lead_of(need).id, lead_of(need).version, maison.slug)
    send_waiting()
    undone(opco, lead_of(need))
    after = standing(need)
    assert {key: after[key] for key in before} == before
    assert dossier_of(need, maison.branch_id).status == Status.WITHDRAWN
    assert letters("case_withdrawn") == 1


def test_a_requalified_need_has_its_name_and_its_decision_again(need: int, opco: Desk) -> None:
    publish_first_edition()
    row = db.session.get_one(Need, need)
    former, before = (row.key, row.theme, row.urgency, row.decision), standing(need)
    taken(opco, lead_of(need))
    held = standing(need)
    requalify(opco.viewer, lead_of(need).id, lead_of(need).version, "for_salaries")
    assert db.session.get_one(Need, need).key == "for_salaries"
    undone(opco, dossier_of(need, opco.branch_id))
    row = db.session.get_one(Need, need)
    assert (row.key, row.theme, row.urgency, row.decision) == former
    assert {key: standing(need)[key] for key in before} == held
    past = [one.key for one in db.session.query(PastDecision).order_by(PastDecision.id)]
    assert past == [former[0], "for_salaries"], "what it was taken for meanwhile is kept"
    assert letters("requalified") == 0


def test_two_requests_joined_are_parted_again(need: int, opco: Desk, cma: Desk) -> None:
    first = file_need(an_orientation(("opco", opco.slug)), siret="73282932000074")
    second = file_need(an_orientation(("opco", opco.slug)), siret="73282932000074")
    before = standing(second)
    join(opco.viewer, lead_of(second).id, lead_of(second).version, lead_of(first).id)
    assert lead_of(second).outcome == Outcome.JOINED
    undone(opco, lead_of(second))
    assert standing(second) == before
    assert db.session.get_one(Need, second).joined_to_id is None


def test_a_reminder_is_no_deed_and_leaves_the_undo_open(need: int, opco: Desk) -> None:
    taken(opco, lead_of(need))
    records.note(db.session(), lead_of(need), Move.REMINDED, utcnow(), None, why="Premier rappel")
    db.session.commit()
    undone(opco, lead_of(need))
    assert lead_of(need).status == Status.RECEIVED


def test_a_refusal_undone_is_no_refusal(need: int, opco: Desk, cma: Desk) -> None:
    taken(opco, lead_of(need))
    offer(opco.viewer, lead_of(need).id, lead_of(need).version, cma.slug)
    row = dossier_of(need, cma.branch_id)
    refuse(cma.viewer, row.id, row.version, REASON)
    chosen = choice_of(lead_of(need), cma.slug)
    assert chosen is not None and chosen.refused
    undone(cma, dossier_of(need, cma.branch_id))
    chosen = choice_of(lead_of(need), cma.slug)
    assert chosen is not None and not chosen.refused
