"""The commune a sentence names, among the names it is given. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.triage.spelling import words

Name = tuple[str, ...]
BEFORE = {"a", "sur", "vers", "pres", "de", "d", "en", "secteur", "commune", "ville"}
AT = {"a", "sur", "vers", "pres"}
ABBREVIATIONS = {"st": "saint", "ste": "sainte"}
SHORTEST = 3
NOT_PLACES = {
    ("cours",), ("bordes",), ("salles",), ("bouillac",), ("montagne",), ("plaisance",), ("alternance",),
    ("mer",), ("port",), ("campagne",), ("mons",), ("sauve",), ("argent",), ("age",), ("noel",), ("paulin",),
}  # fmt: skip
"""Communes whose name is first of all a word or a first name."""


class Places:
    """Commune names, found as an owner writes them; of two namesakes, the more peopled."""

    def __init__(self, communes: Iterable[tuple[str, str, int]]) -> None:
        """(code, name, population)."""
        known: dict[Name, tuple[int, str]] = {}
        for code, name, population in communes:
            known[_name(name)] = max(known.get(_name(name), (-1, "")), (population, code))
        self._codes: Mapping[Name, str] = {
            name: code for name, (_, code) in known.items() if name and name not in NOT_PLACES
        }
        self._longest = max(map(len, self._codes), default=0)

    def find(self, text: str) -> str | None:
        """The code of the first commune that follows a word of place or begins with a capital."""
        said = _name(text)
        capitals = {
            word for part in text.split() if part[:1].isupper() or "'" in part for word in _name(part)
        }
        for at in range(1, len(said)):
            for length in range(min(self._longest, len(said) - at), 0, -1):
                name = said[at : at + length]
                if name in self._codes and self._meant(name, said[at - 1], capitals):
                    return self._codes[name]
        return None

    def _meant(self, name: Name, before: str, capitals: set[str]) -> bool:
        if len("".join(name)) < SHORTEST or before not in BEFORE:
            return False
        return before in AT or len(name) > 1 or name[0] in capitals


def _name(text: str) -> Name:
    return tuple(ABBREVIATIONS.get(word, word) for word in words(text) if not word.isdigit())
