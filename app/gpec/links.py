"""From a ROME job to its professional families: every link, none chosen for the reader. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LEVEL_228 = 5
"""A FAP-228 code is the first five characters of the FAP-341 code: true of the whole tree of the Dares."""


@dataclass(frozen=True, slots=True)
class Links:
    """A job's label and its FAP-228 families; several when they depend on the qualification."""

    label: str | None
    fap228: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        return {"fap228": list(self.fap228), "label": self.label}


def families_228(codes: Iterable[str]) -> tuple[str, ...]:
    """The FAP-228 families of FAP-341 codes, each once, in order."""
    return tuple(sorted({code[:LEVEL_228] for code in codes}))
