"""How far a long reading is, told to whoever asked; nobody else pays for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Told = Callable[[int], None]
One = TypeVar("One")
EVERY = 20_000
"""Rows between two words."""

_told: ContextVar[Told | None] = ContextVar("told", default=None)


@contextmanager
def progress_to(tell: Told) -> Iterator[None]:
    """What is read inside says how many rows it has read."""
    token = _told.set(tell)
    try:
        yield
    finally:
        _told.reset(token)


def counted(items: Iterable[One], rows_in: Callable[[One], int] = lambda _: 1) -> Iterator[One]:
    """The same items; every so many rows, a word to whoever asked."""
    tell, read = _told.get(), 0
    for one in items:
        yield one
        before, read = read, read + rows_in(one)
        if tell and before // EVERY != read // EVERY:
            tell(read)
