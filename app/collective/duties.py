"""What the worker does for the loop at each tick; registered at boot."""

from __future__ import annotations

from flask import Flask

from app.collective.signal_actions import fill_basins, fill_families, gather_signals
from app.mailbox.queue import DUE_NOW

DUTIES = (gather_signals, fill_families, fill_basins)


def install_collective(_app: Flask) -> None:
    DUE_NOW.extend(duty for duty in DUTIES if duty not in DUE_NOW)
