"""Tables as a workbook: numbers stay numbers, and no text is ever taken for a formula or a link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

from xlsxwriter import Workbook

from app.reporting.exports import Cell

INERT = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
WIDEST = 60
"""Characters of a column: a longer text goes on out of sight."""
MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def xlsx(title: str, rows: Iterable[Sequence[Cell]]) -> bytes:
    written = BytesIO()
    with Workbook(written, INERT) as book:
        sheet = book.add_worksheet(title)
        widths: dict[int, int] = {}
        for rank, row in enumerate(rows):
            sheet.write_row(rank, 0, row)
            for place, cell in enumerate(row):
                widths[place] = max(widths.get(place, 0), len(str(cell or "")))
        for place, width in widths.items():
            sheet.set_column(place, place, min(width, WIDEST) + 2)
        sheet.freeze_panes(1, 0)
    return written.getvalue()
