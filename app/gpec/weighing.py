"""The rows of an official file, one after the other: kept, refused with a reason, or outside the region."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from marshmallow import ValidationError

from app.gpec.sources import Source
from app.sheets import Line, RefusedRow


@dataclass(slots=True)
class Reading:
    """What the rows say, kept by what names them."""

    year: int | None = None
    dated: str = ""
    read: int = 0
    outside: int = 0
    kept: dict[tuple[object, ...], dict[str, Any]] = field(default_factory=dict)
    refused: list[RefusedRow] = field(default_factory=list)
    seen: dict[tuple[object, ...], int] = field(default_factory=dict)


def weigh(source: Source, lines: Iterable[Line], year: str = "") -> Reading:
    """`year` stands for a file whose rows do not say theirs."""
    reading = Reading()
    for line in lines:
        reading.read += 1
        reading.dated = reading.dated or line.cells.get("dated", "")
        if source.yearly and not line.cells.get("year"):
            line.cells["year"] = year
        if source.outside(line.cells):
            reading.outside += 1
        else:
            _add(source, reading, line)
    return reading


def _add(source: Source, reading: Reading, line: Line) -> None:
    written = {key: text for key, text in line.cells.items() if text}
    try:
        row: dict[str, Any] = dict(source.schema.load(written))
    except ValidationError as error:
        reading.refused.append(_refusal(line, error))
        return
    if reason := _contradiction(source, reading, row):
        reading.refused.append(RefusedRow(line.number, line.cells[source.keys[-1]][:200], reason))
        return
    key = tuple(row[name] for name in source.keys)
    reading.kept[key], reading.seen[key] = row, line.number


def _contradiction(source: Source, reading: Reading, row: dict[str, Any]) -> str | None:
    """A second year in a yearly file, or a row already read."""
    if source.yearly:
        reading.year = reading.year or row["year"]
        if row["year"] != reading.year:
            return f"Cette ligne est de {row['year']}, le fichier de {reading.year}."
    first = reading.seen.get(tuple(row[name] for name in source.keys))
    return f"Cette ligne répète la ligne {first}." if first else None


def _refusal(line: Line, error: ValidationError) -> RefusedRow:
    """The first column at fault: its value and why."""
    messages: dict[str, list[str]] = error.normalized_messages()  # type: ignore[no-untyped-call]
    column, sentences = next(iter(messages.items()))
    value = line.cells.get(column, "")
    return RefusedRow(line.number, value[:200], str(sentences[0]) if value else "Cette valeur manque.")
