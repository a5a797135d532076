"""The two letters under an arch: of a person, or of an organisation by the words that name it."""

from __future__ import annotations

import re

SMALL = frozenset(
    {"de", "des", "du", "la", "le", "les", "et", "ou", "à", "a", "au", "aux", "ma", "en", "opco"}
)
"""Words that name nobody; every « OPCO … » begins alike."""
NOBODY = "–"


def initials(name: str) -> str:
    """« Claire Vidal » → CV, « OPCO EP — Occitanie » → EP, « Chambre de métiers » → CM."""
    words: list[str] = re.findall(r"\w+", re.split(r"\s—\s", name)[0].replace("’", " ").replace("'", " "))
    said = [word for word in words if word.lower() not in SMALL and len(word) > 1 and not word.isdigit()]
    if not said:
        return NOBODY
    if len(said) == 1 or (len(said[0]) <= 3 and said[0].isupper()):
        return said[0][:2].upper()
    return "".join(word[0] for word in said[:2]).upper()
