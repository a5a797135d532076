"""Tables as a workbook: numbers stay numbers, and no text is ever taken for a formula or a link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

from xlsxwriter import Workbook

from app.reporting.exports import Cell

INERT = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def xlsx(title: str, rows: Iterable[Sequence[Cell]]) -> bytes:
    written = BytesIO()
    with Workbook(written, INERT) as book:
        sheet = book.add_worksheet(title)
        for rank, row in enumerate(rows):
            sheet.write_row(rank, 0, row)
        sheet.freeze_panes(1, 0)
    return written.getvalue()
