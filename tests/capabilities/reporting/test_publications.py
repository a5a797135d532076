"""A quarter is told once: when it is over, when its requests are read, and never differently afterwards."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from flask import Flask

from app.collective.models import Signal
from app.collective.signal_actions import gather_all
from app.extensions import db, transaction
from app.inquiries.models import Inquiry, Need
from app.kernel.clock import PARIS
from app.kernel.quarters import last_over
from app.kernel.vocabulary import ZoneKind
from app.reporting import publication_actions
from app.reporting.cells import REGION, Key, Place, Record
from app.reporting.models import Publication, PublishedCell
from app.reporting.publication_actions import publish, publish_all_due, publish_due
from app.reporting.published import cells_of, publication, withdrawn
from app.reporting.secrecy import Rules, rules
from app.reporting.suppression import publishable
from app.rulebooks.actions import publish_first_edition
from tests.cases import Desk, a_desk, a_maison, an_orientation, file_need

AUTUMN = datetime(2026, 11, 16, 9, tzinfo=PARIS)
OVER, TOLD = datetime(2027, 1, 1, 9, tzinfo=PARIS), datetime(2027, 1, 11, 9, tzinfo=PARIS)
HERAULT = Place(ZoneKind.DEPARTEMENT, "34")


@pytest.fixture
def opco(context: Flask) -> Desk:
    publish_first_edition()
    a_maison()
    return a_desk("opco", "opco-ep-occitanie")


def file(opco: Desk, companies: int, at: datetime = AUTUMN, first: int = 1) -> None:
    for rank in range(first, first + companies):
        file_need(an_orientation(("opco", opco.slug)), at=at, siret=f"{rank:09}00011")
    gather_all()


def told_at(at: datetime) -> int:
    with time_machine.travel(at, tick=False):
        return publish_all_due(at)


def counts(place: Place = HERAULT, quarter: str | None = None) -> dict[tuple[str, str, str], int]:
    found = publication(quarter)
    assert found is not None
    return {(one.theme, one.job, one.size): one.needs for one in cells_of(found, place)}


def test_a_quarter_waits_for_its_end_and_for_what_advisers_note(opco: Desk) -> None:
    file(opco, 5)
    assert told_at(AUTUMN) == 0 and told_at(OVER) == 0
    assert told_at(OVER + timedelta(days=rules().after_days - 1)) == 0
    assert told_at(TOLD) == 1
    assert counts() == {("", "", ""): 5, ("alternance", "", ""): 5}
    assert counts(REGION) == counts()


def test_it_is_told_once(opco: Desk) -> None:
    file(opco, 6)
    assert (told_at(TOLD), told_at(TOLD), told_at(TOLD + timedelta(days=30))) == (1, 0, 0)
    assert db.session.query(Publication).count() == 1


@pytest.mark.parametrize("companies", [0, 4])
def test_none_and_secret_are_alike(opco: Desk, companies: int) -> None:
    """Neither has a row: the table itself does not know which it is."""
    file(opco, 1, AUTUMN - timedelta(days=92))
    if companies:
        file(opco, companies)
    told_at(TOLD)
    assert counts(quarter="2026-T4") == {} and counts(REGION, "2026-T4") == {}
    assert db.session.query(PublishedCell).count() == 0


def test_what_was_told_does_not_move_with_the_cases(opco: Desk) -> None:
    """Else the page read before and after a case moved would tell what that case is."""
    file(opco, 6)
    told_at(TOLD)
    before = counts()
    with transaction() as session:
        first = session.query(Need).order_by(Need.id).first()
        assert first is not None
        first.theme, first.key = "former", "form_salaries"
        session.query(Signal).filter_by(need_id=first.id).update({"theme": "former", "counted": False})
    assert told_at(TOLD + timedelta(days=40)) == 0 and counts() == before


def test_a_request_that_came_late_is_in_no_quarter_told_twice(opco: Desk) -> None:
    file(opco, 5)
    file(opco, 6, TOLD, first=20)
    told_at(TOLD + timedelta(days=95))
    assert counts(quarter="2026-T4")["", "", ""] == 5
    assert counts(quarter="2027-T1")["", "", ""] == 6


def test_a_request_set_aside_does_not_count(opco: Desk) -> None:
    file(opco, 5)
    with transaction() as session:
        session.query(Signal).filter(
            Signal.company == session.query(Signal.company).limit(1).scalar_subquery()
        ).update({"counted": False})
    told_at(TOLD)
    assert counts() == {}


def test_it_waits_until_the_journal_is_read(opco: Desk) -> None:
    for rank in range(1, 6):
        file_need(an_orientation(("opco", opco.slug)), at=AUTUMN, siret=f"{rank:09}00011")
    assert not publish(last_over(TOLD.date()), TOLD)


def test_no_connection_is_held_while_it_computes(opco: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes minutes: a transaction left open that long holds back the upkeep of the database."""
    file(opco, 5)
    held: list[bool] = []

    def watched(records: Sequence[Record], kept: Rules) -> dict[Key, int]:
        held.append(db.session().in_transaction())
        return publishable(records, kept)

    monkeypatch.setattr(publication_actions, "publishable", watched)
    assert told_at(TOLD) == 1 and held == [False] and counts()["", "", ""] == 5


