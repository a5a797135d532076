"""Every closing is asked about, once, whatever its outcome and whatever the worker missed."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from flask import Flask

from app.dossiers.actions import close, decline, reopen, take
from app.dossiers.lifecycle import DeclineReason, Outcome, ReopenReason, Status
from app.dossiers.models import Dossier
from app.dossiers.queries import case_for
from app.exchanges.follow_actions import withdraw_needs
from app.extensions import db
from app.inquiries.models import Need
from app.kernel.clock import utcnow
from app.mailbox.kinds import KINDS
from app.mailbox.models import Letter
from app.opinions.actions import Given, ask_opinions, ask_results, give_opinion, give_result
from app.opinions.models import LaterResult, Opinion
from app.opinions.queries import opinion_on, results_on
from app.opinions.words import Later, LedTo, Useful
from app.rulebooks.actions import publish_first_edition
from tests.cases import Desk, a_desk, a_maison, an_orientation, dossier_of, file_need, lead_of

GIVEN = Given(True, Useful.PARTLY, LedTo.HIRE, "Merci")
DAY = timedelta(days=1)


@pytest.fixture
def opco(context: Flask) -> Desk:
    publish_first_edition()
    a_maison()
    return a_desk("opco", "opco-ep-occitanie")


@pytest.fixture
def cma(opco: Desk) -> Desk:
    return a_desk("cma", "cma-34", name="Karim Haddad")


def closed(opco: Desk, outcome: Outcome = Outcome.HELPED, at: datetime | None = None) -> int:
    """A need whose leading dossier ended so."""
    need = file_need(an_orientation(("opco", opco.slug), ("cma", "cma-34")), at=at)
    dossier = lead_of(need)
    take(opco.viewer, dossier.id, dossier.version, at=at)
    dossier = lead_of(need)
    if outcome in (Outcome.UNREACHABLE, Outcome.NO_NEWS, Outcome.JOINED):
        dossier.status, dossier.outcome, dossier.closed_at = Status.CLOSED, outcome, at or utcnow()
        db.session.commit()
    else:
        close(opco.viewer, dossier.id, dossier.version, outcome, at=at)
    return need


def inquiry_of(need_id: int) -> int:
    return db.session.get_one(Need, need_id).inquiry_id


def asked(kind: str) -> list[Letter]:
    return list(db.session.query(Letter).filter_by(kind=kind).order_by(Letter.id))


def test_every_outcome_is_asked_about_the_next_day_and_once(opco: Desk, cma: Desk) -> None:
    outcomes = [one for one in Outcome if one is not Outcome.JOINED]
    for outcome in (*outcomes, Outcome.JOINED):
        closed(opco, outcome)
    assert ask_opinions() == 0, "a closing may still be undone today"
    tomorrow = utcnow() + DAY
    assert ask_opinions(tomorrow) == len(outcomes)
    assert ask_opinions(tomorrow) == ask_opinions(tomorrow + DAY) == 0
    assert {one.outcome for one in db.session.query(Opinion)} == set(outcomes)
    assert len(asked("opinion_asked")) == len(outcomes)


def test_a_withdrawn_need_is_asked_about_as_well(opco: Desk, cma: Desk) -> None:
    need = file_need(an_orientation(("opco", opco.slug)))
    withdraw_needs(inquiry_of(need), [need], None)
    assert ask_opinions(utcnow() + DAY) == 1


def test_the_lead_alone_is_asked_about(opco: Desk, cma: Desk) -> None:
    need = file_need(an_orientation(("opco", opco.slug), ("cma", cma.slug)))
    support = dossier_of(need, cma.branch_id)
    decline(cma.viewer, support.id, support.version, DeclineReason.NO_CAPACITY)
    assert ask_opinions(utcnow() + DAY) == 0


def test_a_worker_stopped_for_weeks_catches_up(opco: Desk, cma: Desk) -> None:
    closed(opco)
    assert ask_opinions(utcnow() + 60 * DAY) == 1


def test_two_workers_ask_once(app: Flask, opco: Desk, cma: Desk) -> None:
    for _ in range(5):
        closed(opco)
    tomorrow = utcnow() + DAY
    failed: list[Exception] = []

    def work() -> None:
        with app.app_context():
            try:
                ask_opinions(tomorrow)
            except Exception as error:
                failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert db.session.query(Opinion).count() == len(asked("opinion_asked")) == 5


def test_results_are_asked_at_three_then_six_months(opco: Desk, cma: Desk) -> None:
    need = closed(opco)
    for outcome in (Outcome.WITHDRAWN, Outcome.NO_NEWS):
        closed(opco, outcome)
    now = utcnow()
    ask_opinions(now + DAY)
    assert ask_results(now + 80 * DAY) == 0
    for days, months in ((93, [3]), (94, [3]), (185, [3, 6]), (400, [3, 6])):
        ask_results(now + days * DAY)
        assert [one.months for one in db.session.query(LaterResult).order_by(LaterResult.id)] == months
    assert [one.version for one in asked("result_asked")] == [3, 6]
    links = KINDS["result_asked"].content(asked("result_asked")[0]).facts
    assert links["months"] == 3 and links["dossier"].need_id == need


def test_after_a_missed_run_one_letter_leaves(opco: Desk, cma: Desk) -> None:
    closed(opco)
    ask_opinions(utcnow() + DAY)
    assert ask_results(utcnow() + 300 * DAY) == 1
    rows = [(one.months, one.overtaken) for one in db.session.query(LaterResult).order_by(LaterResult.months)]
    assert rows == [(3, True), (6, False)] and len(asked("result_asked")) == 1


def test_a_need_opened_again_is_asked_when_it_closes_again(opco: Desk, cma: Desk) -> None:
    need = closed(opco)
    ask_opinions(utcnow() + DAY)
    dossier = lead_of(need)
    reopen(opco.viewer, dossier.id, dossier.version, next(iter(ReopenReason)))
    assert ask_results(utcnow() + 100 * DAY) == 0
    assert not give_opinion(inquiry_of(need), need, GIVEN)
    dossier = lead_of(need)
    close(opco.viewer, dossier.id, dossier.version, Outcome.NO_HELP)
    assert ask_results(utcnow() + 140 * DAY) == 1
    assert give_opinion(inquiry_of(need), need, GIVEN)
    assert db.session.query(Opinion).one().outcome == Outcome.NO_HELP


def test_an_opinion_is_read_by_the_branch_that_led_and_by_no_other(opco: Desk, cma: Desk) -> None:
    need = closed(opco)
    assert give_opinion(inquiry_of(need), need, GIVEN), "before the letter, on the page"
    assert give_opinion(inquiry_of(need), need, Given(False, Useful.NO, None, None))
    ask_opinions(utcnow() + DAY)
    assert not asked("opinion_asked"), "who answered is not asked"
    row = db.session.query(Opinion).one()
    assert (row.contacted, row.useful, row.led_to, row.comment) == (False, Useful.NO, None, None)
    for desk, reads in ((opco, True), (cma, False)):
        file = case_for(desk.viewer, dossier_of(need, desk.branch_id).id)
        assert file and (opinion_on(file) is not None) is reads
    ask_results(utcnow() + 100 * DAY)
    assert give_result(inquiry_of(need), need, 3, Later.SOLVED)
    for desk, count in ((opco, 1), (cma, 0)):
        file = case_for(desk.viewer, dossier_of(need, desk.branch_id).id)
        assert file and len(results_on(file)) == count


def test_a_company_answers_for_its_own_needs_and_when_asked(opco: Desk, cma: Desk) -> None:
    need, other = closed(opco), closed(opco)
    still_open = file_need(an_orientation(("opco", opco.slug)))
    assert not give_opinion(inquiry_of(need), other, GIVEN)
    assert not give_opinion(inquiry_of(still_open), still_open, GIVEN)
    assert not give_result(inquiry_of(need), need, 3, Later.SOLVED)
    assert db.session.query(Opinion).count() == 0
    assert db.session.query(Dossier).count() > 3
