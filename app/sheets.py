"""Official tables, CSV or workbook, read as rows of text; and the report of their import.

The header is found by the names of its columns, wherever it stands: publishers move it and rename it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

LARGEST_TEXT = 200 * 1024 * 1024
LARGEST_BOOK = 60 * 1024 * 1024
LARGEST_UNZIPPED = 600 * 1024 * 1024
LARGEST_RATIO = 200
MANY_ENTRIES = 2_000
HEADER_WITHIN = 40
DELIMITERS = (";", ",", "\t")
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
REFUSED_SHARE = 0.01

Cells = Sequence[object]
Numbered = tuple[int, Cells]


class SheetRefused(Exception):
    """A file that cannot be read as the table it should be; the sentence says why, in French."""

    def __init__(self, sentence: str, report: ImportReport | None = None) -> None:
        super().__init__(sentence)
        self.sentence, self.report = sentence, report


@dataclass(frozen=True, slots=True)
class Column:
    """A column looked for by the pattern of its name."""

    key: str
    pattern: str
    required: bool = True

    def found_in(self, names: Sequence[str]) -> int | None:
        wanted = re.compile(self.pattern, re.IGNORECASE)
        return next((place for place, name in enumerate(names) if wanted.fullmatch(name)), None)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table and the number it has in the file."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class OfficialTable:
    """The rows under a header that was found; `headers` are the published names of the columns."""

    headers: dict[str, str]
    lines: Iterator[Line]


@dataclass(frozen=True, slots=True)
class RefusedRow:
    line: int
    value: str
    reason: str

    def to_dict(self) -> dict[str, object]:
        return {"line": self.line, "value": self.value, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of every row: read = kept + refused + outside."""

    kind: str
    vintage: str | None
    read: int = 0
    kept: int = 0
    refused: tuple[RefusedRow, ...] = field(default=())
    outside: int = 0
    already_imported: bool = False

    def to_dict(self) -> dict[str, object]:
        return {
            "kind": self.kind,
            "vintage": self.vintage,
            "read": self.read,
            "kept": self.kept,
            "refused": len(self.refused),
            "outside": self.outside,
            "already_imported": self.already_imported,
        }

    def accepted(self) -> ImportReport:
        """This report; raises SheetRefused when more than one row in a hundred is refused."""
        if len(self.refused) > self.read * REFUSED_SHARE:
            raise SheetRefused("Plus de 1 % des lignes sont refusées : rien n’est enregistré.", self)
        if not self.read:
            raise SheetRefused("Ce tableau ne contient aucune ligne.", self)
        return self


def fingerprint(path: Path) -> str:
    """The hash of a file: the same file imports once."""
    with _opened(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def year_in(*texts: str) -> str | None:
    """The last year written in the first text that has one."""
    for text in texts:
        if years := YEAR.findall(text):
            return str(years[-1])
    return None


def find_table(path: Path, *layouts: Sequence[Column]) -> tuple[int, OfficialTable]:
    """The first table of the file that has one of these layouts, and which one. Raises SheetRefused."""
    for sheet in _sheets(path):
        for rank, layout in enumerate(layouts):
            if table := _table(sheet(), layout):
                return rank, table
    missing = ", ".join(column.key for column in layouts[0] if column.required)
    raise SheetRefused(f"Colonnes attendues absentes : {missing}.")


def find_tables(path: Path, layout: Sequence[Column]) -> Iterator[OfficialTable]:
    """Every sheet of the file that has this layout."""
    for sheet in _sheets(path):
        if table := _table(sheet(), layout):
            yield table


def _table(rows: Iterator[Numbered], layout: Sequence[Column]) -> OfficialTable | None:
    seen = 0
    for _, row in rows:
        seen += 1
        names = [_text(cell) for cell in row]
        places = {column.key: column.found_in(names) for column in layout}
        if all(places[column.key] is not None for column in layout if column.required):
            found = {key: place for key, place in places.items() if place is not None}
            return OfficialTable({key: names[place] for key, place in found.items()}, _lines(rows, found))
        if seen >= HEADER_WITHIN:
            break
    return None


def _lines(rows: Iterator[Numbered], places: dict[str, int]) -> Iterator[Line]:
    for number, row in rows:
        if any(_text(cell) for cell in row):
            cells = {key: _text(row[place]) if place < len(row) else "" for key, place in places.items()}
            yield Line(number, cells)


def _text(cell: object) -> str:
    if isinstance(cell, bool) or cell is None:
        return "" if cell is None else str(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return re.sub(r"\s+", " ", str(cell)).strip()


def _opened(path: Path) -> io.BufferedReader:
    try:
        return path.open("rb")
    except OSError:
        raise SheetRefused("Ce fichier est introuvable ou illisible.") from None


def _sheets(path: Path) -> Iterator[Callable[[], Iterator[Numbered]]]:
    """Each sheet, to be read from its first row as often as there are layouts to try."""
    with _opened(path) as file:
        start = file.read(4)
    if start in (ZIP, OLD_EXCEL):
        yield from _book(path, start)
    else:
        yield from _texts(path)


def _book(path: Path, start: bytes) -> Iterator[Callable[[], Iterator[Numbered]]]:
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


def _texts(path: Path) -> Iterator[Callable[[], Iterator[Numbered]]]:
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
