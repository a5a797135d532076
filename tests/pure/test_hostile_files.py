"""Files made to harm, or simply wrong: refused in seconds with a sentence, whatever reads them, in bounded memory."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet

from app.sheets import Column, SheetRefused, batches, find_table, objects, unpacked
from config import ROOT
from tests.pure.test_sheets import PARTS, workbook

LAYOUT = (Column("code", "codgeo"), Column("zone", r"ze20\d\d"))
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'
ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576">'
    '<table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p>'
    "</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>"
    "</office:document-content>"
)


def table(path: Path) -> None:
    _, found = find_table(path, LAYOUT)
    list(found.lines)


def register(path: Path) -> None:
    list(batches(path, ("codgeo",), {"etat": "A"}))


def listing(path: Path) -> None:
    list(objects(path, "service"))


READERS: dict[str, Callable[[Path], None]] = {"table": table, "register": register, "list": listing}


def xml_bomb(path: Path) -> Path:
    """Entities that unfold into a thousand million letters, in the sheet and in the shared texts."""
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    cell = '<row><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in PARTS.items():
            archive.writestr(name, text)
        archive.writestr("xl/sharedStrings.xml", BOMB + "<sst><si><t>&l9;</t></si></sst>")
        archive.writestr("xl/worksheets/sheet1.xml", f"{BOMB}{head}{cell}</sheetData></worksheet>")
    return path


def ods_bomb(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS)
    return path


def lying_zip(path: Path) -> Path:
    """A bomb whose directory announces a few bytes."""
    body = b"0" * 300_000_000
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in PARTS.items():
            archive.writestr(name, text)
        archive.writestr("xl/worksheets/sheet1.xml", body)
    raw = path.read_bytes()
    path.write_bytes(raw.replace(len(body).to_bytes(4, "little"), (90_000).to_bytes(4, "little")))
    return path


@pytest.mark.parametrize("make", [xml_bomb, ods_bomb, lying_zip])
def test_a_bomb_is_refused_by_every_reader(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    path = make(tmp_path / "bomb.xlsx")
    for read in READERS.values():
        with pytest.raises(SheetRefused) as caught:
            read(path)
        assert caught.value.sentence.endswith(".")


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({}, "0 tableaux"),
        ({"a.csv": b"a", "b.csv": b"b"}, "2 tableaux"),
        ({"a.csv": b"0" * 50_000_000}, "démesuré"),
        ({"lisez.txt": b"a"}, "0 tableaux"),
    ],
)
def test_a_zip_is_opened_only_for_its_one_table(
    tmp_path: Path, members: dict[str, bytes], words: str
) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("notes.md", "x")
        for name, body in members.items():
            archive.writestr(name, body)
    with pytest.raises(SheetRefused, match=words), unpacked(path):
        pass


def test_a_broken_or_locked_zip_is_refused_and_a_workbook_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04" + b"\xff" * 100)
    with pytest.raises(SheetRefused, match="abîmé"), unpacked(tmp_path / "x.zip"):
        pass
    book = workbook(tmp_path / "a.xlsx", ("A1", "CODGEO"))
    with unpacked(book) as path:
        assert path == book


CONTENTS = {
    "png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
    "pdf": b"%PDF-1.7\n1 0 obj << /Type /Catalog >>\n%%EOF",
    "html": b"<!DOCTYPE html><html><body>404</body></html>",
    "gzip": b"\x1f\x8b\x08\x00" + b"\0" * 40,
    "utf-16": "CODGEO;ZE2020\n34142;7616\n".encode("utf-16"),
    "utf-32": "CODGEO;ZE2020\n34142;7616\n".encode("utf-32"),
    "half a letter": b"CODGEO,etat\n\xc3",
    "empty": b"",
    "spaces": b" \n" * 1000,
    "quotes": b'"' * 200_000,
    "json": b'{"service": {"a": 1}}',
    "nested": b'{"service": [' + b"[" * 100_000,
    "infinite": b'{"service": [{"a": ' + b"9" * 50_000 + b"}]",
    "old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 2_000,
    "parquet": b"PAR1" + b"\xff" * 2_000 + b"PAR1",
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("kind", CONTENTS)
def test_a_renamed_or_broken_file_is_refused_by_every_reader(tmp_path: Path, reader: str, kind: str) -> None:
    for name in ("file.csv", "file.xlsx", "file.json"):
        path = tmp_path / name
        path.write_bytes(CONTENTS[kind])
        with pytest.raises(SheetRefused) as caught:
            READERS[reader](path)
        assert caught.value.sentence.endswith(".")


def test_a_workbook_under_another_name_is_still_read(tmp_path: Path) -> None:
    cells = (("A1", "CODGEO"), ("B1", "ZE2020"), ("A2", "34142"), ("B2", "7616"))
    for name in ("table.csv", "table", "table.txt"):
        _, found = find_table(workbook(tmp_path / name, *cells), LAYOUT)
        assert [line.cells["zone"] for line in found.lines] == ["7616"]


def test_a_table_of_columns_is_not_a_workbook(tmp_path: Path) -> None:
    parquet.write_table(pyarrow.table({"CODGEO": ["34142"], "ZE2020": ["7616"]}), tmp_path / "x.xlsx")
    with pytest.raises(SheetRefused):
        table(tmp_path / "x.xlsx")


@pytest.mark.parametrize("plain", [True, False])
def test_a_parquet_file_that_unfolds_is_refused_apart(tmp_path: Path, plain: bool) -> None:
    """One long text, said fifty thousand times by its number: in the second group, where a glance does not look."""
    long = pyarrow.DictionaryArray.from_arrays(
        pyarrow.array([0] * 50_000, pyarrow.int32()), ["a" * 1_000_000]
    )
    short = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * 50_000, pyarrow.int32()), ["b"])
    with parquet.ParquetWriter(
        tmp_path / "x.parquet",
        pyarrow.schema({"codgeo": short.type, "etat": short.type}),
        store_schema=not plain,
    ) as writer:
        for one in (short, long):
            writer.write_table(pyarrow.table({"codgeo": one, "etat": short}))
    assert (tmp_path / "x.parquet").stat().st_size < 2_000_000
    with pytest.raises(SheetRefused, match="démesuré"):
        register(tmp_path / "x.parquet")


MEASURED = """
import resource, sys
from pathlib import Path
from tests.pure.test_hostile_files import READERS
from app.sheets import SheetRefused
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    READERS[sys.argv[1]](Path(sys.argv[2]))
except SheetRefused as refused:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, refused.sentence)
"""


@pytest.mark.skipif(not os.environ.get("GUICHET_PROVE"), reason="300 MB: make prove")
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("unit", [b"a", b";", b'"', b"{", b"[ ", b'{"service": [{"a": "'])
def test_300_megabytes_of_one_line_are_refused_in_bounded_memory(
    tmp_path: Path, reader: str, unit: bytes
) -> None:
    path = tmp_path / "line.csv"
    with path.open("wb") as file:
        file.write(unit)
        for _ in range(300):
            file.write((unit[-1:] if len(unit) < 3 else b"a") * 1_000_000)
    command = [sys.executable, "-c", MEASURED, reader, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    grown, _, sentence = done.stdout.strip().partition(" ")
    assert int(grown) < 60_000 and sentence.endswith(".")
