"""A scheme followed: one row for all the actors of a need, moved by the table, each step in the journal."""

from __future__ import annotations

from datetime import date

import pytest

from app.dossiers.actions import decline
from app.dossiers.lifecycle import DeclineReason, IllegalMove, Move
from app.dossiers.models import Event
from app.dossiers.moving import UnknownCase
from app.extensions import db
from app.workbench.models import Prescription
from app.workbench.prescribed import Prescribed, prescribed, prescribed_to
from app.workbench.prescription_actions import Progress, advance, propose
from app.workbench.prescriptions import Refusal, Step
from app.workbench.stale import StaleRow
from tests.cases import Desk, dossier_of

SCHEME = "contrat_apprentissage"
DAY = date(2026, 11, 23)


def only(desk: Desk, dossier_id: int) -> Prescribed:
    (row,) = prescribed(desk.viewer, dossier_id)
    return row


def move(desk: Desk, dossier_id: int, progress: Progress) -> None:
    row = only(desk, dossier_id)
    advance(desk.viewer, dossier_id, row.id, row.version, progress)


def journal() -> list[tuple[str | None, str | None]]:
    lines = db.session.query(Event).filter_by(kind=Move.SCHEME).order_by(Event.id)
    return [(one.from_, one.to) for one in lines]


def test_proposed_by_two_actors_it_is_one_prescription(taken: int, need: int, opco: Desk, cma: Desk) -> None:
    other = dossier_of(need, cma.branch_id).id
    propose(opco.viewer, taken, SCHEME)
    propose(cma.viewer, other, SCHEME)
    assert only(opco, taken) == only(cma, other)
    assert only(opco, taken).verdict == "eligible" and only(opco, taken).rulebook == "edition-du-test"
    assert journal() == [(None, Step.PROPOSED)]


def test_all_the_way_by_either_actor(taken: int, need: int, opco: Desk, cma: Desk) -> None:
    other = dossier_of(need, cma.branch_id).id
    propose(opco.viewer, taken, SCHEME)
    move(cma, other, Progress(Step.REQUESTED, DAY))
    move(opco, taken, Progress(Step.GRANTED, DAY, amount=5000))
    move(cma, other, Progress(Step.USED, DAY, comment="Contrat signé"))
    row = only(opco, taken)
    assert (row.step, row.amount, row.requested_on, row.used_on) == (Step.USED, 5000, DAY, DAY)
    assert [to for _, to in journal()] == [Step.PROPOSED, Step.REQUESTED, Step.GRANTED, Step.USED]
    last = db.session.query(Event).order_by(Event.id.desc()).first()
    assert last is not None and "Contrat signé" in (last.why or "")


def test_another_amount_is_never_taken_for_a_second_click(taken: int, opco: Desk) -> None:
    """« C’est noté » of an amount that was not would be a promise lost."""
    propose(opco.viewer, taken, SCHEME)
    move(opco, taken, Progress(Step.REQUESTED, DAY))
    row = only(opco, taken)
    for _ in range(2):
        advance(opco.viewer, taken, row.id, row.version, Progress(Step.GRANTED, DAY, amount=5000))
    with pytest.raises(StaleRow):
        advance(opco.viewer, taken, row.id, row.version, Progress(Step.GRANTED, DAY, amount=5200))
    assert only(opco, taken).amount == 5000


def test_a_refusal_keeps_its_code_and_may_be_contested(taken: int, opco: Desk) -> None:
    propose(opco.viewer, taken, SCHEME)
    move(opco, taken, Progress(Step.REQUESTED, DAY))
    move(opco, taken, Progress(Step.REFUSED, DAY, refusal=Refusal.NO_BUDGET))
    assert only(opco, taken).refusal == Refusal.NO_BUDGET
    move(opco, taken, Progress(Step.REQUESTED, DAY))
    row = only(opco, taken)
    assert (row.step, row.refusal, row.decided_on) == (Step.REQUESTED, None, None)


@pytest.mark.parametrize("step", [Step.GRANTED, Step.REFUSED, Step.USED])
def test_a_step_the_table_lacks_changes_nothing(taken: int, opco: Desk, step: Step) -> None:
    propose(opco.viewer, taken, SCHEME)
    with pytest.raises(IllegalMove):
        move(opco, taken, Progress(step, DAY))
    assert only(opco, taken).step == Step.PROPOSED and len(journal()) == 1


def test_a_stale_step_is_refused_and_a_double_click_is_not(
    taken: int, need: int, opco: Desk, cma: Desk
) -> None:
    propose(opco.viewer, taken, SCHEME)
    seen = only(opco, taken)
    asked = Progress(Step.REQUESTED, DAY)
    advance(opco.viewer, taken, seen.id, seen.version, asked)
    advance(opco.viewer, taken, seen.id, seen.version, asked)
    with pytest.raises(StaleRow):
        advance(cma.viewer, dossier_of(need, cma.branch_id).id, seen.id, seen.version, asked)
    assert len(journal()) == 2


@pytest.mark.parametrize("scheme", ["", "inconnu", "aide_embauche", "x" * 60])
def test_what_the_decision_does_not_hold_cannot_be_proposed(taken: int, opco: Desk, scheme: str) -> None:
    with pytest.raises(IllegalMove):
        propose(opco.viewer, taken, scheme)
    assert not db.session.query(Prescription).count()


def test_a_branch_without_an_open_dossier_moves_nothing(
    taken: int, need: int, opco: Desk, cma: Desk, stranger: Desk
) -> None:
    propose(opco.viewer, taken, SCHEME)
    row = only(opco, taken)
    asked = Progress(Step.REQUESTED, DAY)
    with pytest.raises(UnknownCase):
        advance(stranger.viewer, taken, row.id, row.version, asked)
    other = dossier_of(need, cma.branch_id)
    decline(cma.viewer, other.id, other.version, DeclineReason.NO_CAPACITY)
    with pytest.raises(IllegalMove):
        advance(cma.viewer, other.id, row.id, row.version, asked)
    assert prescribed(stranger.viewer, taken) == ()
    assert [one.id for one in prescribed_to(dossier_of(need, opco.branch_id).inquiry_id)] == [row.id]
