"""What the clocks do to a case nobody called about, once a step whatever happens to the worker."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from flask import Flask

from app.accounts.abilities import Role
from app.accounts.models import User
from app.dossiers import escalation, reminder_actions
from app.dossiers.actions import take
from app.dossiers.clocks import Step, step_day
from app.dossiers.deadline_actions import StaleLines, enter_line, withdraw_line
from app.dossiers.deadline_lines import history, last_change, steps_for
from app.dossiers.deadlines import BOOK, Target
from app.dossiers.going_on import going_on, silent_partners
from app.dossiers.going_on_actions import explain, open_second_path, reopen_by_company
from app.dossiers.lifecycle import Move, Outcome, Part, Status
from app.dossiers.models import Dossier, Event, StepTaken
from app.dossiers.moving import UnknownCase
from app.dossiers.queries import case_for
from app.dossiers.reminder_actions import remind_due
from app.extensions import db, transaction
from app.kernel.vocabulary import Urgency
from app.kernel.workdays import add_workdays
from app.mailbox.actions import send_waiting
from app.mailbox.kinds import LetterStatus
from app.mailbox.models import Letter
from tests.cases import (
    Desk,
    a_desk,
    a_maison,
    a_viewer,
    an_administrator,
    an_orientation,
    dossier_of,
    file_need,
    lead_of,
)

FILED = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
STEPS = BOOK.steps[Urgency.HIGH]


@pytest.fixture
def maison(context: Flask) -> Desk:
    return a_maison()


@pytest.fixture
def opco(maison: Desk) -> Desk:
    return a_desk("opco", "opco-ep-occitanie")


@pytest.fixture
def need(opco: Desk) -> int:
    return file_need(an_orientation(("opco", opco.slug)), at=FILED)


def morning(day: date) -> datetime:
    return datetime.combine(day, time(8, 30), UTC)


def after(workdays: int) -> datetime:
    """A morning, so many working days after the filing."""
    return morning(add_workdays(FILED.date(), workdays))


def letters(*kinds: str) -> list[str]:
    return [one.kind for one in db.session.query(Letter).order_by(Letter.id) if one.kind in kinds]


def all_leave() -> None:
    with time_machine.travel(after(60)):
        report = send_waiting()
    assert report.sent and not report.failed


CLIMBING = ("reminder", "manager_reminder", "relieved", "taken_over", "courtesy_reminder", "partner_silent")


def test_each_step_has_its_letter_and_the_maison_leads_at_last(need: int, opco: Desk, maison: Desk) -> None:
    a_viewer("Hélène Pujol", opco.branch_id, opco.slug, Role.BRANCH_MANAGER)
    told = []
    for day in range(1, STEPS.maison + 1):
        remind_due(after(day))
        told.append(letters(*CLIMBING))
    assert told[STEPS.reminder - 2] == []
    assert told[STEPS.reminder - 1] == ["reminder"]
    assert told[STEPS.second - 1] == ["reminder", "reminder"]
    assert told[STEPS.manager - 1][-1] == "manager_reminder"
    assert told[STEPS.maison - 1][-2:] == ["relieved", "taken_over"]
    lead, former = lead_of(need), dossier_of(need, opco.branch_id)
    assert lead.branch_id == maison.branch_id and lead.status == Status.RECEIVED
    assert (former.leads, former.role, former.status) == (False, Part.SUPPORT, Status.RECEIVED)
    kinds = [one.kind for one in db.session.query(Event).filter_by(dossier_id=former.id).order_by(Event.id)]
    assert kinds == [Move.OPENED, *[Move.REMINDED] * 4, Move.TAKEN_OVER]
    all_leave()


def test_after_missed_days_one_letter_leaves_and_not_four(need: int) -> None:
    remind_due(after(STEPS.manager))
    assert len(letters(*CLIMBING)) == 1
    rows = {one.step: one.overtaken for one in db.session.query(StepTaken)}
    assert rows == {Step.REMINDER: True, Step.SECOND: True, Step.MANAGER: False}


def test_nothing_twice_a_day_nor_when_the_clock_is_set_back(need: int) -> None:
    for day in (after(5), after(5) + timedelta(hours=3), after(3), after(5)):
        remind_due(day)
        remind_due(day + timedelta(minutes=1))
    assert letters(*CLIMBING) == ["reminder"]


@pytest.mark.parametrize(
    "moment",
    [datetime(2026, 11, 28, 9, 0, tzinfo=UTC), datetime(2026, 11, 27, 5, 59, tzinfo=UTC)],
    ids=["saturday", "before the hour"],
)
def test_nobody_is_written_to_at_night_or_on_a_saturday(need: int, moment: datetime) -> None:
    assert remind_due(moment) == 0


def test_a_contact_or_a_pause_stops_the_clock(need: int, opco: Desk) -> None:
    take(opco.viewer, lead_of(need).id, 1)
    with transaction() as session:
        session.get_one(Dossier, lead_of(need).id).waiting_since = after(1).date()
    remind_due(after(9))
    assert letters(*CLIMBING) == []
    with transaction() as session:
        dossier = session.get_one(Dossier, lead_of(need).id)
        dossier.waiting_since, dossier.first_contact_due = None, add_workdays(dossier.first_contact_due, 8)
    remind_due(after(10))
    assert letters(*CLIMBING) == []
    remind_due(after(STEPS.reminder + 8))
    assert letters(*CLIMBING) == ["reminder"]


def test_two_workers_take_a_step_once(context: Flask, need: int) -> None:
    def work() -> None:
        with context.app_context():
            remind_due(after(5))
            db.session.remove()

    workers = [threading.Thread(target=work) for _ in range(4)]
    db.session.remove()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert letters(*CLIMBING) == ["reminder"]
    assert db.session.query(Event).filter_by(kind=Move.REMINDED).count() == 1


def test_one_case_in_trouble_does_not_stop_the_others(
    opco: Desk, need: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, real = file_need(an_orientation(("opco", opco.slug)), at=FILED), escalation.climb

    def breaks(session, dossier, at):  # type: ignore[no-untyped-def]
        if dossier.need_id == need:
            raise ValueError
        return real(session, dossier, at)

    monkeypatch.setattr(reminder_actions, "climb", breaks)
    assert remind_due(after(5)) == 1
    told = db.session.query(Letter).filter_by(kind="reminder").one()
    assert told.dossier_id == lead_of(other).id


def test_without_a_team_mailbox_the_persons_are_told_then_the_maison(maison: Desk) -> None:
    silent = a_desk("cma", "cma-34", told=False)
    need = file_need(an_orientation(("cma", silent.slug)), at=FILED)
    remind_due(after(STEPS.reminder))
    told = db.session.query(Letter).filter_by(kind="reminder").one()
    assert (told.user_id, told.recipient) == (silent.viewer.user_id, "person")
    with transaction() as session:
        session.get_one(User, silent.viewer.user_id).active = False
    remind_due(after(STEPS.second))
    told = db.session.query(Letter).filter_by(kind="still_to_transmit").one()
    assert (told.branch_id, told.dossier_id) == (maison.branch_id, lead_of(need).id)
    all_leave()
    assert told.status == LetterStatus.SENT


@pytest.fixture
def partner(maison: Desk) -> Desk:
    return a_desk("france_travail", "france-travail-34")


def test_a_partner_is_never_taken_over_nor_reported_to_its_managers(partner: Desk, maison: Desk) -> None:
    a_viewer("Hélène Pujol", partner.branch_id, partner.slug, Role.BRANCH_MANAGER)
    need = file_need(an_orientation(("france_travail", partner.slug)), at=FILED)
    for day in range(1, STEPS.maison + 3):
        remind_due(after(day))
    assert letters(*CLIMBING) == ["courtesy_reminder", "courtesy_reminder", "partner_silent"]
    assert lead_of(need).branch_id == partner.branch_id
    assert [row.id for row in silent_partners(maison.viewer)] == [lead_of(need).id]
    assert case_for(maison.viewer, lead_of(need).id) is not None


def test_the_maison_opens_a_second_path_beside_the_partner(partner: Desk, maison: Desk) -> None:
    need = file_need(an_orientation(("france_travail", partner.slug)), at=FILED)
    led = lead_of(need).id
    with pytest.raises(UnknownCase):
        open_second_path(maison.viewer, led)
    remind_due(after(STEPS.maison))
    other = a_maison("mmr-31", "Paul Vidal")
    with pytest.raises(UnknownCase):
        open_second_path(other.viewer, led)
    assert open_second_path(maison.viewer, led) == open_second_path(maison.viewer, led)
    second = dossier_of(need, maison.branch_id)
    assert (second.leads, second.role, second.status) == (False, Part.SECOND, Status.RECEIVED)
    assert lead_of(need).id == led and silent_partners(maison.viewer) == []
    assert letters("second_path") == ["second_path"]
    all_leave()
    assert db.session.query(Event).filter_by(kind=Move.SECOND_PATH).count() == 1


def test_a_company_awaited_too_long_closes_without_news_and_may_come_back(need: int, opco: Desk) -> None:
    dossier_id = lead_of(need).id
    take(opco.viewer, dossier_id, 1)
    with transaction() as session:
        session.get_one(Dossier, dossier_id).waiting_since = after(2).date()
    remind_due(after(2 + STEPS.silence - 1))
    assert lead_of(need).status == Status.TAKEN
    remind_due(after(2 + STEPS.silence))
    lead = lead_of(need)
    assert (lead.status, lead.outcome) == (Status.CLOSED, Outcome.NO_NEWS)
    assert letters("no_news", "closed") == ["no_news"]
    assert going_on(lead.inquiry_id)[need].reopenable
    assert not reopen_by_company(lead.inquiry_id + 1, need)
    back = after(25)
    assert reopen_by_company(lead.inquiry_id, need, back) and not reopen_by_company(lead.inquiry_id, need)
    lead = lead_of(need)
    assert (lead.status, lead.taken_by_id, lead.outcome, lead.closed_at) == (
        Status.RECEIVED,
        None,
        None,
        None,
    )
    assert lead.first_contact_due == add_workdays(back.date(), STEPS.first_contact)
    assert letters("company_back") == ["company_back"]
    remind_due(morning(step_day(STEPS, Step.REMINDER, lead.first_contact_due)))
    assert letters("reminder") == ["reminder"]
    all_leave()


def test_a_case_that_lasts_is_closed_or_explained(need: int, opco: Desk) -> None:
    dossier_id = lead_of(need).id
    take(opco.viewer, dossier_id, 1)
    with transaction() as session:
        session.get_one(Dossier, dossier_id).first_contact_on = after(1).date()
    for day, told in ((STEPS.explain - 1, 0), (STEPS.explain, 1), (STEPS.explain + 1, 1)):
        remind_due(after(day))
        assert len(letters("close_or_explain")) == told
    said = "La commission se réunit le 15 janvier."
    for _ in range(2):
        explain(opco.viewer, dossier_id, lead_of(need).version, said, after(STEPS.explain + 1))
    assert db.session.query(Event).filter_by(kind=Move.EXPLAINED).count() == 1
    assert going_on(lead_of(need).inquiry_id)[need].why == said
    remind_due(after(2 * STEPS.explain))
    assert letters("close_or_explain") == ["close_or_explain"]
    remind_due(after(2 * STEPS.explain + 1))
    assert len(letters("close_or_explain")) == 2
    all_leave()


def test_an_administrators_line_applies_to_what_comes_and_never_moves_a_promise(
    need: int, opco: Desk
) -> None:
    admin = an_administrator()
    promised, target = lead_of(need).first_contact_due, Target("haute", None, "opco")
    enter_line(admin.user_id, 0, target, STEPS.__class__(2, 1, 2, 3, 4, 30, 15))
    with pytest.raises(StaleLines):
        enter_line(admin.user_id, 0, target, STEPS)
    assert lead_of(need).first_contact_due == promised
    later = file_need(an_orientation(("opco", opco.slug)), at=FILED)
    assert lead_of(later).first_contact_due == add_workdays(FILED.date(), 2)
    withdraw_line(admin.user_id, last_change(), target)
    assert steps_for("alt_apprenti", "opco", "haute") == STEPS
    assert [(one.who, one.steps is None) for one in history()] == [
        ("Line Castan", True),
        ("Line Castan", False),
    ]


def test_the_change_of_hour_changes_nothing(maison: Desk, opco: Desk) -> None:
    """29 March 2026: at 23 h 30 in UTC the day before, it is already tomorrow in Occitanie."""
    filed = datetime(2026, 3, 27, 22, 59, tzinfo=UTC)
    need = file_need(an_orientation(("opco", opco.slug)), at=filed)
    assert lead_of(need).first_contact_due == date(2026, 4, 3)
    with time_machine.travel(datetime(2026, 4, 1, 5, 30, tzinfo=UTC)):
        remind_due()
        assert letters("reminder") == ["reminder"]
