"""The two primary rules: enough companies, none that makes almost all of a count."""

from __future__ import annotations

from app.reporting.secrecy import THRESHOLD, Cell, published


def test_few_companies_are_secret_and_not_zero() -> None:
    assert published([]) is None
    assert published([Cell(THRESHOLD - 1, THRESHOLD - 1, 1)]) is None
    assert published([Cell(40, THRESHOLD - 1, 10), Cell(3, 2, 2)]) is None
    assert published([Cell(7, THRESHOLD, 2), Cell(1, 1, 1)]) == 8


def test_a_company_that_makes_almost_all_of_a_count_is_not_told() -> None:
    assert published([Cell(100, 6, 85)]) == 100
    assert published([Cell(100, 6, 86)]) is None
    assert published([Cell(60, 6, 50), Cell(40, 5, 36)]) is None
