"""The table of an official file: its header is found by the names of its columns, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from app.sheets.files import Numbered, sheets
from app.sheets.progress import counted
from app.sheets.report import SheetRefused

HEADER_WITHIN = 40
UNSTORABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
"""What a database refuses, or a terminal obeys."""
YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column looked for by the pattern of its name; `label` is how its publisher writes it, unless it is the same."""

    key: str
    pattern: str
    required: bool = True
    label: str = ""

    @property
    def published(self) -> str:
        return self.label or self.pattern

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


def year_in(*texts: str) -> str | None:
    """The last year written in the first text that has one."""
    for text in texts:
        if years := YEAR.findall(text):
            return str(years[-1])
    return None


def find_table(path: Path, *layouts: Sequence[Column]) -> tuple[int, OfficialTable]:
    """The first table of the file that has one of these layouts, and which one. Raises SheetRefused, which names the
    columns that the closest header lacks."""
    nearest = _Nearest()
    for sheet in sheets(path):
        for rank, layout in enumerate(layouts):
            if table := _table(sheet(), layout, nearest):
                return rank, table
    raise SheetRefused(nearest.words(layouts[0]))


def find_tables(path: Path, *layouts: Sequence[Column]) -> Iterator[tuple[int, OfficialTable]]:
    """Every sheet of the file that has one of these layouts, and which one: the first that fits."""
    for sheet in sheets(path):
        for rank, layout in enumerate(layouts):
            if table := _table(sheet(), layout):
                yield rank, table
                break


class _Nearest:
    """The header that came closest to a layout: what it lacks is what to say."""

    def __init__(self) -> None:
        self.lacks: list[Column] = []

    def look(self, layout: Sequence[Column], places: Mapping[str, int | None]) -> None:
        lacks = [column for column in layout if column.required and places[column.key] is None]
        known = len(lacks) < sum(column.required for column in layout)
        if known and (not self.lacks or len(lacks) < len(self.lacks)):
            self.lacks = lacks

    def words(self, layout: Sequence[Column]) -> str:
        if self.lacks:
            missing = ", ".join(column.published for column in self.lacks)
            return (
                f"Il manque dans ce fichier : {missing}. Choisissez le fichier tel que son éditeur le publie."
            )
        known = ", ".join(column.published for column in layout if column.required)
        return (
            f"Ce fichier n’est pas le tableau attendu : aucune de ses colonnes n’y est. On attend : {known}."
        )


def _table(
    rows: Iterator[Numbered], layout: Sequence[Column], nearest: _Nearest | None = None
) -> OfficialTable | None:
    for seen, (_, row) in enumerate(rows, start=1):
        names = [_text(cell) for cell in row]
        places = {column.key: column.found_in(names) for column in layout}
        if all(places[column.key] is not None for column in layout if column.required):
            found = {key: place for key, place in places.items() if place is not None}
            return OfficialTable(
                {key: names[place] for key, place in found.items()}, counted(_lines(rows, found))
            )
        if nearest:
            nearest.look(layout, places)
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
    return re.sub(r"\s+", " ", UNSTORABLE.sub("", str(cell))).strip()
