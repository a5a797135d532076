"""PDF without a programme, text without a hidden byte, tables without a formula; pure."""

from __future__ import annotations

import csv
import re

from app.exchanges.refusals import ACTIVE, DAMAGED, DISGUISED, RefusedFile

TAIL = 2048
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
PROGRAMME = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)(?![A-Za-z])"
)
HIDDEN = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
FORMULA = ("=", "@", "+cmd", "-cmd")
KNOWN_STARTS = (
    b"%PDF",
    b"PK\x03\x04",
    b"MZ",
    b"\x7fELF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
)


def check_pdf(data: bytes) -> None:
    """Begins and ends as a PDF, and runs nothing. Names may be written in code: they are read first."""
    if not data.startswith(b"%PDF-"):
        raise RefusedFile(DISGUISED)
    if b"%%EOF" not in data[-TAIL:]:
        raise RefusedFile(DAMAGED)
    if PROGRAMME.search(ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), data)):
        raise RefusedFile(ACTIVE)


def check_text(data: bytes) -> None:
    _text(data)


def check_csv(data: bytes) -> None:
    """A spreadsheet runs a cell that begins like a formula."""
    lines = _text(data).splitlines()
    try:
        cells = (cell for row in csv.reader(lines, delimiter=_delimiter(lines)) for cell in row)
        if any(cell.strip().lower().startswith(FORMULA) for cell in cells):
            raise RefusedFile("Ce tableau contient une formule. Enregistrez-le avec ses valeurs seulement.")
    except csv.Error as error:
        raise RefusedFile(DAMAGED) from error


def _delimiter(lines: list[str]) -> str:
    head = lines[0] if lines else ""
    return max(";,\t", key=head.count)


def _text(data: bytes) -> str:
    """UTF-8, or the Windows letters of French offices."""
    if data.startswith(KNOWN_STARTS):
        raise RefusedFile(DISGUISED)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if HIDDEN.search(text) or "\ufffd" in text:
        raise RefusedFile(DISGUISED)
    return text
