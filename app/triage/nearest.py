"""The example of a need that shares the most telling words with a text: the reason shown beside it. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log, sqrt

from app.triage.examples import examples
from app.triage.spelling import stem, words


@dataclass(frozen=True, slots=True)
class Sentences:
    """The examples of one need: each with its stems and its length among them."""

    texts: tuple[str, ...]
    stems: tuple[frozenset[str], ...]
    lengths: tuple[float, ...]


def nearest(need: str, text: str) -> str:
    """The example of `need` closest to `text`; the shortest one when they share no word."""
    kept, said = _sentences(need), _stems(text)
    shared = [
        sum(map(_rarity, said & one)) / length for one, length in zip(kept.stems, kept.lengths, strict=True)
    ]
    best = max(range(len(shared)), key=lambda at: (shared[at], -len(kept.texts[at])))
    return kept.texts[best]


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, words(text)))


@cache
def _sentences(need: str) -> Sentences:
    texts = tuple(text for key, text in examples() if key == need)
    stems = tuple(map(_stems, texts))
    return Sentences(texts, stems, tuple(sqrt(sum(map(_rarity, one))) or 1.0 for one in stems))


def _rarity(one: str) -> float:
    """How much a stem says: squared, as in a cosine; a stem in one sentence out of two says next to nothing."""
    return _rarities().get(one, 0.0)


@lru_cache(maxsize=1)
def _rarities() -> dict[str, float]:
    seen = _met(text for _, text in examples())
    return {one: log(len(examples()) / count) ** 2 for one, count in seen.items()}


def _met(texts: Iterable[str]) -> Counter[str]:
    """In how many sentences each stem is met."""
    return Counter(one for text in texts for one in _stems(text))
