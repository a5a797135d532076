"""The rules of statistical secrecy: enough companies in a count, and none that makes almost all of it; pure.

They protect a count by itself. What may be found by subtracting one from another is `suppression`'s.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("secrecy.toml")


@dataclass(frozen=True, slots=True)
class Rules:
    """`companies` at least, none above `dominant_percent` of the needs; a secret stays between bounds at least
    `spread` needs apart; a quarter is told `after_days` days after its end."""

    companies: int
    dominant_percent: int
    spread: int
    after_days: int

    def safe(self, needs: Mapping[str, int]) -> bool:
        """May this count be told? `needs` says how many each company has in it."""
        return self.enough(len(needs), max(needs.values(), default=0), sum(needs.values()))

    def enough(self, companies: int, largest: int, total: int) -> bool:
        """May a count of `total` needs be told, whose largest company has `largest`?"""
        return companies >= self.companies and largest * 100 <= total * self.dominant_percent


@cache
def rules() -> Rules:
    """Those of the file. Raises KeyError when one is missing."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Rules(*(int(told[name]) for name in ("companies", "dominant_percent", "spread", "after_days")))
