"""Files opened with suspicion: CSV or workbook, as sheets of numbered rows."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from app.sheets.report import SheetRefused

LARGEST_TEXT = 200 * 1024 * 1024
LARGEST_BOOK = 60 * 1024 * 1024
LARGEST_UNZIPPED = 600 * 1024 * 1024
LARGEST_RATIO = 200
MANY_ENTRIES = 2_000
DELIMITERS = (";", ",", "\t")
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"

Numbered = tuple[int, Sequence[object]]
Sheet = Callable[[], Iterator[Numbered]]
"""A sheet can be read from its first row as often as there are layouts to try."""


def fingerprint(path: Path) -> str:
    """The hash of a file: the same file imports once."""
    with _opened(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _opened(path: Path) -> io.BufferedReader:
    try:
        return path.open("rb")
    except OSError:
        raise SheetRefused("Ce fichier est introuvable ou illisible.") from None


def sheets(path: Path) -> Iterator[Sheet]:
    """Each sheet of a file. Raises SheetRefused."""
    with _opened(path) as file:
        start = file.read(4)
    if start in (ZIP, OLD_EXCEL):
        yield from _book(path, start)
    else:
        yield from _texts(path)


def _book(path: Path, start: bytes) -> Iterator[Sheet]:
    if path.stat().st_size > LARGEST_BOOK:
        raise SheetRefused("Ce classeur dépasse 60 Mo.")
    if start == ZIP:
        _refuse_bomb(path)
    try:
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            yield partial(_numbered, book.get_sheet_by_name(name))
    except (CalamineError, OSError, ValueError):
        raise SheetRefused("Ce classeur est abîmé ou n’en est pas un.") from None


def _numbered(sheet: CalamineSheet) -> Iterator[Numbered]:
    """The empty rows above the table are not given: the count starts after them."""
    first = sheet.start[0] + 1 if sheet.start else 1
    return enumerate(sheet.iter_rows(), start=first)


def _refuse_bomb(path: Path) -> None:
    """A few kilobytes may unfold into gigabytes: the sizes announced and the ratio are checked first."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise SheetRefused("Ce classeur est abîmé ou n’en est pas un.") from None
    unfolded = sum(entry.file_size for entry in entries)
    folded = sum(entry.compress_size for entry in entries) or 1
    if len(entries) > MANY_ENTRIES or unfolded > LARGEST_UNZIPPED or unfolded / folded > LARGEST_RATIO:
        raise SheetRefused("Ce classeur se déplie en un fichier démesuré : il est refusé.")


def _texts(path: Path) -> Iterator[Sheet]:
    """The same text parted by each usual delimiter: the header says which one is right."""
    if path.stat().st_size > LARGEST_TEXT:
        raise SheetRefused("Ce fichier dépasse 200 Mo.")
    encoding = _encoding(path)
    for delimiter in DELIMITERS:
        yield partial(_parted, path, encoding, delimiter)


def _encoding(path: Path) -> str:
    data = path.read_bytes()
    if b"\0" in data:
        raise SheetRefused("Ce fichier n’est ni un tableau CSV ni un classeur.")
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252" if _decodes(data, "cp1252") else "latin-1"
    return "utf-8-sig"


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _parted(path: Path, encoding: str, delimiter: str) -> Iterator[Numbered]:
    with path.open(encoding=encoding, newline="") as file:
        try:
            reader = csv.reader(file, delimiter=delimiter)
            for row in reader:
                yield reader.line_num, row
        except csv.Error:
            raise SheetRefused("Une ligne de ce fichier n’est pas lisible comme un tableau.") from None
