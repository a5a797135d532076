"""The worker wakes after a commit and does everything that is due at each tick."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from flask import Flask

from app.extensions import db, transaction
from app.kernel.clock import utcnow
from app.mailbox import queue
from app.mailbox.kinds import LetterStatus
from app.mailbox.models import Heartbeat, Letter
from app.mailbox.queries import seen_at, worker_age
from app.mailbox.queue import queue_of, tick
from app.mailbox.records import beat
from tests.cases import a_desk, a_maison, an_orientation, file_need


@pytest.fixture
def filed(context: Flask) -> int:
    a_maison()
    a_desk("opco", "opco-ep-occitanie")
    queue_of(context).flush()
    return file_need(an_orientation(("opco", "opco-ep-occitanie")))


def test_a_committed_letter_wakes_the_worker(context: Flask, filed: int) -> None:
    assert len(queue_of(context)) == 1
    task = queue_of(context).dequeue()
    db.session.remove()
    queue_of(context).execute(task)
    assert {letter.status for letter in db.session.query(Letter)} == {LetterStatus.SENT}


def test_a_tick_catches_up_what_no_one_was_told(filed: int) -> None:
    tick()
    assert {letter.status for letter in db.session.query(Letter)} == {LetterStatus.SENT}
    assert worker_age() is not None


def test_a_broken_queue_never_breaks_the_page(
    context: Flask, filed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "queue_of", lambda _app: 1 / 0)
    assert file_need(an_orientation(("opco", "opco-ep-occitanie")))


def test_one_failing_duty_does_not_stop_the_next(context: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def breaks() -> None:
        raise ValueError

    monkeypatch.setattr(queue, "DUE_NOW", [breaks, lambda: done.append("next")])
    tick()
    assert done == ["next"]


def test_two_workers_that_beat_at_once_are_one_row(context: Flask) -> None:
    gate, wrong = threading.Barrier(2), []

    def beats() -> None:
        with context.app_context():
            try:
                gate.wait(10)
                for _ in range(20):
                    with transaction() as session:
                        beat(session, "worker", utcnow())
            except Exception as error:
                wrong.append(error)
            finally:
                db.session.remove()

    workers = [threading.Thread(target=beats) for _ in range(2)]
    for one in workers:
        one.start()
    for one in workers:
        one.join(30)
    assert not wrong
    assert db.session.query(Heartbeat).count() == 1


def test_a_beat_moves_the_time(context: Flask) -> None:
    first = utcnow()
    for at in (first, first + timedelta(minutes=1)):
        with transaction() as session:
            beat(session, "worker", at)
    assert seen_at("worker") == first + timedelta(minutes=1)
