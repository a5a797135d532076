"""Every page of the adviser's door, on one blueprint."""

from __future__ import annotations

from app.web.adviser import (
    answers,
    borne,
    calls,
    capturing,
    casework,
    exchanges,
    handing,
    inbox,
    lasting,
    letters,
    lots,
    moves,
    pauses,
    renaming,
    schemes,
    summary,
    tasks,
    undoing,
)
from app.web.adviser.entrance import blueprint

__all__ = [
    "answers",
    "blueprint",
    "borne",
    "calls",
    "capturing",
    "casework",
    "exchanges",
    "handing",
    "inbox",
    "lasting",
    "letters",
    "lots",
    "moves",
    "pauses",
    "renaming",
    "schemes",
    "summary",
    "tasks",
    "undoing",
]
