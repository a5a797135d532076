"""Official tables as publishers really write them, and hostile ones."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

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


PARTS = {
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}


def workbook(path: Path, *cells: tuple[str, str]) -> Path:
    """The smallest workbook that holds these (address, text)."""
    data = "".join(f'<row><c r="{at}" t="inlineStr"><is><t>{text}</t></is></c></row>' for at, text in cells)
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{data}'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in PARTS.items():
            archive.writestr(name, text)
        archive.writestr("xl/worksheets/sheet1.xml", sheet + "</sheetData></worksheet>")
    return path


def test_a_small_workbook_is_read(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", ("A1", "CODGEO"), ("B1", "ZE2020"), ("A2", "34142"), ("B2", "76\x0116")
    )
    assert rows(path) == [(2, {"code": "34142", "zone": "7616"})]


@pytest.mark.parametrize("far", ["XFD1048576", "Z1048576", "ZZZZ99999999"])
def test_a_lone_far_cell_neither_fills_nor_ends_the_process(tmp_path: Path, far: str) -> None:
    path = workbook(tmp_path / "far.xlsx", ("A1", "CODGEO"), ("B1", "ZE2020"), (far, "x"))
    before = getrusage(RUSAGE_SELF).ru_maxrss
    with pytest.raises(SheetRefused, match=r"démesuré|abîmé"):
        find_table(path, LAYOUT)
    assert getrusage(RUSAGE_SELF).ru_maxrss - before < 50_000


@pytest.mark.parametrize("unit", ["a", ";", "é"])
def test_one_line_as_long_as_the_file_is_refused_at_once(tmp_path: Path, unit: str) -> None:
    path = tmp_path / "line.csv"
    path.write_text(unit * 50_000_000, "utf-8")
    before = getrusage(RUSAGE_SELF).ru_maxrss
    with pytest.raises(SheetRefused, match="trop longue"):
        find_table(path, LAYOUT)
    assert getrusage(RUSAGE_SELF).ru_maxrss - before < 200_000


def test_one_row_as_long_as_the_file_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "row.csv"
    path.write_text('"\n";' * 500_000, "utf-8")
    with pytest.raises(SheetRefused, match="trop longue"):
        find_table(path, LAYOUT)


def test_a_cell_may_hold_a_few_lines(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("CODGEO;ZE2020\n" + '34142;"76\n\n16"\n' * 300, "utf-8")
    assert len(rows(path)) == 300 and rows(path)[0][1]["zone"] == "76 16"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SheetRefused, match="introuvable"):
        find_table(tmp_path / "pipe", LAYOUT)


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
