"""Which working-day line applies to a dossier: the file's, unless an administrator entered a closer one; pure."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from itertools import pairwise
from pathlib import Path
from typing import Any

from app.dossiers.clocks import Steps
from app.kernel.vocabulary import Urgency

LONGEST = 250
"""Working days, about a year: beyond, a typing error."""
CLIMB = ("reminder", "second", "manager", "maison")


class BadLine(ValueError):
    """Working days that make no sense; `field` says which, `sentence` why, in French."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field, self.sentence = field, sentence


@dataclass(frozen=True, slots=True)
class Target:
    """What a line is for: an urgency, for one need and one kind of actor or (None) for all of them."""

    urgency: str
    need: str | None = None
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """The lines of the file, and where they come from."""

    steps: Mapping[Urgency, Steps]
    source: str
    verified_on: str
    from_hour: int


def read_book(text: str) -> Book:
    """Parse the file; raises ValueError when an urgency or a step is missing."""
    told: dict[str, Any] = tomllib.loads(text)
    steps = {urgency: checked(Steps(**told["urgency"][urgency])) for urgency in Urgency}
    return Book(steps, told["source"], told["verified_on"], told["from_hour"])


def checked(steps: Steps) -> Steps:
    """The same line, if each step comes no sooner than the one before. Raises BadLine."""
    for one in fields(steps):
        if not 1 <= getattr(steps, one.name) <= LONGEST:
            raise BadLine(one.name, f"Écrivez un nombre de jours entre 1 et {LONGEST}")
    for before, after in pairwise(CLIMB):
        if getattr(steps, after) < getattr(steps, before):
            raise BadLine(after, "Cette étape vient avant la précédente")
    if steps.maison < steps.first_contact:
        raise BadLine("maison", "La Maison ne reprend pas un dossier avant la fin du délai promis")
    return steps


def chosen(
    lines: Mapping[Target, Steps], need: str, actor: str, urgency: str, book: Book | None = None
) -> Steps:
    """The closest line: this need and this actor, else this need, else this actor, else the urgency alone."""
    asked = (
        Target(urgency, need, actor),
        Target(urgency, need),
        Target(urgency, None, actor),
        Target(urgency),
    )
    found = next((lines[one] for one in asked if one in lines), None)
    return found or (book or BOOK).steps[Urgency(urgency)]


def soonest_reminder(lines: Iterable[Steps]) -> int:
    """How many working days before the promised day the earliest reminder may fall."""
    return max(0, *(one.first_contact - one.reminder for one in (*lines, *BOOK.steps.values())))


BOOK = read_book((Path(__file__).parent / "deadlines.toml").read_text(encoding="utf-8"))
