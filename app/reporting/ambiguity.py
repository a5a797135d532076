"""How closely all that is told bounds what is not: the worlds that would have been told the same; pure.

A reader knows every told cell, that no count is below zero, and which places, themes and jobs exist; not which are
empty, since none and secret are alike. Whatever is added to or subtracted from what is told, a count it deduces holds
in all these worlds. They are the points of a polyhedron (linear programming): a secret cell is protected when two of
them are far enough apart there, the largest company's own part taken away.

Themes are looked at one by one, each beside the totals of the others. Within a place, a theme and a domain, families
and sizes may be matched in any way without a told cell moving: no cell crosses them.

Fewer worlds than a reader imagines are looked at: nothing is put in a département that asked nothing of the kind. What
is protected among them is protected among all, and the programs are much smaller.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import NamedTuple

import numpy as np

from app.reporting.cells import Key, Record, domain_of, keys_of
from app.reporting.programs import Array, Program

Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]

CLOSE = 1e-6
FEW = 150
"""Secrets from which they are raised together; fewer are looked at one by one."""
WORTH = 0.9
"""Raising together goes on while at least one secret in ten is protected by it."""


class Secret(NamedTuple):
    """A secret cell: what it holds, and the part of its largest company."""

    key: Key
    needs: int
    own: int


class Worlds:
    """The worlds of one theme (without one: of places and themes), and how far apart they are at each secret.

    `low` and `high` are the least and the most found so far in a world that is told the same.
    """

    def __init__(self, records: Sequence[Record], theme: str, secrets: Sequence[Secret], spread: int) -> None:
        columns = _columns(records, theme)
        self.cells = _cells(columns)
        self.spread = spread
        self.needs = {key: sum(columns[one].needs for one in spots) for key, spots in self.cells.items()}
        self.own = np.array([one.own for one in secrets], dtype=float)
        self.low = np.array([one.needs for one in secrets], dtype=float)
        self.high = self.low.copy()
        self.spots = [self.cells[one.key] for one in secrets]
        self.held = np.array([spot for spots in self.spots for spot in spots], dtype=int)
        self.starts = np.cumsum([0, *(len(spots) for spots in self.spots)])[:-1]
        self.told = set(self.cells)
        self.program = Program(
            [one.needs for one in columns], list(self.cells.values()), _alike(columns), self.spots
        )
        self.names = list(self.cells)
        self.rows = {key: row for row, key in enumerate(self.names)}

    def loosened(self, told: Collection[Key]) -> Key | None:
        """The told cell to hide next, for a secret to be less closely bounded; None once all are protected."""
        gone = self.told.difference(told)
        if gone:
            self.program.free([self.rows[key] for key in gone])
        self.told -= gone
        self._move_apart()
        for number in np.flatnonzero(~self._protected()):
            if self._protected()[number]:
                continue
            bounding = self._bounding(int(number))
            if bounding:
                return min(bounding, key=self._weight)
        return None

    def _weight(self, key: Key) -> tuple[bool, int, Key]:
        """What is hidden first: a job and a size together, then the less asked."""
        return not (key.job and key.size), self.needs[key], key

    def _protected(self) -> Flags:
        apart: Flags = self.high - np.maximum(self.low, self.own) >= self.spread - CLOSE
        return apart

    def _move_apart(self) -> None:
        """Worlds with as many secrets raised at once as there are needs to raise them with."""
        left = ~self._protected()
        while left.sum() > FEW:
            self._learn(self.program.raised(np.where(left, self.high.clip(self.own) + self.spread, 0.0)))
            still = ~self._protected()
            if still.sum() > left.sum() * WORTH:
                return
            left = still

    def _bounding(self, number: int) -> list[Key]:
        """The told cells that hold a secret between its bounds, empty when it is protected after all."""
        found: list[Key] = []
        for upwards in (True, False):
            world, rows = self.program.furthest(self.spots[number], upwards=upwards)
            self._learn(world)
            if self._protected()[number]:
                return []
            found += [self.names[row] for row in rows]
        return found or self._around(number)

    def _around(self, number: int) -> list[Key]:
        """The told cells that share a count with a secret: when the solver names none, one of them goes."""
        spots = set(self.spots[number])
        return [key for key in self.rows if key in self.told and not spots.isdisjoint(self.cells[key])]

    def _learn(self, world: Array) -> None:
        counts = np.add.reduceat(world[self.held], self.starts) if len(self.starts) else self.low
        self.low, self.high = np.minimum(self.low, counts), np.maximum(self.high, counts)


class _Column(NamedTuple):
    """A count the reader may imagine: needs of one spot (département and basin), and the cells it is part of."""

    spot: tuple[str, str]
    domain: str
    part: str
    needs: int
    keys: tuple[Key, ...]


def _columns(records: Sequence[Record], theme: str) -> list[_Column]:
    """Spots × jobs, and spots × domains × sizes; then the totals of the other themes."""
    ours = [one for one in records if one.theme == theme]
    others = [replace(one, family="", size="") for one in records if one.theme != theme]
    jobs = [replace(one, size="") for one in ours]
    sizes = [replace(one, family=domain_of(one.family)) for one in ours]
    return [
        *_grid(jobs, "jobs", lambda key: not key.size),
        *_grid(sizes, "sizes", lambda key: bool(key.size)),
        *_grid(others, "others", lambda key: True),
    ]


def _grid(records: Iterable[Record], part: str, kept: Callable[[Key], bool]) -> Iterator[_Column]:
    """Each spot with the jobs and the sizes seen in its département, there or not: none and secret are alike."""
    seen = Counter(replace(one, company="") for one in records)
    asked: dict[str, set[tuple[str, str]]] = defaultdict(set)
    sizes: dict[str, set[str]] = defaultdict(set)
    for one in seen:
        asked[one.departement].add((one.theme, one.family))
        sizes[one.departement].add(one.size)
    for departement, basin in sorted({(one.departement, one.basin) for one in seen}):
        for (theme, family), size in product(sorted(asked[departement]), sorted(sizes[departement])):
            one = Record("", departement, basin, theme, family, size)
            keys = tuple(filter(kept, keys_of(one)))
            yield _Column((departement, basin), domain_of(family), part, seen[one], keys)


def _cells(columns: Sequence[_Column]) -> dict[Key, list[int]]:
    found: dict[Key, list[int]] = defaultdict(list)
    for number, column in enumerate(columns):
        for key in column.keys:
            found[key].append(number)
    return dict(found)


def _alike(columns: Sequence[_Column]) -> list[tuple[list[int], list[int]]]:
    """In each spot and domain, as many needs by job as by size."""
    found: Mapping[tuple[tuple[str, str], str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, column in enumerate(columns):
        found[column.spot, column.domain][column.part].append(number)
    return [(parts["jobs"], parts["sizes"]) for parts in found.values() if "jobs" in parts]
