"""Quarters: what is published is told once one is over, and two of them share no day. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.kernel.clock import midnight

NAME = re.compile(r"([12]\d{3})-T([1-4])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Quarter:
    """From its first day to the day before `after`."""

    first: date
    after: date

    @property
    def name(self) -> str:
        """« 2026-T4 »."""
        return f"{self.first.year}-T{(self.first.month + 2) // 3}"

    @property
    def words(self) -> str:
        """« 3e trimestre 2026 »."""
        rank = self.name[-1]
        return f"{rank}{'er' if rank == '1' else 'e'} trimestre {self.first.year}"

    @property
    def last(self) -> date:
        return self.after - timedelta(days=1)

    @property
    def began(self) -> datetime:
        return midnight(self.first)

    @property
    def ended(self) -> datetime:
        return midnight(self.after)


def quarter_of(day: date) -> Quarter:
    month = 3 * ((day.month - 1) // 3) + 1
    first = date(day.year, month, 1)
    return Quarter(first, date(day.year + (month == 10), (month + 2) % 12 + 1, 1))


def quarters_of(start: date, end: date) -> tuple[Quarter, ...]:
    """Every quarter with a day from `start` to `end`, both included."""
    found = [quarter_of(start)]
    while found[-1].after <= end:
        found.append(quarter_of(found[-1].after))
    return tuple(found)


def last_over(day: date) -> Quarter:
    """The quarter before that of this day."""
    return quarter_of(quarter_of(day).first - timedelta(days=1))


def named(name: str) -> Quarter:
    """That of « 2026-T4 ». Raises ValueError for any other writing."""
    found = NAME.fullmatch(name)
    if found is None:
        raise ValueError("a quarter is written 2026-T4")
    return quarter_of(date(int(found[1]), 3 * int(found[2]), 1))
