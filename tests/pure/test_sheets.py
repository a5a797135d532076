"""Official tables as publishers really write them, and hostile ones."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from app.sheets import Column, ImportReport, RefusedRow, SheetRefused, find_table, year_in

LAYOUT = (Column("code", "codgeo"), Column("zone", r"ze20\d\d"), Column("name", "libgeo", required=False))


def rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    _, table = find_table(path, LAYOUT)
    return [(line.number, line.cells) for line in table.lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_encoding_and_delimiter_are_found(tmp_path: Path, encoding: str, delimiter: str) -> None:
    lines = [["LIBGEO", "CODGEO", "ZE2020"], ["Lodève", "34142", "7616"]]
    path = tmp_path / "table.csv"
    path.write_bytes("\r\n".join(delimiter.join(line) for line in lines).encode(encoding))
    assert rows(path) == [(2, {"code": "34142", "zone": "7616", "name": "Lodève"})]


def test_the_header_may_stand_below_a_title_and_blank_rows_do_not_count(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(
        "Zonages ; au 1er janvier\n\nCode;Zone\nCODGEO;ZE2020\n34142;7616\n;\n34172;7616\n", "utf-8"
    )
    assert [number for number, _ in rows(path)] == [5, 7]


def test_a_short_row_gives_empty_cells(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("CODGEO;ZE2020;LIBGEO\n34142\n", "utf-8")
    assert rows(path) == [(2, {"code": "34142", "zone": "", "name": ""})]


def test_a_zip_bomb_is_refused_before_it_unfolds(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    with pytest.raises(SheetRefused, match="démesuré"):
        find_table(path, LAYOUT)


@pytest.mark.parametrize("content", [b"", b"\0\1\2", b"PK\x03\x04", b"\xd0\xcf\x11\xe0junk", b"a;b\n1;2\n"])
def test_what_is_not_the_table_is_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(SheetRefused) as caught:
        find_table(path, LAYOUT)
    assert caught.value.sentence.endswith(".")


def test_the_year_is_the_last_one_of_the_first_text_that_has_one() -> None:
    assert year_in("ZE2020_au_01-01-2024.xlsx") == "2024"
    assert year_in("table.csv", "ZE2020") == "2020"
    assert year_in("commune 34142.csv") is None


def test_one_row_in_a_hundred_may_be_refused_and_no_more() -> None:
    row = RefusedRow(2, "x", "non")
    report = ImportReport("k", None, 100, 99, (row,))
    assert report.accepted() is report
    with pytest.raises(SheetRefused):
        ImportReport("k", None, 199, 197, (row, row)).accepted()
