"""What the companies of a département answered, once the quarter is over: how many took stock, and blurred shares.

Counts leave this module blurred or by tens, never as they are (`secrecy`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import current_app
from sqlalchemy import select

from app.extensions import db
from app.kernel.quarters import Quarter, last_over
from app.selfcheck.models import AnswerCount
from app.selfcheck.points import Answer, Point, points
from app.selfcheck.secrecy import Rules, blur, rules, shares


@dataclass(frozen=True, slots=True)
class PointShares:
    """A question and the blurred percents of its answers; None when too few answered it."""

    point: Point
    shares: Mapping[str, int] | None


@dataclass(frozen=True, slots=True)
class PlaceAnswers:
    """`at_least` companies took stock in this quarter; `told` is empty when no question has shares."""

    quarter: Quarter
    at_least: int
    told: Sequence[PointShares]


def answers_of(departement: str, on: date) -> PlaceAnswers | None:
    """Of the last quarter that is over; None when too few companies answered."""
    over, settings = last_over(on), rules()
    row = db.session.get(AnswerCount, (over.name, departement, "", ""))
    if row is None or row.companies < settings.companies:
        return None
    found = [_shares(one, over.name, departement, settings) for one in points()]
    told = found if any(one.shares for one in found) else []
    return PlaceAnswers(over, row.companies // settings.companies * settings.companies, told)


def _shares(point: Point, quarter: str, departement: str, settings: Rules) -> PointShares:
    """An answer nobody gave is blurred as well: its absence would be an exact count."""
    key: str = current_app.config["GUICHET"].link_key
    asked = select(AnswerCount.answer, AnswerCount.companies).where(
        AnswerCount.quarter == quarter,
        AnswerCount.departement == departement,
        AnswerCount.question == point.key,
    )
    counts: dict[str, int] = {}
    for answer, companies in db.session.execute(asked):
        counts[answer] = companies
    blurred: dict[str, int] = {}
    for one in Answer:
        what = f"{quarter}:{departement}:{point.key}:{one.value}"
        blurred[one.value] = counts.get(one.value, 0) + blur(key, what, settings)
    return PointShares(point, shares(blurred, settings))
