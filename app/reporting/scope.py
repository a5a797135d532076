"""What a board covers: days, place, theme and the branches its reader may see; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.accounts.abilities import Role, Viewer
from app.kernel.clock import PARIS

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Scope:
    """`branches` is None for the whole region; `start` and `end` are both included."""

    start: date
    end: date
    departement: str | None = None
    theme: str | None = None
    branches: tuple[int, ...] | None = None

    @property
    def since(self) -> datetime:
        return midnight(self.start)

    @property
    def until(self) -> datetime:
        """The first instant after the period."""
        return midnight(self.end + timedelta(days=1))


def perimeter(viewer: Viewer) -> tuple[int, ...] | None:
    """The branches this viewer steers; None when they steer the region."""
    if Role.REGIONAL_MANAGER in viewer.roles:
        return None
    return viewer.branch_ids(Role.BRANCH_MANAGER)


def midnight(day: date) -> datetime:
    """The instant a day begins in Occitanie."""
    return datetime.combine(day, time.min, PARIS)


def last_months(end: date) -> list[tuple[date, date]]:
    """Twelve months, the last one holding `end`: (first day, first day of the next)."""
    firsts = [_shifted(end, -back) for back in range(MONTHS - 1, -2, -1)]
    return list(zip(firsts, firsts[1:], strict=False))


def _shifted(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)
