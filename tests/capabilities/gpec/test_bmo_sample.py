"""The BMO of 2024: the known totals, and every place recomputed from the workbook by another path."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from app.gpec import queries
from app.gpec.figures import Figures
from app.gpec.imports import import_bmo
from app.kernel.vocabulary import ZoneKind
from tests.capabilities.gpec.conftest import BMO

FRANCE = "bmo/Base_open_data_BMO_2024.xlsx"
Numbers = tuple[int | None, int | None, int | None, int, int]


def told(found: Figures) -> Numbers:
    return found.projects, found.difficult, found.seasonal, found.rows, found.secret_rows


def recomputed(path: Path, column: str) -> dict[str, Numbers]:
    """Sums by the values of a column, read from the workbook with nothing of the house."""
    header, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(1).to_python()
    place = [header.index(name) for name in (column, "met", "xmet", "smet")]
    groups: dict[str, list[list[str]]] = defaultdict(list)
    for row in rows:
        key, *cells = (row[one] for one in place)
        groups[str(int(float(str(key)))).zfill(2)].append([str(cell) for cell in cells])
    return {key: _summed(cells) for key, cells in groups.items()}


def _summed(rows: list[list[str]]) -> Numbers:
    known = [[int(row[rank]) for row in rows if row[rank] != "*"] for rank in range(3)]
    sums = [sum(column) if column else None for column in known]
    return sums[0], sums[1], sums[2], len(rows), len(rows) - len(known[0])


def test_the_region_has_the_known_totals(surveyed: Flask) -> None:
    found = queries.bmo(2024, ZoneKind.REGION, "76")
    assert told(found) == (258_347, 134_867, 100_657, 5_345, 1_259)
    assert len(queries.top_jobs(2024, ZoneKind.REGION, "76", 1_000)) <= 217


@pytest.mark.parametrize(
    ("kind", "column", "count"), [(ZoneKind.DEPARTEMENT, "Dept", 13), (ZoneKind.BASSIN_BMO, "BE24", 44)]
)
def test_each_place_agrees_with_the_workbook(
    surveyed: Flask, samples: Path, kind: ZoneKind, column: str, count: int
) -> None:
    expected = recomputed(samples / BMO, column)
    assert len(expected) == count
    assert {code: told(queries.bmo(2024, kind, code)) for code in expected} == expected


def test_a_basin_in_two_departements_is_whole(surveyed: Flask) -> None:
    basin = queries.bmo(2024, ZoneKind.BASSIN_BMO, "7637", "A0X40")
    assert basin.rows == 2 and basin.projects == 146


def test_the_same_file_again_writes_nothing(surveyed: Flask, samples: Path) -> None:
    before = len(queries.datasets())
    report = import_bmo(samples / BMO)
    assert report.already_imported and (report.vintage, report.kept) == ("2024", 5345)
    assert len(queries.datasets()) == before


def test_the_whole_of_france_keeps_the_region_alone(context: Flask, samples: Path) -> None:
    report = import_bmo(samples / FRANCE)
    assert (report.read, report.kept, report.outside, len(report.refused)) == (53_443, 5_345, 48_098, 0)
    found = queries.bmo(2024, ZoneKind.REGION, "76")
    assert told(found) == (258_347, 134_867, 100_657, 5_345, 1_259)


def test_a_dry_run_writes_nothing(context: Flask, samples: Path) -> None:
    report = import_bmo(samples / BMO, dry_run=True)
    assert report.kept == 5345 and not queries.datasets() and not queries.bmo_years()
