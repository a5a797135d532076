"""Tables as a file a spreadsheet opens as it is, and that runs nothing when it does; pure."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

BOM = "\ufeff"
"""Without it, the usual spreadsheet reads accents wrong."""
RUNS = ("=", "+", "-", "@", "\t", "\r")
"""A cell that starts so is taken for a formula (OWASP, CSV injection)."""

Cell = str | int | float | None


def csv_text(rows: Iterable[Sequence[Cell]]) -> str:
    written = StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerows([_cell(value) for value in row] for row in rows)
    return BOM + written.getvalue()


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(RUNS) else text
