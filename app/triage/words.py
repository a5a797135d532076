"""Find labels by the words they share with a sentence: accents folded, rare words count more."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from math import log

LONGEST = 2000
SHORTEST_STEM = 4
WORD = re.compile(r"[a-z0-9]+")
EMPTY = frozenset(
    WORD.findall(
        """
        ai ait alors au aux avec avoir bien ca car ce cela ces cet cette chez comment d dans de des dois
        donc du elle en est et etre eu fait faire il ils j je l la le les leur lui ma mais me mes moi mon n
        ne nos notre nous on ou par pas peu peut peux plus pour qu quand que quel quelle quelqu quelques qui
        quoi s sa sais sans se ses si son sont sur ta te tout tous toute toutes tres tu un une vais veut
        veux voudrais vos votre vous y
        """
    )
)


def words_of(text: str) -> list[str]:
    """The telling words, shortened so that « apprentis » meets « apprenti »."""
    flat = unicodedata.normalize("NFKD", text[:LONGEST].lower())
    plain = "".join(letter for letter in flat if not unicodedata.combining(letter))
    return [_stem(word) for word in WORD.findall(plain) if word not in EMPTY]


def ranked(text: str, labels: Mapping[str, str], limit: int = 5) -> list[str]:
    """The keys whose label shares words with the text, the closest first."""
    asked = set(words_of(text))
    bags = _bags(tuple(labels.items()))
    weights = _weights(bags)
    scores = {key: sum(weights[word] for word in bag if _met(word, asked)) for key, bag in bags.items()}
    found = [key for key in bags if scores[key] > 0]
    return sorted(found, key=lambda key: (-scores[key], len(bags[key])))[:limit]


@lru_cache(maxsize=8)
def _bags(labels: tuple[tuple[str, str], ...]) -> dict[str, frozenset[str]]:
    return {key: frozenset(words_of(label)) for key, label in labels}


def _weights(bags: Mapping[str, frozenset[str]]) -> dict[str, float]:
    counts = Counter(word for bag in bags.values() for word in bag)
    return {word: log(1 + len(bags) / count) for word, count in counts.items()}


def _met(word: str, others: set[str]) -> bool:
    """The same stem, or one beginning the other when both are long enough to mean something."""
    if word in others:
        return True
    return len(word) > SHORTEST_STEM and any(
        len(other) > SHORTEST_STEM and (other.startswith(word) or word.startswith(other)) for other in others
    )


def _stem(word: str) -> str:
    for ending in (
        "ements",
        "ement",
        "ations",
        "ation",
        "tions",
        "tion",
        "entes",
        "ente",
        "ents",
        "er",
        "es",
        "s",
        "e",
    ):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word.removesuffix(ending)
    return word
