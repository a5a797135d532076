"""The worker publishes apart: one process at a time, none when nothing is due, patience after a failure."""

from __future__ import annotations

import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.cli import mail
from app.mailbox import queue
from app.reporting import press
from app.reporting.press import AFTER_A_FAILURE, LONGEST, Press
from tests.capabilities.reporting.test_publications import OVER, TOLD, file, opco
from tests.cases import Desk

__all__ = ["opco"]


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


def wait_for(one: Press) -> None:
    assert one.running
    one.running.wait(20)


def test_nothing_is_started_before_a_quarter_is_due(opco: Desk) -> None:
    idle = Press(python("raise SystemExit(1)"))
    assert not idle.start_when_due(TOLD), "no request at all"
    file(opco, 5)
    assert not idle.start_when_due(OVER) and idle.running is None


def test_one_process_at_a_time(opco: Desk, tmp_path: Path) -> None:
    file(opco, 5)
    wait = f"import pathlib, time\nwhile not pathlib.Path({str(tmp_path / 'go')!r}).exists(): time.sleep(.02)"
    one = Press(python(wait))
    started = time.monotonic()
    assert one.start_when_due(TOLD) and not one.start_when_due(TOLD + timedelta(minutes=1))
    assert time.monotonic() - started < 20, "nobody waits for it"
    (tmp_path / "go").touch()
    wait_for(one)
    assert one.start_when_due(TOLD + timedelta(minutes=2)), "still due: this process published nothing"
    wait_for(one)


def test_after_a_failure_the_next_waits(opco: Desk) -> None:
    file(opco, 5)
    one = Press(python("raise SystemExit(3)"))
    assert one.start_when_due(TOLD)
    wait_for(one)
    assert not one.start_when_due(TOLD + timedelta(minutes=1))
    assert not one.start_when_due(TOLD + AFTER_A_FAILURE)
    assert one.start_when_due(TOLD + AFTER_A_FAILURE + timedelta(minutes=2))
    wait_for(one)


def test_what_is_stuck_is_stopped(opco: Desk) -> None:
    """Else no quarter would ever be told again before somebody starts the worker anew."""
    file(opco, 5)
    one = Press(python("import time\ntime.sleep(600)"))
    assert one.start_when_due(TOLD)
    stuck = one.running
    assert stuck
    try:
        assert not one.start_when_due(TOLD + LONGEST - timedelta(minutes=1))
        assert stuck.poll() is None, "it has its time"
        assert not one.start_when_due(TOLD + LONGEST) and stuck.poll() is not None
        assert one.running is None and not one.start_when_due(TOLD + LONGEST + timedelta(minutes=1))
        one.command = python("")
        assert one.start_when_due(TOLD + LONGEST + AFTER_A_FAILURE)
        wait_for(one)
    finally:
        stuck.kill()
        stuck.wait()


def test_the_worker_has_this_duty(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    duties: list[object] = []

    class Consumer:
        def create_consumer(self, **_: object) -> Consumer:
            return self

        def run(self) -> None:
            duties.extend(queue.DUE_NOW)

    monkeypatch.setattr(queue, "DUE_NOW", [])
    monkeypatch.setattr(mail, "DUE_NOW", queue.DUE_NOW)
    monkeypatch.setattr(mail, "tick", lambda: None)
    monkeypatch.setattr(mail, "queue_of", lambda _: Consumer())
    assert app.test_cli_runner().invoke(args=["mail", "worker"]).exit_code == 0
    assert press.publish_apart in duties
    assert press.COMMAND[-2:] == ("publications", "publish"), "the command an administrator runs"
