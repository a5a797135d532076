"""A relay nobody answers lapses: the sender keeps the case, both are told once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask

from app.dossiers.actions import take
from app.dossiers.handover_actions import accept, ask_support, offer
from app.dossiers.lapse_actions import lapse
from app.dossiers.lifecycle import IllegalMove, Move, Part, Status
from app.dossiers.models import Dossier, Event
from app.dossiers.relays import answer_day_of, pending
from app.dossiers.reminder_actions import remind_due
from app.extensions import db
from app.kernel.clock import PARIS
from app.kernel.workdays import add_workdays
from app.mailbox.models import Letter
from tests.cases import Desk, a_desk, a_maison, an_orientation, dossier_of, file_need, lead_of

MONDAY = datetime(2026, 11, 16, 9, tzinfo=PARIS)


@pytest.fixture
def maison(context: Flask) -> Desk:
    return a_maison()


@pytest.fixture
def opco(maison: Desk) -> Desk:
    return a_desk("opco", "opco-ep-occitanie")


@pytest.fixture
def cma(maison: Desk) -> Desk:
    return a_desk("cma", "cma-34", name="Karim Haddad")


def offered(opco: Desk, cma: Desk, *kept: tuple[str, str]) -> int:
    """A need led by the OPCO, taken, its relay offered to the chamber on Monday."""
    with time_machine.travel(MONDAY, tick=False):
        need = file_need(an_orientation(("opco", opco.slug), *kept))
        take(opco.viewer, lead_of(need).id, lead_of(need).version)
        offer(opco.viewer, lead_of(need).id, lead_of(need).version, cma.slug)
    return need


def letters(kind: str) -> int:
    return db.session.query(Letter).filter_by(kind=kind).count()


def events(need: int) -> list[str]:
    return [one.kind for one in db.session.query(Event).filter_by(need_id=need).order_by(Event.id)]


def test_the_sender_keeps_the_case_and_both_are_told_once(opco: Desk, cma: Desk) -> None:
    need = offered(opco, cma, ("cma", cma.slug))
    asked = dossier_of(need, cma.branch_id)
    last = answer_day_of(asked.id)
    assert last == add_workdays(MONDAY.date(), 5), "the clock of a first contact, high urgency"
    evening = datetime(last.year, last.month, last.day, 20, tzinfo=PARIS)
    assert not lapse(asked.id, evening) and list(pending()) == [asked.id]
    assert lapse(asked.id, evening + timedelta(hours=12)) and not lapse(asked.id, evening + timedelta(days=3))
    assert lead_of(need).branch_id == opco.branch_id and lead_of(need).status == Status.TAKEN
    assert dossier_of(need, cma.branch_id).offered_by_id is None
    assert events(need).count(Move.OFFER_LAPSED) == 1
    assert (letters("hand_over_lapsed"), letters("case_withdrawn")) == (1, 1)
    with pytest.raises(IllegalMove):
        accept(cma.viewer, asked.id, dossier_of(need, cma.branch_id).version)


def test_a_branch_asked_for_nothing_else_ends_withdrawn_and_may_be_asked_again(opco: Desk, cma: Desk) -> None:
    need = offered(opco, cma, ("cma", cma.slug))
    asked = dossier_of(need, cma.branch_id)
    asked.role = Part.OFFERED
    db.session.commit()
    assert lapse(asked.id, MONDAY + timedelta(days=30))
    assert dossier_of(need, cma.branch_id).status == Status.WITHDRAWN
    offer(opco.viewer, lead_of(need).id, lead_of(need).version, cma.slug)
    assert dossier_of(need, cma.branch_id).offered


def test_a_support_keeps_its_part(opco: Desk, cma: Desk) -> None:
    with time_machine.travel(MONDAY, tick=False):
        need = file_need(an_orientation(("opco", opco.slug), ("cma", cma.slug)))
        lead = lead_of(need)
        offer(opco.viewer, lead.id, lead.version, cma.slug)
    assert lapse(dossier_of(need, cma.branch_id).id, MONDAY + timedelta(days=30))
    row = dossier_of(need, cma.branch_id)
    assert (row.role, row.status, row.offered) == (Part.SUPPORT, Status.RECEIVED, False)


def test_the_daily_round_lets_it_lapse_even_after_a_missed_day(opco: Desk, cma: Desk) -> None:
    need = offered(opco, cma, ("cma", cma.slug))
    late = MONDAY + timedelta(days=21)
    with time_machine.travel(late, tick=False):
        remind_due(late)
        remind_due(late)
    assert events(need).count(Move.OFFER_LAPSED) == 1 and letters("hand_over_lapsed") == 1
    assert db.session.query(Dossier).filter(Dossier.offered_by_id.is_not(None)).count() == 0


def test_support_asked_is_a_line_of_the_lead_s_journal(opco: Desk, cma: Desk) -> None:
    need = file_need(an_orientation(("opco", opco.slug)))
    ask_support(opco.viewer, lead_of(need).id, lead_of(need).version, "mmr-34")
    assert Move.SUPPORT_ASKED in events(need)
