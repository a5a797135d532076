"""A file that was tried waits an hour to be recorded: nobody has to choose it twice."""

from __future__ import annotations

import re
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask, current_app

from app.kernel.clock import utcnow
from app.mailbox.queue import DUE_NOW
from app.sheets import fingerprint

FOLDER = "tried"
LIFE = timedelta(hours=1)
MOST = 5
"""So many wait at once; the oldest leaves for one more."""
FINGERPRINT = re.compile(r"[0-9a-f]{64}")


def keep(instance: Path, path: Path) -> str:
    """Move a file aside, under its own name; what it is found again by."""
    mark = fingerprint(path)
    folder = instance / FOLDER / mark
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for other in folder.iterdir():
        other.unlink(missing_ok=True)
    shutil.move(path, folder / path.name)
    tidy(instance, utcnow())
    return mark


def found(instance: Path, mark: str) -> Path | None:
    """The file that waits, None once its hour is over."""
    tidy(instance, utcnow())
    if not FINGERPRINT.fullmatch(mark):
        return None
    try:
        return next((instance / FOLDER / mark).iterdir(), None)
    except FileNotFoundError:
        return None


def forget_tried() -> None:
    """What the worker does at each tick: nobody need come back to the page."""
    tidy(current_app.config["GUICHET"].instance_dir, utcnow())


def install_tried(_app: Flask) -> None:
    if forget_tried not in DUE_NOW:
        DUE_NOW.append(forget_tried)


def tidy(instance: Path, now: datetime) -> None:
    """Forget those whose hour is over, and those beyond the latest few."""
    root = instance / FOLDER
    if not root.is_dir():
        return
    latest = sorted(root.iterdir(), key=_age, reverse=True)
    for rank, folder in enumerate(latest):
        if rank >= MOST or _age(folder) < (now - LIFE).timestamp():
            shutil.rmtree(folder, ignore_errors=True)


def _age(folder: Path) -> float:
    """When it was put there; one that just left is the oldest."""
    try:
        return folder.stat().st_mtime
    except FileNotFoundError:
        return 0.0
