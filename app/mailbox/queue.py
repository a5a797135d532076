"""The worker's queue: it wakes and it ticks; no business fact lives in it (ADR outbox + huey).

The queue file is local to the machine: a lost wake-up costs at most one minute, the next tick asks the
database « what is due now? ».
"""

from __future__ import annotations

from collections.abc import Callable

import structlog
from flask import Flask, current_app
from huey import Huey, MemoryHuey, SqliteHuey, crontab
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.mailbox.actions import note_alive, send_waiting
from app.mailbox.records import POSTED

QUEUE = "guichet_queue"
log = structlog.get_logger()

DUE_NOW: list[Callable[[], object]] = [note_alive, send_waiting]
"""What each tick does; a capability adds its own at boot. Each asks what is due, so a missed tick changes nothing."""


def install_queue(_app: Flask) -> None:
    """Listen to commits, once however many applications are built."""
    for name, heard in (("after_commit", _wake), ("after_rollback", _forget)):
        if not event.contains(Session, name, heard):
            event.listen(Session, name, heard)


def queue_of(app: Flask) -> Huey:
    """The queue of this machine, opened at first use: booting touches no file."""
    if QUEUE not in app.extensions:
        app.extensions[QUEUE] = _open_queue(app)
    queue: Huey = app.extensions[QUEUE]
    return queue


def forget_wakes(app: Flask) -> None:
    """After a bulk load: the worker looks at what is due when it starts, and every minute."""
    queue_of(app).flush()


def hurry() -> None:
    """Somebody waits before a screen: let the worker look at what is due without waiting for its next minute."""
    try:
        queue_of(current_app._get_current_object()).look()  # type: ignore[attr-defined]
    except Exception as error:
        log.warning("wake_failed", error=type(error).__name__)


def tick() -> None:
    """Do everything that is due; one duty's failure does not stop the next."""
    for duty in DUE_NOW:
        try:
            duty()
        except Exception as error:
            log.error("duty_failed", duty=duty.__name__, error=type(error).__name__)


def _open_queue(app: Flask) -> Huey:
    config = app.config["GUICHET"]
    queue = MemoryHuey("guichet") if config.env == "test" else _file_queue(config.instance_dir)

    @queue.task(name="send_letters")  # type: ignore[untyped-decorator]
    def send_letters() -> None:
        with app.app_context():
            send_waiting()

    @queue.periodic_task(crontab(minute="*"), name="tick")  # type: ignore[untyped-decorator]
    def every_minute() -> None:
        with app.app_context():
            tick()

    @queue.task(name="look")  # type: ignore[untyped-decorator]
    def look() -> None:
        with app.app_context():
            tick()

    queue.wake, queue.look = send_letters, look
    return queue


def _file_queue(folder: object) -> Huey:
    return SqliteHuey("guichet", filename=f"{folder}/queue.sqlite", timeout=2)


def _wake(session: Session) -> None:
    """Once a letter is safely written, tell the worker; failing to do so is not the user's concern."""
    if not session.info.pop(POSTED, False):
        return
    try:
        queue_of(current_app._get_current_object()).wake()  # type: ignore[attr-defined]
    except Exception as error:
        log.warning("wake_failed", error=type(error).__name__)


def _forget(session: Session) -> None:
    session.info.pop(POSTED, None)
