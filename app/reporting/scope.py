"""What a board covers: days, place, theme and the branches its reader may see; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.accounts.abilities import Role, Viewer
from app.kernel.clock import midnight

WEEKLY_UNTIL = 120
"""Days: a longer period is drawn by months."""
LONGEST = 3 * 366
"""Days a board may cover."""


@dataclass(frozen=True, slots=True)
class Scope:
    """`branches` and `communes` are None for the whole region; `start` and `end` are both included."""

    start: date
    end: date
    departement: str | None = None
    theme: str | None = None
    branches: tuple[int, ...] | None = None
    communes: tuple[str, ...] | None = None

    @property
    def weekly(self) -> bool:
        """Drawn by weeks, or by months."""
        return (self.end - self.start).days < WEEKLY_UNTIL

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


def slices(scope: Scope) -> list[tuple[date, date]]:
    """The period cut by weeks when it is short, else by months: (first day, first day after)."""
    following = _next_monday if scope.weekly else _next_month
    cuts, day = [], scope.start
    while day <= scope.end:
        after = min(following(day), scope.end + timedelta(days=1))
        cuts.append((day, after))
        day = after
    return cuts


def _next_monday(day: date) -> date:
    return day + timedelta(days=7 - day.weekday())


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
