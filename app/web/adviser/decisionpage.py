"""The decision as it was taken, whole and printable: facts used, rules tried, kept and refused, sources, edition.

Read from what was stored with the need, never recomputed (CRPA art. L311-3-1: whoever asks is told the rules and
how they applied).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.web.adviser.casepage import CasePage
from app.web.filters import jour

HELD = {True: "appliquée", False: "sans effet", None: "pas encore connue"}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
INTERNAL = ("famille", "naf_classe", "naf_division", "workforce")
"""Facts that only repeat another one for the rules' sake."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A rule as it was tried: what it says, what came of it, where it comes from."""

    text: str
    detail: str
    outcome: str
    source: str


def _parted(text: str) -> tuple[str, str]:
    """A rule's sentence, and what its conditions were met with (written between brackets)."""
    sentence, _, detail = text.partition(" [")
    return sentence, detail.removesuffix("]")


class DecisionPage(CasePage):
    """What the page of the decision reads besides the case."""

    @property
    def facts(self) -> list[tuple[str, str]]:
        """(name, value) of everything the rules were told, by name."""
        told = self.decision.get("facts") or {}
        rows = [
            (self._question(key), self._fact(key, value))
            for key, value in told.items()
            if key not in INTERNAL
        ]
        return sorted(rows)

    @property
    def tried(self) -> list[Tried]:
        """Every rule, those that applied first."""
        rows = [
            Tried(*_parted(one["text"]), HELD[one["held"]], one.get("source") or "")
            for one in self.decision.get("tested") or []
        ]
        order = list(HELD.values())
        return sorted(rows, key=lambda row: order.index(row.outcome))

    @property
    def notes(self) -> list[str]:
        return list(self.decision.get("notes") or ())

    @property
    def advice(self) -> list[tuple[str, list[str], list[str]]]:
        """(scheme, steps to take, notes) of the schemes that may fit."""
        found = []
        for one in self.decision.get("schemes") or []:
            steps, notes = list(one.get("steps") or ()), list(one.get("notes") or ())
            if steps or notes:
                found.append((self._scheme(one).name, steps, notes))
        return found

    def _fact(self, key: str, value: Any) -> str:
        if isinstance(value, dict):
            return " · ".join(str(part) for part in value.values() if part)
        if isinstance(value, str) and DAY.fullmatch(value):
            return jour(date.fromisoformat(value))
        if key == "besoin":
            return self.need_label(str(value))
        return self._answer(key, value)
