"""What a sentence is weighed by: stems, pairs of stems, runs of letters inside words. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from app.triage.spelling import stem

SHORTEST, LONGEST = 3, 5


def grams(words: Iterable[str]) -> Counter[str]:
    """Every feature with the number of times it is met."""
    stems = [stem(word) for word in words]
    counted = Counter(f"w:{one}" for one in stems)
    counted.update(f"p:{one} {two}" for one, two in pairwise(stems))
    for word in words:
        counted.update(_letters(f" {word} "))
    return counted


def _letters(word: str) -> list[str]:
    sizes = range(SHORTEST, LONGEST + 1)
    return [f"c:{word[at : at + size]}" for size in sizes for at in range(len(word) - size + 1)]
