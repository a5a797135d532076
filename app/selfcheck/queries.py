"""How many companies of a département took stock, once the quarter is over: their answers are not told yet.

A share of answers, even rounded, gives one away to whoever sent the others: it waits for the secrecy of whole tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.extensions import db
from app.kernel.quarters import Quarter, last_over
from app.selfcheck.models import AnswerCount

LEAST = 10
"""Fewer companies, and nothing is said; more are told by tens."""


@dataclass(frozen=True, slots=True)
class PlaceAnswers:
    """`at_least` companies took stock in this quarter."""

    quarter: Quarter
    at_least: int


def answers_of(departement: str, on: date) -> PlaceAnswers | None:
    """Of the last quarter that is over; None when too few companies answered."""
    over = last_over(on)
    row = db.session.get(AnswerCount, (over.name, departement, "", ""))
    if row is None or row.companies < LEAST:
        return None
    return PlaceAnswers(over, row.companies // LEAST * LEAST)
