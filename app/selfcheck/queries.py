"""What the answers of a département say, once its quarter is over and companies enough have answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.extensions import db
from app.kernel.quarters import last_over
from app.selfcheck.models import AnswerCount
from app.selfcheck.points import Point, points

LEAST = 10
"""Fewer companies, and nothing is said. Shares are told to the nearest tenth: one answer cannot be read from them."""
MOST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Shared:
    """A question, and out of ten companies how many are concerned by its action."""

    point: Point
    tenths: int


@dataclass(frozen=True, slots=True)
class PlaceAnswers:
    quarter: str
    shared: tuple[Shared, ...]


def answers_of(departement: str, on: date) -> PlaceAnswers | None:
    """The most frequent concerns of the last quarter that is over; None when too few companies answered."""
    when = last_over(on).name
    wanted = select(AnswerCount).where(AnswerCount.quarter == when, AnswerCount.departement == departement)
    counts = {(row.question, row.answer): row.companies for row in db.session.scalars(wanted)}
    if counts.get(("", ""), 0) < LEAST:
        return None
    found = [
        Shared(one, round(10 * sum(counts.get((one.key, said), 0) for said in one.acts) / total))
        for one in points()
        if (total := sum(count for (question, _), count in counts.items() if question == one.key)) >= LEAST
    ]
    found.sort(key=lambda one: (-one.tenths, one.point.rank))
    return PlaceAnswers(when, tuple(one for one in found[:MOST_SHOWN] if one.tenths))
