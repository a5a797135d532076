"""What a patient reader tries on what is told. Nothing here is shared with the suppression but the names of cells.

- Every subtraction: a told cell less told cells that lie in it and share nothing, cut in any order. What is left is
  found only if whoever reads can know it: that two cells share nothing may be a secret too.
- Every combination at once: the least and the most a secret may be in any region that would have been told the same
  (all places × themes × jobs × sizes together, in one program, where the protection looks theme by theme).
- The same by a company that takes its own requests away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from random import Random
from typing import NamedTuple

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from app.reporting.cells import Key, Record, keys_of

SOLVED, ENDLESS = 0, 3


def members_of(records: Iterable[Record]) -> dict[Key, set[int]]:
    found: dict[Key, set[int]] = {}
    for number, record in enumerate(records):
        for key in keys_of(record):
            found.setdefault(key, set()).add(number)
    return found


class Remainder(NamedTuple):
    """What a told cell leaves once these others are taken from it: the ranks of the needs."""

    key: Key
    tiles: tuple[Key, ...]
    left: frozenset[int]


def remainders(records: Sequence[Record], told: Iterable[Key], seed: int, tries: int) -> Iterator[Remainder]:
    """What each told cell leaves once others are taken from it: all those of a kind, and drawn tilings of any kinds."""
    drawn, members = Random(seed), members_of(records)
    shown = sorted(told)
    for key in shown:
        inside = [one for one in shown if one != key and members[one] < members[key] and lies_in(one, key)]
        kinds = {(one.place.kind, len(one.theme) > 0, len(one.job), len(one.size) > 0) for one in inside}
        for kind in sorted(kinds):
            yield _tiled(members, key, [one for one in inside if shape(one) == kind])
        for _ in range(tries if inside else 0):
            yield _tiled(members, key, drawn.sample(inside, len(inside))[: drawn.randint(1, len(inside))])


def shape(key: Key) -> tuple[str, bool, int, bool]:
    return key.place.kind, len(key.theme) > 0, len(key.job), len(key.size) > 0


def lies_in(one: Key, other: Key) -> bool:
    """By their names alone; places are told apart by what they hold."""
    return other.theme in ("", one.theme) and one.job.startswith(other.job) and other.size in ("", one.size)


def _tiled(members: Mapping[Key, set[int]], key: Key, tiles: Iterable[Key]) -> Remainder:
    left, taken = set(members[key]), []
    for tile in tiles:
        if members[tile] <= left:
            left -= members[tile]
            taken.append(tile)
    return Remainder(key, tuple(taken), frozenset(left))


class Reader:
    """All the regions told the same; with `own`, those a company still believes in once its own requests are away."""

    def __init__(self, records: Sequence[Record], told: Iterable[Key], own: str = "") -> None:
        kept = [one for one in records if one.company != own]
        self.known = Counter(key for one in records if one.company == own for key in keys_of(one))
        self.spots = _grid(records)
        self.columns: dict[Key, list[int]] = {}
        for number, one in enumerate(self.spots):
            for key in keys_of(one):
                self.columns.setdefault(key, []).append(number)
        self.shown = sorted(told)
        rows = [(row, spot) for row, key in enumerate(self.shown) for spot in self.columns[key]]
        where = tuple(np.array(rows).T) if rows else (np.zeros(0, int), np.zeros(0, int))
        self.matrix = csr_array((np.ones(len(rows)), where), shape=(len(self.shown), len(self.spots)))
        counts = Counter(key for one in kept for key in keys_of(one))
        self.totals = np.array([counts[key] for key in self.shown], dtype=float)

    def bounds(self, key: Key, tiles: Iterable[Key] = ()) -> tuple[float, float]:
        """Of the needs of this cell that are in none of the tiles, those of the reader's own left out."""
        costs = np.zeros(len(self.spots))
        costs[self.columns[key]] = 1.0
        for tile in tiles:
            costs[self.columns[tile]] = 0.0
        return self._end(costs), -self._end(-costs)

    def _end(self, costs: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
        found = linprog(costs, A_eq=self.matrix, b_eq=self.totals, method="highs")
        if found.status == ENDLESS:
            return -np.inf
        assert found.status == SOLVED, found.message
        return float(found.fun)


def _grid(records: Sequence[Record]) -> list[Record]:
    """Every spot × theme × job × size seen anywhere: a reader does not know which are empty."""
    spots = sorted({(one.departement, one.basin) for one in records})
    names = (sorted({getattr(one, name) for one in records}) for name in ("theme", "family", "size"))
    return [Record("", *spot, *values) for spot, *values in product(spots, *names)]
