"""The worker publishes a quarter in a process of its own: it may take minutes, and letters do not wait.

A tick starts it when a quarter is due, and looks at it afterwards. It may be killed at any moment: a quarter is stored
whole or not at all.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta

import structlog

from app.collective.unread import is_up_to_date
from app.dossiers.clocks import local_day
from app.kernel.clock import utcnow
from app.reporting.publication_actions import quarters_due
from config import ROOT

COMMAND = (sys.executable, "-m", "flask", "--app", "wsgi", "publications", "publish")
AFTER_A_FAILURE = timedelta(hours=1)
LONGEST = timedelta(hours=2)
"""What takes longer is stuck, as a computation takes minutes: it is stopped, which is a failure like another."""
log = structlog.get_logger()


class Press:
    """At most one process at a time; after a failure the next waits."""

    def __init__(self, command: tuple[str, ...] = COMMAND) -> None:
        self.command = command
        self.running: subprocess.Popen[bytes] | None = None
        self.stuck_from: datetime | None = None
        self.not_before: datetime | None = None

    def start_when_due(self, at: datetime | None = None) -> bool:
        """Has a process just been started?"""
        at = at or utcnow()
        if self._busy(at) or (self.not_before and at < self.not_before) or not _is_due(at):
            return False
        self.running = subprocess.Popen(  # noqa: S603  our own command, nothing typed in it
            self.command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        self.stuck_from = at + LONGEST
        return True

    def _busy(self, at: datetime) -> bool:
        if self.running is None:
            return False
        code = self.running.poll()
        if code is None and self.stuck_from and at >= self.stuck_from:
            self.running.kill()
            code = self.running.wait()
        if code is None:
            return True
        self.running = None
        if code:
            self.not_before = at + AFTER_A_FAILURE
            log.error("publication_failed", code=code)
        return False


def _is_due(at: datetime) -> bool:
    """A quarter is over, not told, and its requests are read."""
    due = next(quarters_due(local_day(at)), None)
    return due is not None and is_up_to_date(due.ended)


PRESS = Press()


def publish_apart() -> bool:
    """The duty of the worker."""
    return PRESS.start_when_due()
