"""When a result is asked for: calendar months, the latest due only after a missed run."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dossiers.lifecycle import Outcome
from app.opinions.words import ASKED_LATER, MONTHS, due_now, first_ask, months_after, next_ask

CLOSED = date(2026, 8, 31)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 25), 3, date(2027, 2, 25)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 7, 1), 6, date(2027, 1, 1)),
        (date(2026, 12, 31), 6, date(2027, 6, 30)),
    ],
)
def test_months_end_on_a_day_that_exists(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.sampled_from(MONTHS))
def test_months_never_go_back_and_keep_the_day(day: date, months: int) -> None:
    then = months_after(day, months)
    assert then > day and then.day <= day.day
    assert (then.year - day.year) * 12 + then.month - day.month == months


def test_only_some_outcomes_are_asked_again() -> None:
    for outcome in Outcome:
        asked = first_ask(outcome, CLOSED)
        assert (asked == (3, date(2026, 11, 30))) is (outcome in ASKED_LATER)
        assert outcome in ASKED_LATER or asked == (None, None)


def test_a_missed_run_asks_once() -> None:
    assert due_now(3, CLOSED, date(2026, 11, 30)) == (3, ())
    assert due_now(3, CLOSED, date(2027, 6, 1)) == (6, (3,))
    assert due_now(6, CLOSED, date(2027, 6, 1)) == (6, ())
    assert next_ask(3, CLOSED) == (6, date(2027, 2, 28)) and next_ask(6, CLOSED) == (None, None)
