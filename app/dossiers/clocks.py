"""Working-day clocks that follow the urgency of a need; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.kernel.clock import PARIS
from app.kernel.vocabulary import Listed
from app.kernel.workdays import add_workdays, shift_workdays, workdays_between


@dataclass(frozen=True, slots=True)
class Steps:
    """Working days after transmission, step by step; `explain`: close or say why it lasts; `silence`: how long
    a company is awaited before its case is closed without news."""

    first_contact: int
    reminder: int
    second: int
    manager: int
    maison: int
    explain: int
    silence: int


class Step(Listed):
    """What is done while nobody has called the company, in order; then what is asked of a case that lasts."""

    REMINDER = "reminder", "Premier rappel"
    SECOND = "second", "Second rappel"
    MANAGER = "manager", "Responsable d’antenne prévenu"
    MAISON = "maison", "Maison de Ma Région prévenue"
    EXPLAIN = "explain", "À clore ou à expliquer"


CLIMB = (Step.REMINDER, Step.SECOND, Step.MANAGER, Step.MAISON)
"""The whole ladder. Each kind of lead climbs its own part of it."""


def ladder(*, partner: bool, last: bool) -> tuple[Step, ...]:
    """A partner outside the perimeter has no hierarchy here: nobody reports it to its managers. The Maison,
    `last` responsible of all, is not taken over from."""
    left_out = {Step.MANAGER} if partner else ({Step.MAISON} if last else set())
    return tuple(step for step in CLIMB if step not in left_out)


def local_day(moment: datetime) -> date:
    """The day a company lives in: 23 h 30 UTC is already tomorrow in Occitanie."""
    return moment.astimezone(PARIS).date()


def first_contact_due(steps: Steps, filed_at: datetime) -> date:
    return add_workdays(local_day(filed_at), steps.first_contact)


def answer_due(steps: Steps, offered_at: datetime) -> date:
    """The last day to answer a relay: whoever is asked has the time of a first contact to say yes or no."""
    return add_workdays(local_day(offered_at), steps.first_contact)


def step_day(steps: Steps, step: Step, due: date) -> date:
    """When a step falls, counted from the day promised to the company: a pause that moves the promise moves
    the steps with it, a change of the settings does not move the promise."""
    return shift_workdays(due, getattr(steps, step) - steps.first_contact)


def steps_reached(steps: Steps, climbed: tuple[Step, ...], due: date, on: date) -> tuple[Step, ...]:
    """The steps of a ladder whose day has come, should nobody have called the company."""
    return tuple(step for step in climbed if step_day(steps, step, due) <= on)


def to_take(reached: tuple[Step, ...], taken: frozenset[str]) -> tuple[Step | None, tuple[Step, ...]]:
    """(the one step to take now, those overtaken by it): after a missed day, one letter leaves and not four.

    Nothing is taken below a step already taken.
    """
    new = tuple(step for step in reached if step not in taken)
    if not new or any(step in taken and CLIMB.index(step) > CLIMB.index(new[-1]) for step in CLIMB):
        return None, new
    return new[-1], new[:-1]


def explain_day(steps: Steps, started: date, paused: int = 0) -> date:
    """When a case that lasts is to be closed or explained; the days spent waiting for the company do not count."""
    return add_workdays(started, steps.explain + paused)


def is_silent(steps: Steps, waiting_since: date, on: date) -> bool:
    """Has the company been awaited long enough for its case to be closed without news?"""
    return workdays_between(waiting_since, on) >= steps.silence


def is_late(due: date, contacted_on: date | None, on: date) -> bool:
    """Late from the day after the due date, until the company has been reached."""
    return contacted_on is None and on > due


def workdays_to_contact(filed_at: datetime, contacted_on: date) -> int:
    return workdays_between(local_day(filed_at), contacted_on)
