"""The periods a session may look at."""

from __future__ import annotations

from datetime import date

from app.governance.periods import SHOWN, chosen, periods

DAY = date(2026, 11, 25)


def test_finished_quarters_come_first_the_latest_before_the_others() -> None:
    names = [one.name for one in periods(DAY)]
    assert names[:2] == ["2026-T3", "2026-T2"] and names[-1] == "2026-T4" and len(names) == SHOWN + 1


def test_only_those_offered_are_taken() -> None:
    assert [found and found.name for found in (chosen("", DAY), chosen("2026-T4", DAY))] == [
        "2026-T3",
        "2026-T4",
    ]
    assert chosen("2027-T1", DAY) is None and chosen("x", DAY) is None and chosen("2020-T1", DAY) is None
