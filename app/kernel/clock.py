"""The one place that reads the wall clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def utcnow() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Today's date in Occitanie."""
    return datetime.now(PARIS).date()


def midnight(day: date) -> datetime:
    """The instant a day begins in Occitanie."""
    return datetime.combine(day, time.min, PARIS)
