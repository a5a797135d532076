"""The exact tail of the Poisson law: how often chance alone gives that many; pure."""

from __future__ import annotations

from math import exp, fsum, lgamma, log


def at_least(count: int, mean: float) -> float:
    """P(X ≥ count) when `mean` are expected. Raises ValueError for a mean below zero.

    Summed from the smaller side, so that neither a tail near 0 nor one near 1 loses its digits.
    """
    if mean < 0:
        raise ValueError("a mean is never below zero")
    if count <= 0:
        return 1.0
    if mean == 0:
        return 0.0
    if count <= mean:
        return max(0.0, 1.0 - fsum(_exactly(one, mean) for one in range(count)))
    return min(1.0, _upper(count, mean))


def upper_limit(mean: float, alpha: float) -> int:
    """The largest count that chance still explains: above it, P(X ≥ count) is under `alpha`."""
    count = max(0, int(mean))
    while at_least(count + 1, mean) >= alpha:
        count += 1
    return count


def _exactly(count: int, mean: float) -> float:
    return exp(count * log(mean) - mean - lgamma(count + 1))


def _upper(count: int, mean: float) -> float:
    """Terms shrink from here on: the sum ends when they no longer count."""
    term, total = _exactly(count, mean), 0.0
    while term > total * 1e-17:
        total += term
        count += 1
        term *= mean / count
    return total
