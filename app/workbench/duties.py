"""What the worker does for the workbench at each tick; registered at boot."""

from __future__ import annotations

from flask import Flask

from app.mailbox.queue import DUE_NOW
from app.workbench.summary_actions import forget_summaries, make_summaries

DUTIES = (make_summaries, forget_summaries)


def install_workbench(_app: Flask) -> None:
    DUE_NOW.extend(duty for duty in DUTIES if duty not in DUE_NOW)
