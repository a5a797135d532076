"""A national register, CSV or Parquet: some columns, and only the rows asked for; never held whole."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.sheets.files import Lines, Trial, opened, try_apart
from app.sheets.progress import counted
from app.sheets.report import SheetRefused

LARGEST_REGISTER = 20 * 1024**3
PARQUET = b"PAR1"
TRIAL = Path(__file__).with_name("parquet_trial.py")
TRIAL_SECONDS = 300
AT_ONCE = 50_000
UNREADABLE = "Ce fichier n’est ni le CSV en UTF-8 ni le Parquet attendu."


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of the register: how many were read, and those asked for with their numbers."""

    read: int
    rows: Sequence[tuple[int, tuple[str, ...]]]


def batches(path: Path, columns: Sequence[str], where: Mapping[str, str]) -> Iterator[Batch]:
    """The values of `columns` where others have exactly this value. Raises SheetRefused."""
    with opened(path) as file:
        start = file.read(4)
    if path.stat().st_size > LARGEST_REGISTER:
        raise SheetRefused("Ce fichier dépasse 20 Go.")
    if start == PARQUET:
        try_apart(path, Trial(TRIAL, TRIAL_SECONDS, UNREADABLE, (*columns, *where)))
        found = _parquet(path, columns, where)
    else:
        found = _csv(path, columns, where)
    return counted(found, lambda batch: batch.read)


def _missing(columns: Sequence[str], names: Sequence[str]) -> None:
    if absent := [one for one in columns if one not in names]:
        raise SheetRefused(f"Colonnes attendues absentes : {', '.join(absent)}.")


def _csv(path: Path, columns: Sequence[str], where: Mapping[str, str]) -> Iterator[Batch]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = Lines(file)
            first = next(iter(lines), "")
            delimiter = ";" if first.count(";") > first.count(",") else ","
            names = [name.strip() for name in next(csv.reader([first], delimiter=delimiter), [])]
            _missing([*columns, *where], names)
            yield from _filtered(csv.reader(lines, delimiter=delimiter), lines, names, columns, where)
    except (UnicodeDecodeError, csv.Error):
        raise SheetRefused(UNREADABLE) from None


def _filtered(
    rows: Any, lines: Lines, names: list[str], columns: Sequence[str], where: Mapping[str, str]
) -> Iterator[Batch]:
    places = [names.index(one) for one in columns]
    tests = [(names.index(one), value) for one, value in where.items()]
    read, kept, width = 0, list[tuple[int, tuple[str, ...]]](), max([*places, *(at for at, _ in tests)]) + 1
    for row in rows:
        lines.of_row = 0
        read += 1
        if len(row) >= width and all(row[at] == value for at, value in tests):
            kept.append((rows.line_num + 1, tuple(row[at] for at in places)))
        if read == AT_ONCE:
            yield Batch(read, kept)
            read, kept = 0, []
    yield Batch(read, kept)


def _parquet(path: Path, columns: Sequence[str], where: Mapping[str, str]) -> Iterator[Batch]:
    """Row group after row group, the columns asked for alone."""
    import pyarrow  # noqa: PLC0415  forty megabytes that only this file needs
    from pyarrow import compute, parquet  # noqa: PLC0415

    before = 1
    try:
        with parquet.ParquetFile(path) as file:
            _missing([*columns, *where], file.schema_arrow.names)
            for batch in file.iter_batches(AT_ONCE, columns=[*dict.fromkeys([*columns, *where])]):
                table = pyarrow.table(batch).append_column("#", pyarrow.array(range(batch.num_rows)))
                for name, value in where.items():
                    table = table.filter(compute.equal(table[name].cast("string"), value))
                texts = [_texts(table[name]) for name in columns]
                numbers = table["#"].to_pylist()
                yield Batch(
                    batch.num_rows,
                    [(before + at, row) for at, row in zip(numbers, zip(*texts, strict=True), strict=True)],
                )
                before += batch.num_rows
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError):
        raise SheetRefused(UNREADABLE) from None


def _texts(column: Any) -> list[str]:
    return ["" if one is None else one for one in column.cast("string").to_pylist()]
