"""Waiting for the company stops the clocks; what was closed starts again by a new move."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from app.dossiers.actions import close, reopen, resume, take, wait
from app.dossiers.desk import Tab
from app.dossiers.lifecycle import IllegalMove, NeedStatus, Outcome, ReopenReason, Status, need_status
from app.dossiers.lists import desk_of
from app.dossiers.models import Dossier, Event
from app.dossiers.moving import StaleCase
from app.extensions import db
from app.kernel.clock import PARIS
from app.kernel.workdays import add_workdays, workdays_between
from app.mailbox.models import Letter
from tests.cases import Desk, a_desk, a_maison, an_orientation, file_need, lead_of

MONDAY = datetime(2026, 11, 16, 10, tzinfo=PARIS)


@pytest.fixture
def opco(context: Flask) -> Desk:
    a_maison()
    return a_desk("opco", "opco-ep-occitanie")


@pytest.fixture
def held(opco: Desk) -> int:
    """A need taken on Monday the 16th."""
    with time_machine.travel(MONDAY):
        need_id = file_need(an_orientation(("opco", opco.slug)))
        take(opco.viewer, lead_of(need_id).id, 1)
    return need_id


def moved(verb: object, desk: Desk, need_id: int, **words: object) -> Dossier:
    lead = lead_of(need_id)
    verb(desk.viewer, lead.id, lead.version, **words)  # type: ignore[operator]
    return lead_of(need_id)


def test_the_first_contact_is_put_off_by_the_working_days_waited(opco: Desk, held: int) -> None:
    due = lead_of(held).first_contact_due
    with time_machine.travel(MONDAY + timedelta(days=1)):
        moved(wait, opco, held, comment="Une fiche de poste")
        assert need_status([lead_of(held)]) is NeedStatus.WAITING
    with time_machine.travel(MONDAY + timedelta(days=28)):
        assert not desk_of(opco.viewer, Tab.LATE).rows
        lead = moved(resume, opco, held)
        assert (lead.waiting_since, lead.first_contact_due) == (None, add_workdays(due, 19))
        assert workdays_between(date(2026, 11, 17), date(2026, 12, 14)) == 19
    kinds = [one.kind for one in db.session.query(Event).filter_by(need_id=held).order_by(Event.id)]
    assert kinds == ["opened", "taken", "waits", "resumed"]


def test_waiting_twice_or_too_late_changes_nothing(opco: Desk, held: int) -> None:
    seen = lead_of(held).version
    wait(opco.viewer, lead_of(held).id, seen)
    wait(opco.viewer, lead_of(held).id, seen)
    with pytest.raises(StaleCase):
        close(opco.viewer, lead_of(held).id, seen, Outcome.HELPED)
    lead = moved(close, opco, held, outcome=Outcome.HELPED)
    assert (lead.status, lead.waiting_since) == (Status.CLOSED, None)
    with pytest.raises(IllegalMove):
        moved(resume, opco, held)


def test_another_outcome_is_said_not_kept_silently(opco: Desk, held: int) -> None:
    seen = lead_of(held).version
    close(opco.viewer, lead_of(held).id, seen, Outcome.HELPED)
    close(opco.viewer, lead_of(held).id, seen, Outcome.HELPED)
    with pytest.raises(IllegalMove, match="Aide apportée"):
        close(opco.viewer, lead_of(held).id, seen, Outcome.NO_HELP)
    assert lead_of(held).outcome == Outcome.HELPED


def test_a_closed_case_is_reopened_by_its_branch_and_the_company_told(opco: Desk, held: int) -> None:
    moved(close, opco, held, outcome=Outcome.HELPED)
    lead = moved(reopen, opco, held, reason=ReopenReason.ASKED_AGAIN)
    assert (lead.status, lead.outcome, lead.closed_at) == (Status.TAKEN, None, None)
    moved(close, opco, held, outcome=Outcome.STEERED)
    kinds = [one.kind for one in db.session.query(Letter).filter_by(recipient="company")]
    assert kinds.count("reopened") == 1
    assert kinds.count("closed") == 2
