"""Text made comparable: accents folded, words cut out, French endings taken off. Pure."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 2000
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "ʼ": "'"})
WORD = re.compile(r"[a-z]+|[0-9]+")
SHORTEST_STEM = 4
ENDINGS = (
    "issements", "issement", "atrices", "atrice", "ateurs", "ateur", "ations", "ation", "ements", "ement",
    "ables", "able", "ences", "ence", "ances", "ance", "aient", "erons", "eront", "euses", "euse", "erais",
    "erait", "eurs", "eur", "ites", "ite", "ives", "ive", "ifs", "if", "ants", "ante", "ant", "eaux", "eau",
    "ions", "ion", "iers", "ieres", "iere", "ier", "ees", "ee", "ent", "ons", "ont", "ais", "ait", "aux",
    "era", "ez", "er", "ir", "es", "is", "it", "e", "s", "x", "i",
)  # fmt: skip
"""Endings of nouns and verbs, the longest first."""


def folded(text: str) -> str:
    """Lower case, no accent, no ligature."""
    flat = unicodedata.normalize("NFKD", text[:LONGEST].translate(LIGATURES).lower())
    return "".join(letter for letter in flat if not unicodedata.combining(letter))


def words(text: str) -> list[str]:
    """Every word of the folded text, in order."""
    return WORD.findall(folded(text))


def stem(word: str) -> str:
    """« formations », « former » and « formateur » meet at « form »."""
    if word.isdigit():
        return "00" if len(word) > 2 else word
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word
