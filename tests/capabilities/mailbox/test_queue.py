"""The worker wakes after a commit and does everything that is due at each tick."""

from __future__ import annotations

import pytest
from flask import Flask

from app.extensions import db
from app.mailbox import queue
from app.mailbox.kinds import LetterStatus
from app.mailbox.models import Letter
from app.mailbox.queries import worker_age
from app.mailbox.queue import queue_of, tick
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
