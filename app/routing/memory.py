"""What follows from some facts and from nothing else is made once for each set of their values. Pure."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from operator import itemgetter
from typing import Any, Generic, TypeVar

from app.routing.derived import Facts

T = TypeVar("T")
MOST = 2_000
"""Sets of values remembered before starting afresh."""


class ByFacts(Generic[T]):
    """`make` reads no other fact than `names`; what it makes is never changed."""

    __slots__ = ("_made", "_make", "_read", "names")

    def __init__(self, names: Sequence[str], make: Callable[[Facts], T]) -> None:
        self.names, self._make = tuple(names), make
        self._read: Callable[[Facts], Hashable] = itemgetter(*names) if names else _nothing
        self._made: dict[Hashable, T] = {}

    def of(self, facts: Facts) -> T:
        mark = self._read(facts)
        try:
            return self._made[mark]
        except KeyError:
            if len(self._made) >= MOST:
                self._made.clear()
            made = self._made[mark] = self._make(facts)
            return made


def _nothing(_facts: Any) -> tuple[()]:
    return ()
