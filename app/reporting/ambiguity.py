"""How closely all that is told bounds what is not: the worlds that would have been told the same; pure.

A reader knows every told cell, that no count is below zero, and which places, themes and jobs exist; not which are
empty, since none and secret are alike. Whatever is added to or subtracted from what is told, a count it deduces holds
in all these worlds. They are the points of a polyhedron (linear programming): a secret cell is protected when two of
them are far enough apart there, the largest company's own part taken away.

Within a place, a theme and a domain, families and sizes may be matched in any way without a told cell moving: no cell
crosses them.

Fewer worlds than a reader imagines are looked at, never more: what is protected among them is protected among all. All
themes move together, within the jobs, and the domains and sizes, that were asked of a theme in a place.
Themes looked at one by one would be more worlds than there are: what is told of the jobs of another theme holds it too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, replace
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
    """The worlds that are told the same, and how far apart they are at each secret.

    `low` and `high` are the least and the most found so far in a world that is told the same.
    """

    def __init__(self, records: Sequence[Record], secrets: Sequence[Secret], spread: int) -> None:
        columns = _columns(records)
        self.cells = _cells(columns)
        self.spread = spread
        self.needs = Counter(key for one in records for key in keys_of(one))
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
    subject: tuple[str, str]
    part: str
    needs: int
    keys: tuple[Key, ...]


def _columns(records: Sequence[Record]) -> list[_Column]:
    """In each spot and theme, the jobs that were asked, and the domains asked × the sizes seen."""
    jobs = Counter(replace(one, company="", size="") for one in records)
    sizes = Counter(replace(one, company="", family=domain_of(one.family)) for one in records)
    return [
        *_grid(jobs, jobs, "jobs", lambda key: not key.size),
        *_grid(_crossed(sizes), sizes, "sizes", lambda key: bool(key.size)),
    ]


def _crossed(asked: Mapping[Record, int]) -> set[Record]:
    """Each domain with each size of the same spot and theme, asked together or not: none and secret are alike."""
    seen: dict[Record, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for one in asked:
        domains, sizes = seen[replace(one, family="", size="")]
        domains.add(one.family)
        sizes.add(one.size)
    return {
        replace(spot, family=domain, size=size)
        for spot, (domains, sizes) in seen.items()
        for domain, size in product(domains, sizes)
    }


def _grid(
    imagined: Iterable[Record], asked: Mapping[Record, int], part: str, kept: Callable[[Key], bool]
) -> Iterator[_Column]:
    for one in sorted(imagined, key=astuple):
        subject = one.theme, domain_of(one.family)
        keys = tuple(filter(kept, keys_of(one)))
        yield _Column((one.departement, one.basin), subject, part, asked.get(one, 0), keys)


def _cells(columns: Sequence[_Column]) -> dict[Key, list[int]]:
    found: dict[Key, list[int]] = defaultdict(list)
    for number, column in enumerate(columns):
        for key in column.keys:
            found[key].append(number)
    return dict(found)


def _alike(columns: Sequence[_Column]) -> list[tuple[list[int], list[int]]]:
    """In each spot, theme and domain, as many needs by job as by size."""
    found: dict[tuple[tuple[str, str], tuple[str, str]], dict[str, list[int]]] = defaultdict(
        lambda: {"jobs": [], "sizes": []}
    )
    for number, column in enumerate(columns):
        found[column.spot, column.subject][column.part].append(number)
    return [(parts["jobs"], parts["sizes"]) for parts in found.values()]
