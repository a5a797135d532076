"""Quarters follow one another, share no day and leave none out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.quarters import last_over, quarter_of


@pytest.mark.parametrize(
    ("day", "own", "before"),
    [
        (date(2026, 1, 1), "2026-T1", "2025-T4"),
        (date(2026, 3, 31), "2026-T1", "2025-T4"),
        (date(2026, 4, 1), "2026-T2", "2026-T1"),
        (date(2026, 12, 31), "2026-T4", "2026-T3"),
    ],
)
def test_names(day: date, own: str, before: str) -> None:
    assert (quarter_of(day).name, last_over(day).name) == (own, before)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_each_day_is_in_one_quarter_and_the_last_over_touches_it(day: date) -> None:
    own, before = quarter_of(day), last_over(day)
    assert own.first <= day <= own.last and own.after == own.last + timedelta(days=1)
    assert before.after == own.first and 90 <= (own.after - own.first).days <= 92
    assert quarter_of(own.last) == own and before.ended == own.began
