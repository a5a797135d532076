"""The periods a session may look at."""

from __future__ import annotations

from datetime import date

import pytest

from app.governance.periods import Length, chosen, periods

DAY, SINCE = date(2026, 11, 25), date(2025, 5, 3)


def test_every_period_since_the_first_request_is_offered_the_latest_first() -> None:
    names = {length: [one.name for one in ones] for length, ones in periods(SINCE, DAY).items()}
    assert names[Length.QUARTER][:2] == ["2026-T4", "2026-T3"] and names[Length.QUARTER][-1] == "2025-T2"
    assert names[Length.HALF] == ["2026-S2", "2026-S1", "2025-S2", "2025-S1"]
    assert names[Length.YEAR] == ["2026", "2025"]


def test_without_any_request_the_quarter_over_last_is_offered() -> None:
    assert [one.name for one in periods(None, date(2027, 1, 2))[Length.QUARTER]] == ["2027-T1", "2026-T4"]


@pytest.mark.parametrize(
    ("name", "first", "last", "words"),
    [
        ("", date(2026, 7, 1), date(2026, 9, 30), "3e trimestre 2026"),
        ("2026-T4", date(2026, 10, 1), date(2026, 12, 31), "4e trimestre 2026"),
        ("2025-S1", date(2025, 1, 1), date(2025, 6, 30), "1er semestre 2025"),
        ("2026-S2", date(2026, 7, 1), date(2026, 12, 31), "2e semestre 2026"),
        ("2025", date(2025, 1, 1), date(2025, 12, 31), "Année 2025"),
    ],
)
def test_a_period_is_whole_quarters(name: str, first: date, last: date, words: str) -> None:
    one = chosen(name, SINCE, DAY)
    assert one and (one.first, one.last, one.words) == (first, last, words)


@pytest.mark.parametrize("name", ["2027-T1", "2025-T1", "x", "2024", "2026-S3", "2026-s1"])
def test_only_those_offered_are_taken(name: str) -> None:
    assert chosen(name, SINCE, DAY) is None
