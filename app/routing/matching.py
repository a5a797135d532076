"""Many conditions at once: which hold, which are not yet known; pure.

Each value of a fact rules out a set of alternatives, remembered as the bits of one whole number: a situation is decided
by one AND per fact, whatever the number of rules. Values that settle the same leaves alike share a class.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

from app.routing.alternatives import DOUBT, NOT_TOLD, Leaf, Schemes, alternatives
from app.routing.conditions import Condition

__all__ = ["NOT_TOLD", "Column", "Table"]

MOST = 50_000
"""Values remembered per fact before starting afresh."""


class Column:
    """One fact: the alternatives each of its values makes true, and those it leaves possible."""

    __slots__ = ("_classes", "_leaves", "_seen", "full", "name")

    def __init__(self, name: str, leaves: Mapping[Leaf, int], full: int) -> None:
        self.name, self.full = name, full
        self._leaves = tuple(leaves.items())
        self._seen: dict[Hashable, tuple[int, int, int]] = {}
        self._classes: dict[tuple[bool | None, ...], int] = {}

    def read(self, value: Hashable) -> tuple[int, int, int]:
        """(bits made true, bits left possible, class of the value)."""
        found = self._seen.get(value)
        return found if found is not None else self._learn(value)

    def concerns(self, bits: int) -> bool:
        return any(bits & mine for _, mine in self._leaves)

    def _learn(self, value: Hashable) -> tuple[int, int, int]:
        true = possible = self.full
        truths = tuple(leaf.truth(value) for leaf, _ in self._leaves)
        for truth, (_, bits) in zip(truths, self._leaves, strict=True):
            if truth is not True:
                true &= ~bits
            if truth is False:
                possible &= ~bits
        if len(self._seen) > MOST:
            self._seen.clear()
        found = true, possible, self._classes.setdefault(truths, len(self._classes))
        self._seen[value] = found
        return found


Reading = tuple[int, int, tuple[int, ...]]
"""(bits true, bits possible, class of each column's value)."""


class Table:
    """Conditions side by side. Raises TooWide when one of them cannot be written out."""

    __slots__ = ("_owner", "_ranges", "columns", "full", "sure")

    def __init__(self, conditions: Sequence[Condition], schemes: Schemes) -> None:
        self._owner: list[int] = []
        self._ranges: list[int] = []
        leaves: dict[str, dict[Leaf, int]] = {}
        for number, condition in enumerate(conditions):
            start = 1 << len(self._owner)
            for one in alternatives(condition, schemes):
                _enter(one, 1 << len(self._owner), leaves)
                self._owner.append(number)
            self._ranges.append((1 << len(self._owner)) - start)
        self.full = (1 << len(self._owner)) - 1
        self.sure = self.full & ~leaves.pop(DOUBT.name, {}).get(DOUBT, 0)
        self.columns = tuple(Column(name, found, self.full) for name, found in leaves.items())

    def read(self, values: Sequence[Hashable]) -> Reading:
        """One value for each column, NOT_TOLD when it is not known."""
        true, possible, classes = self.sure, self.full, []
        for column, value in zip(self.columns, values, strict=True):
            ones, left, kind = column.read(value)
            true &= ones
            possible &= left
            classes.append(kind)
        return true, possible, tuple(classes)

    def bits(self, numbers: Iterable[int]) -> int:
        """Those of some conditions."""
        return sum(self._ranges[number] for number in numbers)

    def reads(self, number: int) -> tuple[int, ...]:
        """The columns a condition depends on."""
        mine = self._ranges[number]
        return tuple(at for at, column in enumerate(self.columns) if column.concerns(mine))

    def truth(self, number: int, reading: Reading) -> bool | None:
        """Of one condition; None while it is not known."""
        mine = self._ranges[number]
        if reading[0] & mine:
            return True
        return None if reading[1] & mine else False

    def holding(self, reading: Reading) -> Iterator[int]:
        """The conditions that are true, in their order."""
        bits, last = reading[0], -1
        while bits:
            lowest = bits & -bits
            owner = self._owner[lowest.bit_length() - 1]
            if owner != last:
                yield owner
                last = owner
            bits ^= lowest


def _enter(one: frozenset[Leaf], bit: int, leaves: dict[str, dict[Leaf, int]]) -> None:
    for leaf in one:
        mine = leaves.setdefault(leaf.name, {})
        mine[leaf] = mine.get(leaf, 0) | bit
