"""Working-day clocks follow the urgency."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dossiers.clocks import (
    CLIMB,
    Step,
    Steps,
    explain_day,
    first_contact_due,
    is_late,
    is_silent,
    ladder,
    local_day,
    step_day,
    steps_reached,
    to_take,
    workdays_to_contact,
)
from app.dossiers.deadlines import BOOK, BadLine, Target, checked, chosen
from app.kernel.vocabulary import Urgency
from app.kernel.workdays import add_workdays, is_workday, shift_workdays, workdays_between

MONDAY = datetime(2026, 11, 23, 9, 42, tzinfo=UTC)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2032, 12, 1), timezones=st.just(UTC))
urgencies = st.sampled_from(list(Urgency))


@pytest.mark.parametrize(
    ("urgency", "due"),
    [
        (Urgency.IMMEDIATE, date(2026, 11, 25)),
        (Urgency.HIGH, date(2026, 11, 30)),
        (Urgency.NORMAL, date(2026, 12, 7)),
    ],
)
def test_first_contact_is_due_after_2_5_or_10_working_days(urgency: Urgency, due: date) -> None:
    assert first_contact_due(BOOK.steps[urgency], MONDAY) == due


def test_public_holidays_are_not_counted() -> None:
    before_christmas = datetime(2026, 12, 23, 9, 0, tzinfo=UTC)
    assert first_contact_due(BOOK.steps[Urgency.IMMEDIATE], before_christmas) == date(2026, 12, 28)


def test_late_in_the_evening_is_tomorrow_in_occitanie() -> None:
    assert local_day(datetime(2026, 11, 23, 23, 30, tzinfo=UTC)) == date(2026, 11, 24)


@given(urgencies, moments)
def test_the_due_day_is_a_working_day_as_far_as_promised(urgency: Urgency, filed: datetime) -> None:
    due = first_contact_due(BOOK.steps[urgency], filed)
    assert is_workday(due)
    promised = {Urgency.IMMEDIATE: 2, Urgency.HIGH: 5, Urgency.NORMAL: 10}[urgency]
    assert workdays_between(local_day(filed), due) == promised == workdays_to_contact(filed, due)


@given(urgencies, moments)
def test_each_step_falls_as_many_working_days_after_filing_as_written(
    urgency: Urgency, filed: datetime
) -> None:
    steps = BOOK.steps[urgency]
    due = first_contact_due(steps, filed)
    for step in CLIMB:
        assert step_day(steps, step, due) == add_workdays(local_day(filed), getattr(steps, step))


@given(urgencies, moments, st.lists(st.integers(0, 40), min_size=1, max_size=12))
def test_whatever_days_are_missed_each_step_is_taken_once_and_in_order(
    urgency: Urgency, filed: datetime, days: list[int]
) -> None:
    """A run some days, in any order (a clock may be set back): at most one letter a run, none twice."""
    steps, climbed = BOOK.steps[urgency], ladder(partner=False, last=False)
    due, told, taken = first_contact_due(steps, filed), [], set[str]()
    for day in days:
        reached = steps_reached(steps, climbed, due, local_day(filed) + timedelta(days=day))
        step, overtaken = to_take(reached, frozenset(taken))
        told += [step] if step else []
        taken |= {*overtaken, *((step,) if step else ())}
    assert told == sorted(set(told), key=CLIMB.index)
    assert taken == {
        one for one in CLIMB if step_day(steps, one, due) <= local_day(filed) + timedelta(days=max(days))
    }


def test_who_climbs_what() -> None:
    assert ladder(partner=False, last=False) == CLIMB
    assert Step.MANAGER not in ladder(partner=True, last=False)
    assert Step.MAISON not in ladder(partner=False, last=True)


@given(st.dates(date(2025, 1, 1), date(2030, 1, 1)), st.integers(0, 60))
def test_going_back_undoes_going_forward(day: date, count: int) -> None:
    there = shift_workdays(add_workdays(day, 1), count)
    assert shift_workdays(there, -count) == add_workdays(day, 1)


def test_waiting_moves_the_day_to_explain_and_silence_is_counted_in_working_days() -> None:
    steps = BOOK.steps[Urgency.NORMAL]
    assert explain_day(steps, MONDAY.date(), 3) == add_workdays(MONDAY.date(), 33)
    assert not is_silent(steps, MONDAY.date(), date(2026, 12, 11))
    assert is_silent(steps, MONDAY.date(), date(2026, 12, 14))


def test_the_closest_line_applies() -> None:
    mine, need, actor, all_ = (Steps(days, days, days, days, days, 30, 15) for days in (1, 2, 3, 4))
    lines = {
        Target("haute", "alt_apprenti", "opco"): mine,
        Target("haute", "alt_apprenti"): need,
        Target("haute", None, "opco"): actor,
        Target("haute"): all_,
    }
    assert chosen(lines, "alt_apprenti", "opco", "haute") is mine
    assert chosen(lines, "alt_apprenti", "cma", "haute") is need
    assert chosen(lines, "rec_trouver", "opco", "haute") is actor
    assert chosen(lines, "rec_trouver", "cma", "haute") is all_
    assert chosen(lines, "rec_trouver", "cma", "normale") is BOOK.steps[Urgency.NORMAL]


@pytest.mark.parametrize(
    ("numbers", "field"),
    [
        ((5, 0, 5, 6, 8, 30, 15), "reminder"),
        ((5, 3, 2, 6, 8, 30, 15), "second"),
        ((5, 3, 5, 6, 4, 30, 15), "maison"),
        ((9, 3, 5, 6, 8, 30, 15), "maison"),
        ((5, 3, 5, 6, 8, 30, 999), "silence"),
    ],
)
def test_days_that_make_no_sense_are_refused(numbers: tuple[int, ...], field: str) -> None:
    with pytest.raises(BadLine) as refused:
        checked(Steps(*numbers))
    assert refused.value.field == field and str(refused.value)


@given(st.dates(date(2025, 1, 1), date(2030, 1, 1)), st.integers(-40, 40))
def test_late_begins_the_day_after(due: date, gap: int) -> None:
    day = due + timedelta(days=gap)
    assert is_late(due, None, day) is (gap > 0)
    assert not is_late(due, due, day)
