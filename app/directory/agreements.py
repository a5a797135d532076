"""Collective agreements found by everyday words or by number, and those usual in an activity. Pure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.triage.words import ranked

FILE = Path(__file__).parent / "first_directory" / "agreements.toml"
NUMBER = re.compile(r"^\s*(?:idcc)?\s*n?°?\s*0*(\d{1,5})\s*$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _book() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


COMMON: dict[str, str] = {str(one["idcc"]): one["label"] for one in _book()["agreement"]}
"""Our own short labels of the agreements met most often: idcc → label."""

WORDS: dict[str, str] = {str(one["idcc"]): one.get("words", "") for one in _book()["agreement"]}


def search(text: str, known: Sequence[tuple[str, str]], limit: int) -> list[tuple[str, str]]:
    """A number finds its agreement, then those that begin like it; words find the closest labels."""
    titles = dict(known)
    found = _by_number(text, titles) if NUMBER.match(text) else _by_words(text, titles, limit)
    return [(idcc, titles[idcc]) for idcc in found][:limit]


def _by_number(text: str, titles: dict[str, str]) -> list[str]:
    matched = NUMBER.match(text)
    number = matched[1] if matched else ""
    return sorted((idcc for idcc in titles if idcc.startswith(number)), key=lambda idcc: (len(idcc), idcc))


def _by_words(text: str, titles: dict[str, str], limit: int) -> list[str]:
    """Our own everyday words stand beside the label."""
    searched = {idcc: f"{title} {WORDS.get(idcc, '')}" for idcc, title in titles.items()}
    found = ranked(text, searched, limit * 2)
    return sorted(found, key=lambda idcc: idcc not in COMMON) if found else []


def usual_for(naf: str) -> list[str]:
    """Agreements usual in an activity, by the longest beginning of its code that is known."""
    code = re.sub(r"[\s.]", "", naf).upper()
    usual: dict[str, list[int]] = _book()["usual"]
    for length in range(len(code), 1, -1):
        if code[:length] in usual:
            return [str(idcc) for idcc in usual[code[:length]]]
    return []
