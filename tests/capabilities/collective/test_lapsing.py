"""What its company took back counts nowhere; what nobody answered and no longer holds lapses, and says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from app.collective.models import CollectiveEvent, CollectiveNeed, Signal
from app.collective.need_actions import answer
from app.collective.planned import companies_of
from app.collective.queries import needs_listed
from app.collective.requests import totals
from app.collective.signal_actions import gather_all
from app.collective.thresholds import settings
from app.collective.unmet import lapsed_between
from app.collective.wordings import method_lines, worded
from app.collective.words import Happening, LapseReason, Method, Shelf, State, Unanswered
from app.dossiers.actions import decline
from app.dossiers.by_company import withdraw
from app.dossiers.lifecycle import DeclineReason, Outcome, Status
from app.dossiers.models import Dossier
from app.exchanges.follow_actions import withdraw_needs
from app.extensions import db, transaction
from app.inquiries.models import Need
from tests.capabilities.collective.conftest import Asked
from tests.capabilities.collective.test_needs import DAY, MORNING, look, only
from tests.cases import Desk, a_desk, an_orientation, file_need, lead_of

AFTER = settings().lapse
pytestmark = pytest.mark.usefixtures("linked")
Takes = Callable[[int], None]


@pytest.fixture
def take_back() -> Takes:
    def gone(need: int) -> None:
        withdraw_needs(db.session.get_one(Need, need).inquiry_id, [need], None)

    return gone


def five(ask: Asked, at: datetime = MORNING) -> list[int]:
    return [ask(number, at=at) for number in (1, 2, 3, 3, 1)]


def signal_of(need: int) -> Signal:
    db.session.rollback()
    return db.session.query(Signal).filter_by(need_id=need).one()


def test_a_request_taken_back_before_the_day_is_looked_at_counts_nowhere(
    ask: Asked, take_back: Takes
) -> None:
    needs = five(ask)
    gather_all()
    take_back(needs[0])
    look(MORNING + DAY)
    assert not db.session.query(CollectiveNeed).count()
    gone = signal_of(needs[0])
    assert not gone.counted and gone.collective_need_id is None and gone.unanswered is None
    ask(4, at=MORNING + DAY)
    look(MORNING + 2 * DAY)
    assert (only().signals, only().companies) == (5, 4)
    assert signal_of(needs[0]).collective_need_id is None


def test_nor_does_it_make_a_weak_signal(ask: Asked, take_back: Takes) -> None:
    for number, days in ((1, 400), (2, 390), (3, 20)):
        ask(number, at=MORNING - days * DAY)
    gone = ask(4, at=MORNING - 15 * DAY)
    gather_all()
    ask(5, at=MORNING)
    take_back(gone)
    look(MORNING + DAY)
    assert not db.session.query(CollectiveNeed).count()


def test_taken_back_after_it_was_proposed_the_day_keeps_its_numbers(
    ask: Asked, take_back: Takes, maison: Desk
) -> None:
    needs = five(ask)
    look(MORNING + DAY)
    for gone in needs[1:3]:
        take_back(gone)
    look(MORNING + 2 * DAY)
    need = only()
    assert need.state == State.PROPOSED and (need.signals, need.companies) == (3, 2)
    assert (need.shown["signals"], need.shown["companies"]) == (5, 3)
    counted = totals(need)
    assert (counted.signals, counted.taken_back) == (3, 2)
    assert any("5 demandes de 3 entreprises ce jour-là" in line for line in method_lines(need))
    withdrawn = db.session.get_one(Need, needs[1]).inquiry_id
    assert signal_of(needs[1]).collective_need_id == need.id, "kept as history"
    assert withdrawn not in {one.inquiry_id for one in companies_of(need)}


def test_taken_back_by_mistake_it_counts_again(ask: Asked, take_back: Takes) -> None:
    need = ask(1)
    take_back(need)
    gather_all()
    assert not signal_of(need).counted
    with transaction() as session:
        lead = session.query(Dossier).filter_by(need_id=need, leads=True).one()
        lead.status, lead.outcome, lead.closed_at = Status.RECEIVED, None, None
        signal = session.query(Signal).filter_by(need_id=need).one()
        signal.event_id = 0
    gather_all()
    assert signal_of(need).counted


def test_one_closed_otherwise_still_counts(ask: Asked) -> None:
    need = ask(1)
    with transaction() as session:
        rows = session.query(Dossier).filter_by(need_id=need).all()
        withdraw(session, rows, None, MORNING)
        next(one for one in rows if one.leads).outcome = Outcome.NO_NEWS
    gather_all()
    assert signal_of(need).counted


def test_a_collective_need_that_no_longer_holds_lapses_and_says_why(
    ask: Asked, take_back: Takes, maison: Desk
) -> None:
    needs = five(ask)
    look(MORNING + DAY)
    take_back(needs[0])
    look(MORNING + AFTER.collective_need_days * DAY)
    assert only().state == State.PROPOSED, "the Maison still has a day to answer"
    last = MORNING + (AFTER.collective_need_days + 1) * DAY
    look(last)
    need = only()
    assert (need.state, need.reason, need.answered_at) == (State.LAPSED, LapseReason.BELOW, None)
    (line,) = db.session.query(CollectiveEvent).filter_by(kind=Happening.LAPSED)
    assert (line.to, line.reason, line.user_id) == (State.LAPSED, LapseReason.BELOW, None)
    assert not needs_listed(maison.viewer, Shelf.OPEN).rows
    (listed,) = needs_listed(maison.viewer, Shelf.ANSWERED).rows
    assert worded(listed).reason == LapseReason.BELOW.label
    assert totals(listed).signals == 4, "its requests are still read"
    assert any("avec 4 demandes de 3 entreprises" in one for one in method_lines(listed))
    assert lapsed_between(last, last + DAY) == 1 and not lapsed_between(last - 9 * DAY, last)


def test_the_requests_of_what_lapsed_count_again(ask: Asked, take_back: Takes, maison: Desk) -> None:
    needs = five(ask)
    look(MORNING + DAY)
    take_back(needs[0])
    last = MORNING + (AFTER.collective_need_days + 1) * DAY
    look(last)
    ask(6, at=last)
    look(last + DAY)
    former, again = db.session.query(CollectiveNeed).order_by(CollectiveNeed.id)
    assert (former.state, again.state, again.signals) == (State.LAPSED, State.PROPOSED, 5)


def test_what_still_holds_or_was_answered_does_not_lapse(ask: Asked, maison: Desk) -> None:
    five(ask)
    look(MORNING + DAY)
    look(MORNING + (AFTER.collective_need_days + 5) * DAY)
    assert only().state == State.PROPOSED, "its five requests are still in the window"
    answer(maison.viewer, only().id, only().version, State.TREATED)
    look(MORNING + 400 * DAY)
    assert only().state == State.TREATED


def test_a_window_that_passed_lapses_and_the_maison_may_still_answer(ask: Asked, maison: Desk) -> None:
    five(ask)
    look(MORNING + DAY)
    look(MORNING + (settings().threshold.days + 2) * DAY)
    need = only()
    assert need.state == State.LAPSED and need.shown["lapsed"]["signals"] == 0
    answer(maison.viewer, need.id, need.version, State.TREATED)
    assert only().state == State.TREATED and only().signals == 5
    assert not lapsed_between(MORNING, MORNING + 999 * DAY), "answered in the end"


def test_a_weak_signal_lapses_once_it_is_no_longer_above_its_past(ask: Asked, maison: Desk) -> None:
    for number, days in ((1, 400), (2, 390), (3, 20), (4, 15)):
        ask(number, at=MORNING - days * DAY)
    gather_all()
    ask(5, at=MORNING)
    look(MORNING + DAY)
    assert only().method == Method.PAST
    look(MORNING + 30 * DAY)
    assert only().state == State.PROPOSED
    look(MORNING + 120 * DAY)
    need = only()
    assert (need.state, need.reason) == (State.LAPSED, LapseReason.USUAL)
    assert [one.id for one in needs_listed(maison.viewer, Shelf.ANSWERED).rows] == [need.id]
    assert worded(need).reason and method_lines(need)[-1].startswith("Éteint sans réponse le")
    assert totals(need).signals == 3


def test_refused_by_all_even_when_one_is_no_longer_asked(ask: Asked, opco: Desk, maison: Desk) -> None:
    cma = a_desk("cma", "cma-34", name="Karim Haddad")
    decision = an_orientation(("opco", opco.slug), ("cma", cma.slug), ("region_mmr", maison.slug))
    refused = file_need(decision)
    unknown = file_need(an_orientation(("cma", "no-such-branch"), ("region_mmr", maison.slug)))
    for desk in (opco, cma):
        lead = lead_of(refused)
        decline(desk.viewer, lead.id, lead.version, DeclineReason.NOT_OUR_REMIT)
    with transaction() as session:
        former = session.query(Dossier).filter_by(need_id=refused, branch_id=cma.branch_id).one()
        former.status = Status.WITHDRAWN
    gather_all()
    assert signal_of(refused).unanswered == Unanswered.DECLINED
    assert signal_of(unknown).unanswered == Unanswered.ALONE, "no branch could be asked"
