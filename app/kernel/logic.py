"""Three-valued logic: true, false, or not yet known, with the facts that are missing.

An absent fact is never a "no" (product rule): it makes a condition unknown, and the unknown remembers which
facts would settle it, so that the right question can be asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Unknown:
    """Neither true nor false yet; `missing` are the keys that would settle it."""

    missing: frozenset[str]

    def __bool__(self) -> bool:
        raise TypeError("an unknown is neither true nor false: compare with `is True` or `is False`")


Truth = bool | Unknown


@lru_cache(maxsize=4096)
def unknown(*keys: str) -> Unknown:
    return Unknown(frozenset(keys))


def both(left: Truth, right: Truth) -> Truth:
    """AND: one false settles it, whatever is unknown."""
    if left is False or right is False:
        return False
    if left is True:
        return right
    if right is True:
        return left
    return merged(left, right)


def either(left: Truth, right: Truth) -> Truth:
    """OR: one true settles it, whatever is unknown."""
    if left is True or right is True:
        return True
    if left is False:
        return right
    if right is False:
        return left
    return merged(left, right)


def opposite(truth: Truth) -> Truth:
    return truth if isinstance(truth, Unknown) else not truth


def all_of(truths: Iterable[Truth]) -> Truth:
    result: Truth = True
    for truth in truths:
        result = both(result, truth)
    return result


def any_of(truths: Iterable[Truth]) -> Truth:
    result: Truth = False
    for truth in truths:
        result = either(result, truth)
    return result


def missing_of(truth: Truth) -> frozenset[str]:
    return truth.missing if isinstance(truth, Unknown) else frozenset()


def merged(left: Truth, right: Truth) -> Unknown:
    """Both are waited for."""
    return Unknown(missing_of(left) | missing_of(right))
