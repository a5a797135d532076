"""Names of places: the article INSEE keeps apart, and the spelling used to compare them."""

from __future__ import annotations

import re
import unicodedata

ARTICLES = ("", "", "Le ", "La ", "Les ", "L'", "Aux ", "Las ", "Los ")
"""INSEE's TNCC: the kind of a name says which article comes before it."""

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae"})
ABBREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


def full_name(name: str, kind: str) -> str:
    """« Aiguillon », kind 5 → « L'Aiguillon »."""
    rank = int(kind) if kind.isdigit() else 0
    return f"{ARTICLES[rank] if rank < len(ARTICLES) else ''}{name}"


def plain(text: str) -> str:
    """Lower case, no accent, words parted by one space, St written saint."""
    letters = unicodedata.normalize("NFKD", text.translate(LIGATURES))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter)).lower()
    words = re.findall(r"[a-z0-9]+", bare)
    return " ".join(ABBREVIATIONS.get(word, word) for word in words)
