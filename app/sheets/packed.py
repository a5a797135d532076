"""Some publishers zip the one file they publish: it is taken out, bounded, into a folder that does not last."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from app.sheets.files import PIECE, ZIP, opened
from app.sheets.report import SheetRefused

PUBLISHED = (".xlsx", ".xls", ".ods", ".csv", ".json", ".parquet")
BOOK = {"[Content_Types].xml", "mimetype"}
"""What a workbook holds, which is a zip itself."""
LARGEST_UNPACKED = 12 * 1024**3
LARGEST_RATIO = 200


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """The file itself, or the only table a zip holds. Raises SheetRefused."""
    with TemporaryDirectory() as folder:
        yield _taken_out(path, Path(folder))


def _taken_out(path: Path, folder: Path) -> Path:
    with opened(path) as file:
        packed = file.read(4) == ZIP
    if not packed:
        return path
    try:
        with zipfile.ZipFile(path) as archive:
            return path if BOOK & set(archive.namelist()) else _only(archive, folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        raise SheetRefused("Ce fichier compressé est abîmé, ou protégé par un mot de passe.") from None


def _only(archive: zipfile.ZipFile, folder: Path) -> Path:
    tables = [one for one in archive.infolist() if PurePosixPath(one.filename).suffix.lower() in PUBLISHED]
    if len(tables) != 1:
        raise SheetRefused(f"Ce fichier compressé contient {len(tables)} tableaux : il en faut un seul.")
    (one,) = tables
    target = folder / PurePosixPath(one.filename).name
    written, most = 0, min(LARGEST_UNPACKED, one.compress_size * LARGEST_RATIO + PIECE)
    with archive.open(one) as inner, target.open("wb") as out:
        while piece := inner.read(PIECE):
            written += len(piece)
            if written > most:
                raise SheetRefused("Ce fichier compressé se déplie en un fichier démesuré : il est refusé.")
            out.write(piece)
    return target
