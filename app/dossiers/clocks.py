"""Working-day clocks that follow the urgency of a need; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.kernel.clock import PARIS
from app.kernel.vocabulary import Urgency
from app.kernel.workdays import add_workdays, workdays_between


@dataclass(frozen=True, slots=True)
class Steps:
    """Working days after filing: first contact due, reminder, second reminder, manager, Maison."""

    first_contact: int
    reminder: int
    second: int
    manager: int
    maison: int


STEPS: Mapping[Urgency, Steps] = {
    Urgency.IMMEDIATE: Steps(2, 1, 2, 3, 4),
    Urgency.HIGH: Steps(5, 3, 5, 6, 8),
    Urgency.NORMAL: Steps(10, 5, 8, 10, 12),
}
"""The convention of the service; settings per need and actor replace a line, never the code."""

CLOSE_OR_EXPLAIN = 30
SILENCE_IS_NO_NEWS = 15


def local_day(moment: datetime) -> date:
    """The day a company lives in: 23 h 30 UTC is already tomorrow in Occitanie."""
    return moment.astimezone(PARIS).date()


def first_contact_due(urgency: str, filed_at: datetime, steps: Mapping[Urgency, Steps] = STEPS) -> date:
    return add_workdays(local_day(filed_at), steps[Urgency(urgency)].first_contact)


def reminder_dates(
    urgency: str, filed_at: datetime, steps: Mapping[Urgency, Steps] = STEPS
) -> dict[str, date]:
    """When each step of the escalation falls, should nobody call the company."""
    chosen, start = steps[Urgency(urgency)], local_day(filed_at)
    names = ("reminder", "second", "manager", "maison")
    return {name: add_workdays(start, getattr(chosen, name)) for name in names}


def is_late(due: date, contacted_on: date | None, on: date) -> bool:
    """Late from the day after the due date, until the company has been reached."""
    return contacted_on is None and on > due


def workdays_to_contact(filed_at: datetime, contacted_on: date) -> int:
    return workdays_between(local_day(filed_at), contacted_on)
