"""The two primary rules: enough companies, none that makes almost all of a count; and their settings."""

from __future__ import annotations

import pytest

from app.reporting.secrecy import Rules, rules

RULES = Rules(companies=5, dominant_percent=85, spread=4, after_days=10)


@pytest.mark.parametrize(
    ("needs", "safe"),
    [
        *(([], False), ([1, 1, 1, 1], False), ([30, 20, 10, 10], False), ([1] * 5, True)),
        *(([85, 3, 3, 3, 6], True), ([86, 3, 3, 3, 5], False), ([6, 1, 1, 1, 1], True)),
    ],
)
def test_companies_and_the_largest(needs: list[int], safe: bool) -> None:
    assert RULES.safe({f"c{rank}": count for rank, count in enumerate(needs)}) is safe


def test_the_settings_are_those_of_the_file() -> None:
    told = rules()
    assert (
        told.companies >= 5 and 50 < told.dominant_percent <= 85 and told.spread >= 1 and told.after_days >= 0
    )
