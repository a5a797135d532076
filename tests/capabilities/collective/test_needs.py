"""From requests alike to a collective need: proposed once, joined by later ones, answered, come back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from app.collective.detection_actions import propose_needs
from app.collective.models import CollectiveEvent, CollectiveNeed, Progress, Signal
from app.collective.need_actions import Incomplete, StaleNeed, UnknownNeed, answer
from app.collective.queries import journal_of, need_read, needs_listed
from app.collective.signal_actions import gather_all
from app.collective.words import Happening, Method, Reason, Shelf, State
from app.directory.models import Branch
from app.extensions import db, transaction
from app.kernel.clock import utcnow
from app.mailbox.models import Letter
from tests.capabilities.collective.conftest import BAKERS, Asked
from tests.cases import Desk, a_maison, a_regional_manager

MORNING = utcnow().replace(hour=9, minute=0)
DAY = timedelta(days=1)
pytestmark = pytest.mark.usefixtures("linked")


def look(at: datetime) -> None:
    """What the worker does until nothing is due."""
    gather_all()
    while propose_needs(at):
        pass
    db.session.rollback()


def only() -> CollectiveNeed:
    return db.session.query(CollectiveNeed).one()


@pytest.fixture
def proposed(ask: Asked) -> CollectiveNeed:
    for number in (1, 2, 3, 3, 1):
        ask(number, at=MORNING)
    look(MORNING + DAY)
    return only()


def test_five_requests_of_three_companies_are_proposed_once(proposed: CollectiveNeed, maison: Desk) -> None:
    told = (proposed.family, proposed.theme, proposed.place_kind, proposed.place_code, proposed.state)
    assert told == (BAKERS, "alternance", "departement", "34", State.PROPOSED)
    assert (proposed.signals, proposed.companies) == (5, 3)
    assert proposed.shown["threshold"] == {"signals": 5, "companies": 3, "days": 180}
    (letter,) = db.session.query(Letter).filter_by(kind="collective_need")
    assert letter.branch_id == maison.branch_id and letter.version == proposed.id
    look(MORNING + 2 * DAY)
    assert db.session.query(CollectiveNeed).count() == 1
    assert db.session.query(Letter).filter_by(kind="collective_need").count() == 1


def test_the_day_is_looked_at_once_it_is_over(ask: Asked) -> None:
    for number in range(1, 6):
        ask(number, at=MORNING)
    look(MORNING)
    assert not db.session.query(CollectiveNeed).count()
    look(MORNING + DAY)
    assert only().opened_on == MORNING.date()


def test_missed_days_are_looked_at_one_after_the_other(ask: Asked) -> None:
    """The worker stopped for months: what held meanwhile is proposed all the same."""
    look(MORNING - DAY)
    for number in range(1, 6):
        ask(number, at=MORNING)
    look(MORNING + 200 * DAY)
    assert only().signals == 5
    assert db.session.query(Progress).filter_by(duty="detection").one().day == (MORNING + 199 * DAY).date()


def test_a_day_waits_for_its_signals(ask: Asked) -> None:
    ask(1, at=MORNING)
    assert not propose_needs(MORNING + DAY)
    gather_all()
    assert propose_needs(MORNING + DAY)


def test_later_requests_join_what_is_open(proposed: CollectiveNeed, ask: Asked) -> None:
    ask(4, at=MORNING + DAY)
    look(MORNING + 3 * DAY)
    assert (only().signals, only().companies) == (6, 4)
    assert {one.collective_need_id for one in db.session.query(Signal)} == {proposed.id}
    assert [one.kind for one in journal_of(proposed.id)] == [Happening.JOINED, Happening.PROPOSED]


def test_what_was_answered_comes_back_with_new_requests_alone(
    proposed: CollectiveNeed, ask: Asked, maison: Desk
) -> None:
    answer(maison.viewer, proposed.id, proposed.version, State.TREATED, at=MORNING + DAY)
    for number in (1, 2, 3, 4):
        ask(number, at=MORNING + 2 * DAY)
    look(MORNING + 4 * DAY)
    assert only().state == State.TREATED and only().signals == 5
    ask(5, at=MORNING + 5 * DAY)
    look(MORNING + 7 * DAY)
    first, again = db.session.query(CollectiveNeed).order_by(CollectiveNeed.id)
    assert (first.state, again.state, again.signals) == (State.TREATED, State.PROPOSED, 5)
    assert db.session.query(Letter).filter_by(kind="collective_need").count() == 2


def test_an_answer_takes_what_was_already_there(proposed: CollectiveNeed, ask: Asked, maison: Desk) -> None:
    ask(6, at=MORNING + DAY)
    gather_all()
    answer(maison.viewer, proposed.id, proposed.version, State.TREATED, at=MORNING + DAY)
    assert only().signals == 6


def test_an_answer_is_complete_fresh_and_written_for_ever(proposed: CollectiveNeed, maison: Desk) -> None:
    need, version = proposed.id, proposed.version
    with pytest.raises(Incomplete):
        answer(maison.viewer, need, version, State.NOT_RELEVANT)
    with pytest.raises(Incomplete):
        answer(maison.viewer, need, version, State.NOT_RELEVANT, Reason.OTHER)
    with pytest.raises(Incomplete):
        answer(maison.viewer, need, version, State.ACTION)
    answer(maison.viewer, need, version, State.NOT_RELEVANT, Reason.SEASONAL, "Chaque automne")
    answer(maison.viewer, need, version, State.NOT_RELEVANT, Reason.SEASONAL, "Chaque automne")
    with pytest.raises(StaleNeed):
        answer(maison.viewer, need, version, State.TREATED)
    lines = db.session.query(CollectiveEvent).filter_by(kind=Happening.ANSWERED).all()
    assert [(one.to, one.reason, one.words) for one in lines] == [
        (State.NOT_RELEVANT, Reason.SEASONAL, "Chaque automne")
    ]


def test_the_maisons_it_touches_answer_the_region_reads_nobody_else_does(
    proposed: CollectiveNeed, maison: Desk, opco: Desk
) -> None:
    elsewhere = a_maison("mmr-31", "Julien Marty")
    region = a_regional_manager()
    assert need_read(maison.viewer, proposed.id) and need_read(region, proposed.id)
    for viewer in (elsewhere.viewer, opco.viewer):
        assert need_read(viewer, proposed.id) is None
        assert not needs_listed(viewer, Shelf.OPEN).rows
    for viewer in (elsewhere.viewer, opco.viewer, region):
        with pytest.raises(UnknownNeed):
            answer(viewer, proposed.id, proposed.version, State.TREATED)


def test_a_maison_without_mailbox_is_told_by_its_people(ask: Asked, maison: Desk) -> None:
    with transaction() as session:
        branch = session.get_one(Branch, maison.branch_id)
        branch.mailbox = branch.mailbox_verified_on = None
    for number in range(1, 6):
        ask(number, at=MORNING)
    look(MORNING + DAY)
    (letter,) = db.session.query(Letter).filter_by(kind="collective_need")
    assert letter.user_id == maison.viewer.user_id


def test_lists_go_on_from_a_number(proposed: CollectiveNeed, maison: Desk) -> None:
    with transaction() as session:
        for code in ("A0X42", "B1X40"):
            session.add(
                CollectiveNeed(
                    family=code,
                    theme="recruter",
                    place_kind="departement",
                    place_code="34",
                    opened_on=MORNING.date(),
                    since=MORNING.date(),
                    signals=5,
                    companies=3,
                    shown={},
                )
            )
    first = needs_listed(maison.viewer, Shelf.OPEN, size=2)
    rest = needs_listed(maison.viewer, Shelf.OPEN, first.following, size=2)
    assert len(first.rows) == 2 and [one.id for one in rest.rows] == [proposed.id] and rest.following is None


def test_a_weak_signal_is_read_against_the_past_and_nobody_is_written_to(ask: Asked, maison: Desk) -> None:
    for number, days in ((1, 400), (2, 390), (3, 20), (4, 15)):
        ask(number, at=MORNING - days * DAY)
    gather_all()
    ask(5, at=MORNING)
    look(MORNING + DAY)
    need = only()
    assert (need.method, need.signals) == (Method.PAST, 3) and need.shown["past"]["past"] == 2
    assert not db.session.query(Letter).filter_by(kind="collective_need").count()
    ask(6, at=MORNING + DAY)
    ask(7, at=MORNING + DAY)
    look(MORNING + 2 * DAY)
    assert (only().method, only().signals) == (Method.THRESHOLD, 5)
    assert db.session.query(Letter).filter_by(kind="collective_need").count() == 1
    assert Happening.CONFIRMED in [one.kind for one in journal_of(need.id)]
