"""The exact tails of the binomial law: how often chance alone gives that many out of so many; pure."""

from __future__ import annotations

from math import exp, fsum, lgamma, log


def at_least(count: int, tries: int, chance: float) -> float:
    """P(X ≥ count) among `tries`, each with this chance. Raises ValueError for a chance outside 0 to 1."""
    return min(1.0, fsum(_exactly(one, tries, chance) for one in range(max(count, 0), tries + 1)))


def at_most(count: int, tries: int, chance: float) -> float:
    """P(X ≤ count), the same."""
    return min(1.0, fsum(_exactly(one, tries, chance) for one in range(min(count, tries) + 1)))


def _exactly(count: int, tries: int, chance: float) -> float:
    if not 0 <= chance <= 1:
        raise ValueError("a chance lies between 0 and 1")
    if chance in (0, 1):
        return float(count == tries * chance)
    ways = lgamma(tries + 1) - lgamma(count + 1) - lgamma(tries - count + 1)
    return exp(ways + count * log(chance) + (tries - count) * log(1 - chance))
