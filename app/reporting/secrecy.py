"""Which count may be shown: enough companies, and none that makes almost all of it; pure.

The two primary rules of statistical secrecy (threshold and dominance). They protect a count by itself: what is
shown must besides be cells that share nothing, without totals, or a secret one comes back by subtraction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

THRESHOLD = 5
"""Fewer companies in a cell, and the cell is secret."""
DOMINANT_PERCENT = 85
"""One company above this share of a cell, and the cell is secret: the others would read its count."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A count, how many companies make it, and the part of the largest."""

    needs: int
    companies: int
    largest: int


def published(cells: Iterable[Cell]) -> int | None:
    """The needs of these cells together, or None when they are secret; never less careful than the truth.

    A company may stand in several cells: they hold at least the companies of the widest cell, and the largest
    company weighs at most the largest of every cell added up.
    """
    cells = list(cells)
    needs = sum(cell.needs for cell in cells)
    fewest = max((cell.companies for cell in cells), default=0)
    heaviest = sum(cell.largest for cell in cells)
    if fewest < THRESHOLD or heaviest * 100 > needs * DOMINANT_PERCENT:
        return None
    return needs
