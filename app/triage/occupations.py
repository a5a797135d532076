"""The job a sentence names, and its ROME code. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.triage.examples import OCCUPATIONS
from app.triage.mending import mended
from app.triage.spelling import words

Key = tuple[str, ...]
OWN = {
    ("je", "suis"),
    ("suis", "un"),
    ("suis", "une"),
    ("suis", "artisan"),
    ("tant", "que"),
    ("metier", "de"),
}
"""Words before a job that tell the owner's own, not the one looked for."""


@dataclass(frozen=True, slots=True)
class Occupation:
    name: str
    rome: str


def occupation(text: str) -> Occupation | None:
    """The first job named in the text, the longest name when several begin there; the owner's own comes last."""
    said = [_singular(word) for word in words(mended(text))]
    found = [(at, one) for at in range(len(said)) if (one := _at(said, at))]
    asked = [one for at, one in found if tuple(said[max(0, at - 2) : at]) not in _own()]
    return asked[0] if asked else (found[0][1] if found else None)


def _at(said: list[str], at: int) -> Occupation | None:
    names = _names()
    for length in range(min(_longest(), len(said) - at), 0, -1):
        if one := names.get(tuple(said[at : at + length])):
            return one
    return None


@lru_cache(maxsize=1)
def _names() -> Mapping[Key, Occupation]:
    rows: dict[str, list[str]] = tomllib.loads(OCCUPATIONS.read_text(encoding="utf-8"))
    names: dict[Key, Occupation] = {}
    for rome, lines in rows.items():
        for line in lines:
            forms = [form.strip() for form in line.split(",")]
            for form in forms:
                names.setdefault(_key(form), Occupation(forms[0], rome))
    return names


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(map(len, _names()))


@lru_cache(maxsize=1)
def _own() -> frozenset[Key]:
    return frozenset(tuple(_singular(word) for word in pair) for pair in OWN)


def _key(name: str) -> Key:
    return tuple(_singular(word) for word in words(name))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word
