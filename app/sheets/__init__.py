"""Official tables (CSV, workbook) and lists (JSON), read as rows of text; and the report of their import."""

from app.sheets.files import fingerprint
from app.sheets.objects import objects
from app.sheets.packed import unpacked
from app.sheets.progress import progress_to
from app.sheets.registers import Batch, batches
from app.sheets.report import ImportReport, RefusedRow, SheetRefused
from app.sheets.tables import Column, Line, OfficialTable, find_table, find_tables, year_in

__all__ = [
    "Batch",
    "Column",
    "ImportReport",
    "Line",
    "OfficialTable",
    "RefusedRow",
    "SheetRefused",
    "batches",
    "find_table",
    "find_tables",
    "fingerprint",
    "objects",
    "progress_to",
    "unpacked",
    "year_in",
]
