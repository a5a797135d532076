"""French working days: Monday to Friday, less the public holidays of the Code du travail (art. L3133-1)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import holidays

SATURDAY = 5


@cache
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("FR", years=year, language="fr"))


def is_workday(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in _public_holidays(day.year)


def add_workdays(start: date, count: int) -> date:
    """The date `count` working days after `start`; raises ValueError when count is negative."""
    if count < 0:
        raise ValueError("count is negative")
    day = start
    while count:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day


def shift_workdays(day: date, count: int) -> date:
    """The working day `count` working days after `day`, or before it when count is negative."""
    if count >= 0:
        return add_workdays(day, count)
    while count:
        day -= timedelta(days=1)
        count += is_workday(day)
    return day


def workdays_between(start: date, end: date) -> int:
    """Working days after `start` up to `end` included; 0 when `end` is not after `start`."""
    days = (end - start).days
    return sum(is_workday(start + timedelta(days=n)) for n in range(1, days + 1))