def test_the_demonstration_says_so(opco: Desk) -> None:
    file(opco, 5)
    with transaction() as session:
        session.query(Inquiry).update({"is_demo": True})
    told_at(TOLD)
    found = publication()
    assert found and found.is_demo and found.settings["companies"] == rules().companies


def test_two_workers_tell_it_once(app: Flask, opco: Desk) -> None:
    file(opco, 5)
    start, done = Barrier(2), []

    def work() -> None:
        with app.app_context():
            start.wait()
            done.append(publish_due(TOLD))

    threads = [Thread(target=work) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    db.session.rollback()
    assert sorted(done) == [False, True]
    assert db.session.query(Publication).count() == 1 and counts()["", "", ""] == 5


def test_commands(app: Flask, opco: Desk) -> None:
    file(opco, 5, AUTUMN - timedelta(days=400))
    run = app.test_cli_runner().invoke
    first, again = (json.loads(run(args=["publications", "publish"]).output) for _ in range(2))
    assert first["published"] >= 1 and again["published"] == 0
    lines = [json.loads(line) for line in run(args=["publications", "list"]).output.splitlines()]
    assert [one["quarter"] for one in lines] == sorted((one["quarter"] for one in lines), reverse=True)
    assert lines[-1]["cells"] == 4 and lines[-1]["settings"]["companies"] == 5


def test_a_quarter_withdrawn_is_no_longer_read_nor_told_again(app: Flask, opco: Desk) -> None:
    file(opco, 5)
    told_at(TOLD)
    run = app.test_cli_runner().invoke
    taken = ["publications", "withdraw", "2026-T4", "--reason", "Métiers mal lus"]
    assert [json.loads(run(args=taken).output)["withdrawn"] for _ in range(2)] == [True, False]
    assert publication() is None and publication("2026-T4") is None
    assert [(one.quarter, one.why) for one in withdrawn()] == [("2026-T4", "Métiers mal lus")]
    assert told_at(TOLD + timedelta(days=1)) == 0 and not publish(last_over(TOLD.date()), TOLD)
    assert db.session.query(PublishedCell).count() > 0, "kept"
    lines = [json.loads(line) for line in run(args=["publications", "list"]).output.splitlines()]
    assert lines[-1]["reason"] == "Métiers mal lus"


@pytest.mark.parametrize(
    ("quarter", "reason", "said"),
    [
        ("2019-T1", "Erreur", "n’a jamais été publié"),
        ("2026-T4", "  ", "Donnez un motif"),
        ("2026-T4", "x" * 301, "Donnez un motif"),
    ],
)
def test_what_cannot_be_withdrawn_is_said(
    app: Flask, opco: Desk, quarter: str, reason: str, said: str
) -> None:
    file(opco, 5)
    told_at(TOLD)
    answer = app.test_cli_runner().invoke(args=["publications", "withdraw", quarter, "--reason", reason])
    assert answer.exit_code == 1 and said in answer.output and publication("2026-T4")
