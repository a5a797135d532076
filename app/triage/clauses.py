"""A text cut where an owner passes from one thing to another. Pure."""

from __future__ import annotations

import re

MOST_CLAUSES = 12
SHORTEST = 3
LINKS = (
    "et puis|et aussi|et sinon|et en plus|et par ailleurs|par ailleurs|en plus|en outre|d'autre part|d'ailleurs"
    "|autre chose|ensuite|également|aussi bien que"
)
STARTS = (
    "je|j'|on|nous|il|elle|ils|elles|mon|ma|mes|l'|le|la|les|un|une|notre|nos|comment|quel|quelle|moi|en|former"
    "|faire|prendre|embaucher|recruter|savoir|connaître|trouver"
)
CUTS = re.compile(
    rf"[.;!?\n…]+|,?\s+(?:{LINKS})\s+|,\s*(?:et|mais|puis|ou|sinon|donc|car)\s+"
    rf"|\s+(?:et|mais|plus)\s+(?=(?:{STARTS})\b)|,\s*(?=(?:je|j'|on|nous|mon|ma|mes|comment|quel|quelle)\b)",
    re.IGNORECASE,
)


def clauses(text: str) -> list[str]:
    """The pieces that say something; none when the text holds in one piece."""
    pieces = [piece.strip(" ,:-\t") for piece in CUTS.split(text.replace("’", "'"))]
    kept = [piece for piece in pieces if len(piece.split()) >= SHORTEST]
    return kept[:MOST_CLAUSES] if len(kept) > 1 else []
