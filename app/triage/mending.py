"""Spelling put right before reading: missing accents and small slips, against the catalogue's own words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from app.triage.examples import examples
from app.triage.spelling import LONGEST, folded

TYPED = re.compile(r"[^\W\d_]+")
SHORTEST_ACCENTED, SHORTEST_MENDED = 3, 5
CLOSE_ENOUGH = 0.8
SHORTHAND = {
    "jai": "j'ai", "jaimerai": "j'aimerais", "jaimerais": "j'aimerais", "jcherche": "je cherche",
    "jdois": "je dois", "jveux": "je veux", "jsuis": "je suis", "jpeux": "je peux", "jembauche": "j'embauche",
    "dun": "d'un", "dune": "d'une", "quelquun": "quelqu'un", "aujourdhui": "aujourd'hui", "cest": "c'est",
    "svp": "", "stp": "", "bcp": "beaucoup", "pr": "pour", "ds": "dans", "qqn": "quelqu'un", "tt": "tout",
    "rdv": "rendez-vous", "pb": "problème", "urssaff": "urssaf", "pole": "pôle",
}  # fmt: skip


def mended(text: str) -> str:
    """The sentence with each doubtful word replaced by the word it was meant to be."""
    return TYPED.sub(lambda found: _meant(found.group()), text[:LONGEST].replace("’", "'"))


def _meant(word: str) -> str:
    flat = folded(word)
    if flat in SHORTHAND:
        return SHORTHAND[flat]
    if not flat.isascii() or len(flat) < SHORTEST_ACCENTED:
        return word
    spelled = _spellings()
    if flat in spelled:
        return spelled[flat] if flat == word.lower() else word
    return _closest(flat) or word


@lru_cache(maxsize=4096)
def _closest(flat: str) -> str | None:
    """The known word one slip away, or two when it is long."""
    if not SHORTEST_MENDED <= len(flat) <= 24:
        return None
    found = process.extractOne(
        flat,
        _by_first_letter().get(flat[0], ()),
        scorer=DamerauLevenshtein.normalized_similarity,
        score_cutoff=CLOSE_ENOUGH,
    )
    return _spellings()[found[0]] if found else None


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    """Folded word → the way the catalogue writes it most."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for _, sentence in examples():
        for word in TYPED.findall(sentence.lower()):
            seen[folded(word)][word] += 1
    return {flat: forms.most_common(1)[0][0] for flat, forms in seen.items()}


@lru_cache(maxsize=1)
def _by_first_letter() -> dict[str, list[str]]:
    kept: dict[str, list[str]] = defaultdict(list)
    for flat in sorted(_spellings()):
        if len(flat) >= SHORTEST_MENDED:
            kept[flat[0]].append(flat)
    return kept
