"""Activities (NAF rév. 2) found by everyday words: « boulanger », « garage », « aide à domicile »."""

from __future__ import annotations

import json
import re
import tomllib
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from app.triage.words import ranked, words_of

SYNONYMS = Path(__file__).parent / "first_directory" / "activities.toml"
CODE = re.compile(r"^\s*(\d{2})\.?(\d{1,2})?\.?([A-Z])?\s*$", re.IGNORECASE)


@lru_cache(maxsize=1)
def labels() -> dict[str, str]:
    """Sub-class → official label. The package is read as a file: importing it prints and wants another one."""
    spec = find_spec("naf")
    if spec is None or not spec.submodule_search_locations:
        return {}
    path = Path(spec.submodule_search_locations[0]) / "db"
    if not path.is_file():
        return {}
    rows = json.loads(path.read_text(encoding="utf-8"))
    return {code: row["description"].strip() for code, row in rows.items()}


def search(text: str, limit: int) -> list[tuple[str, str]]:
    """The activities told by a code or by words, the closest first."""
    known = labels()
    found = _by_code(text) or [*_by_everyday_words(text), *ranked(text, known, limit)]
    return [(code, known[code]) for code in dict.fromkeys(found) if code in known][:limit]


def _by_code(text: str) -> list[str]:
    """« 10.71C », « 1071c », or the beginning of a code."""
    if not CODE.match(text):
        return []
    wanted = re.sub(r"[\s.]", "", text).upper()
    return [code for code in labels() if code.replace(".", "").startswith(wanted)]


def _by_everyday_words(text: str) -> list[str]:
    """The usual words all present in the sentence; the longest expression first."""
    asked = set(words_of(text))
    told = [(len(words), codes) for words, codes in _everyday() if words <= asked]
    told.sort(key=lambda one: -one[0])
    return [code for _, codes in told for code in codes]


@lru_cache(maxsize=1)
def _everyday() -> tuple[tuple[frozenset[str], tuple[str, ...]], ...]:
    book = tomllib.loads(SYNONYMS.read_text(encoding="utf-8"))
    return tuple(
        (frozenset(words_of(expression)), tuple(one["naf"]))
        for one in book["activity"]
        for expression in one["words"]
        if words_of(expression)
    )
