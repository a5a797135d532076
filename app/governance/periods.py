"""The periods a session looks at: quarters, the latest finished one first; pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from app.kernel.quarters import Quarter, last_over, quarter_of

SHOWN = 8


def periods(on: date) -> Sequence[Quarter]:
    """The last finished quarters, then the one that runs."""
    found = [last_over(on)]
    while len(found) < SHOWN:
        found.append(quarter_of(found[-1].first - timedelta(days=1)))
    return [*found, quarter_of(on)]


def chosen(name: str, on: date) -> Quarter | None:
    """The period of this name, the latest finished one when none is named; None when it is not offered."""
    offered = {one.name: one for one in periods(on)}
    return offered.get(name) if name else last_over(on)
