"""Files opened with suspicion: CSV or workbook, as sheets of numbered rows."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TextIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from app.sheets.report import SheetRefused

LARGEST_TEXT = 200 * 1024 * 1024
LARGEST_BOOK = 60 * 1024 * 1024
LARGEST_UNZIPPED = 600 * 1024 * 1024
LARGEST_RATIO = 200
MANY_ENTRIES = 2_000
LONGEST_LINE = 1_000_000
MOST_LINES_OF_A_ROW = 500
PIECE = 1 << 20
MONSTROUS = "Ce fichier se déplie en un fichier démesuré : il est refusé."
DAMAGED = "Ce classeur est abîmé ou n’en est pas un."
DELIMITERS = (";", ",", "\t")
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"

Numbered = tuple[int, Sequence[object]]
Sheet = Callable[[], Iterator[Numbered]]
"""A sheet can be read from its first row as often as there are layouts to try."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A script that opens a file apart, what it is asked besides, how long it may last, and what its failure means."""

    script: Path
    seconds: int
    damaged: str
    asked: tuple[str, ...] = ()


WORKBOOK = Trial(Path(__file__).with_name("trial.py"), 30, DAMAGED)


def fingerprint(path: Path) -> str:
    """The hash of a file: the same file imports once."""
    with opened(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def opened(path: Path) -> io.BufferedReader:
    """A file: a pipe would be waited for, and read once only."""
    if not path.is_file():
        raise SheetRefused("Ce fichier est introuvable ou illisible.")
    try:
        return path.open("rb")
    except OSError:
        raise SheetRefused("Ce fichier est introuvable ou illisible.") from None


def sheets(path: Path) -> Iterator[Sheet]:
    """Each sheet of a file. Raises SheetRefused."""
    with opened(path) as file:
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
    try_apart(path)
    try:
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            yield partial(_numbered, book.get_sheet_by_name(name))
    except (CalamineError, OSError, ValueError):
        raise SheetRefused(DAMAGED) from None


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
        raise SheetRefused(DAMAGED) from None
    unfolded = sum(entry.file_size for entry in entries)
    folded = sum(entry.compress_size for entry in entries) or 1
    if len(entries) > MANY_ENTRIES or unfolded > LARGEST_UNZIPPED or unfolded / folded > LARGEST_RATIO:
        raise SheetRefused(MONSTROUS)


def try_apart(path: Path, trial: Trial = WORKBOOK) -> None:
    """What ends this process, or fills it, ends another one first. Raises SheetRefused."""
    command = [sys.executable, "-I", str(trial.script), str(path), *trial.asked]
    try:
        done = subprocess.run(command, capture_output=True, timeout=trial.seconds, check=False)  # noqa: S603  our own script
    except subprocess.TimeoutExpired:
        raise SheetRefused(MONSTROUS) from None
    if done.returncode < 0 or b"MemoryError" in done.stderr or (done.returncode and not done.stderr):
        raise SheetRefused(MONSTROUS)
    if done.returncode:
        raise SheetRefused(trial.damaged)


def _texts(path: Path) -> Iterator[Sheet]:
    """The same text parted by each usual delimiter: the header says which one is right."""
    if path.stat().st_size > LARGEST_TEXT:
        raise SheetRefused("Ce fichier dépasse 200 Mo.")
    encoding = _encoding(path)
    for delimiter in DELIMITERS:
        yield partial(_parted, path, encoding, delimiter)


def _encoding(path: Path) -> str:
    """The first one that reads the whole file; read piece by piece."""
    if any(b"\0" in piece for piece in pieces(path)):
        raise SheetRefused("Ce fichier n’est ni un tableau CSV ni un classeur.")
    return next((name for name in ("utf-8-sig", "cp1252") if _decodes(path, name)), "latin-1")


def pieces(path: Path) -> Iterator[bytes]:
    with opened(path) as file:
        while piece := file.read(PIECE):
            yield piece


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for piece in pieces(path):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _parted(path: Path, encoding: str, delimiter: str) -> Iterator[Numbered]:
    with path.open(encoding=encoding, newline="") as file:
        lines = Lines(file)
        reader = csv.reader(lines, delimiter=delimiter)
        try:
            for row in reader:
                yield reader.line_num, row
                lines.of_row = 0
        except csv.Error:
            raise SheetRefused("Une ligne de ce fichier n’est pas lisible comme un tableau.") from None


class Lines:
    """Lines as a table can have them: otherwise one line, or one row, may be the whole file."""

    def __init__(self, file: TextIO) -> None:
        self.file, self.of_row = file, 0

    def __iter__(self) -> Iterator[str]:
        while line := self.file.readline(LONGEST_LINE + 1):
            self.of_row += 1
            if len(line) > LONGEST_LINE or self.of_row > MOST_LINES_OF_A_ROW:
                raise SheetRefused("Une ligne de ce fichier est trop longue pour un tableau.")
            yield line
