"""A file for a spreadsheet: read back, it says the same; opened, it runs nothing."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reporting.exports import BOM, RUNS, csv_text

printable = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)


def read_back(text: str) -> list[list[str]]:
    assert text.startswith(BOM)
    return list(csv.reader(StringIO(text.removeprefix(BOM), newline=""), delimiter=";"))


def test_figures_are_french_and_nothing_is_an_empty_cell() -> None:
    assert read_back(csv_text([("Ariège", 12, 3.5, 4.0, None)])) == [["Ariège", "12", "3,5", "4", ""]]


@pytest.mark.parametrize("start", RUNS)
def test_a_cell_that_would_run_is_made_text(start: str) -> None:
    ((cell,),) = read_back(csv_text([(f"{start}1+1",)]))
    assert cell.startswith("'")


def test_a_negative_number_stays_a_number() -> None:
    assert read_back(csv_text([(-4, -1.5)])) == [["-4", "-1,5"]]


@given(st.lists(st.lists(printable, min_size=2, max_size=5), min_size=1, max_size=6))
def test_what_is_written_is_read_back(rows: list[list[str]]) -> None:
    expected = [[f"'{cell}" if cell.startswith(RUNS) else cell for cell in row] for row in rows]
    assert read_back(csv_text(rows)) == expected
