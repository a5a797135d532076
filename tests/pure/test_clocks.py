"""Working-day clocks follow the urgency."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dossiers.clocks import (
    first_contact_due,
    is_late,
    local_day,
    reminder_dates,
    workdays_to_contact,
)
from app.kernel.vocabulary import Urgency
from app.kernel.workdays import is_workday, workdays_between

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
    assert first_contact_due(urgency, MONDAY) == due


def test_public_holidays_are_not_counted() -> None:
    before_christmas = datetime(2026, 12, 23, 9, 0, tzinfo=UTC)
    assert first_contact_due(Urgency.IMMEDIATE, before_christmas) == date(2026, 12, 28)


def test_late_in_the_evening_is_tomorrow_in_occitanie() -> None:
    assert local_day(datetime(2026, 11, 23, 23, 30, tzinfo=UTC)) == date(2026, 11, 24)


@given(urgencies, moments)
def test_the_due_day_is_a_working_day_as_far_as_promised(urgency: Urgency, filed: datetime) -> None:
    due = first_contact_due(urgency, filed)
    assert is_workday(due)
    promised = {Urgency.IMMEDIATE: 2, Urgency.HIGH: 5, Urgency.NORMAL: 10}[urgency]
    assert workdays_between(local_day(filed), due) == promised == workdays_to_contact(filed, due)


@given(urgencies, moments)
def test_the_escalation_climbs_in_order(urgency: Urgency, filed: datetime) -> None:
    days = list(reminder_dates(urgency, filed).values())
    assert days == sorted(set(days))


@given(st.dates(date(2025, 1, 1), date(2030, 1, 1)), st.integers(-40, 40))
def test_late_begins_the_day_after(due: date, gap: int) -> None:
    day = due + timedelta(days=gap)
    assert is_late(due, None, day) is (gap > 0)
    assert not is_late(due, due, day)
