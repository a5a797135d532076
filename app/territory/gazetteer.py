"""The communes of the region in memory: found by code, by name, by postal code. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from heapq import nsmallest

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from app.kernel.vocabulary import ZoneKind
from app.territory.names import plain

ALMOST = 0.75
"""How alike a name must be to be proposed for what was typed: one slip in four letters."""
SHORTEST_MISSPELT = 4
SEPARATORS = re.compile(r"[ -]")
Candidate = tuple[int, int, str, str]
"""Rank, population below zero, commune, old name: the smallest is the best answer."""


@dataclass(frozen=True, slots=True)
class CommuneFact:
    """A commune as pages and commands read it."""

    code: str
    name: str
    departement: str
    population: int
    longitude: float | None = None
    latitude: float | None = None
    postal_codes: tuple[str, ...] = ()
    zones: Mapping[str, str] = field(default_factory=dict)

    def belongs_to(self, kind: str, code: str) -> bool:
        return code == (self.code if kind == ZoneKind.COMMUNE else self.zones.get(kind))


@dataclass(frozen=True, slots=True)
class ZoneFact:
    kind: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class MaisonFact:
    slug: str
    name: str
    departement: str
    status: str


@dataclass(frozen=True, slots=True)
class CommuneHit:
    """One answer of a search; `former` is the old name that was typed, if it is one."""

    code: str
    name: str
    departement: str
    postal_codes: tuple[str, ...]
    former: str | None = None


class Gazetteer:
    """Built once per version of the territory; never changes."""

    def __init__(
        self,
        communes: Iterable[CommuneFact],
        former: Mapping[str, tuple[str, str]],
        zones: Iterable[ZoneFact],
        maisons: Iterable[MaisonFact],
    ) -> None:
        """`former`: old code → (old name, today's code)."""
        self.communes = {one.code: one for one in communes}
        self.former = dict(former)
        self.zones = {(one.kind, one.code): one for one in zones}
        self.maisons = {one.departement: one for one in maisons}
        self._names = sorted(self._spellings(), key=lambda one: (bool(one[2]), one))
        self._postal = sorted(
            (postal, one.code) for one in self.communes.values() for postal in one.postal_codes
        )

    def commune(self, code: str) -> CommuneFact | None:
        """Today's commune, by its code or by an old one."""
        found = self.communes.get(code)
        if found is None and code in self.former:
            found = self.communes.get(self.former[code][1])
        return found

    def zone(self, kind: str, code: str | None) -> ZoneFact | None:
        return self.zones.get((kind, code)) if code else None

    def spelled(self, name: str) -> str:
        """« ALES LA GRAND COMBE » → « Alès La Grand-Combe »: the names of communes in it, the longest first; else
        capitals at the head of each word."""
        words, said = SEPARATORS.split(name), list[str]()
        while words:
            size = next(
                (size for size in range(len(words), 0, -1) if plain(" ".join(words[:size])) in self._written),
                1,
            )
            said.append(self._written.get(plain(" ".join(words[:size])), words[0].title()))
            words = words[size:]
        return ("-" if "-" in name and " " not in name else " ").join(said)

    @cached_property
    def _written(self) -> dict[str, str]:
        """The name of a commune as it is written, by its plain spelling; the most peopled when several share it."""
        ordered = sorted(self.communes.values(), key=lambda one: one.population)
        return {plain(one.name): one.name for one in ordered}

    def members(self, kind: str, code: str) -> list[CommuneFact]:
        """The communes of a zone, the most peopled first."""
        found = [one for one in self.communes.values() if one.belongs_to(kind, code)]
        return sorted(found, key=lambda one: (-one.population, one.code))

    def maison_of(self, code: str) -> MaisonFact | None:
        commune = self.commune(code)
        return self.maisons.get(commune.departement) if commune else None

    def search(self, text: str, limit: int = 10) -> list[CommuneHit]:
        """By name or part of it without accents, by postal code, by both; the closest and largest first."""
        words = plain(text[:200]).split()
        digits = [word for word in words if word[0].isdigit()]
        name = " ".join(word for word in words if not word[0].isdigit())
        if not words:
            return []
        return [
            self._hit(code, old) for _, _, code, old in nsmallest(limit, self._ranked(name, digits).values())
        ]

    def almost(self, text: str, limit: int = 5) -> list[CommuneHit]:
        """The communes whose name is spelled almost so: « Toulouze », « Montpelier »; the closest and largest first."""
        name = " ".join(word for word in plain(text[:80]).split() if not word[0].isdigit())
        if len(name) < SHORTEST_MISSPELT:
            return []
        alike = DamerauLevenshtein.normalized_similarity
        spellings = [spelling for spelling, _, _ in self._names]
        close = process.extract(name, spellings, scorer=alike, score_cutoff=ALMOST, limit=limit * 3)
        found: dict[str, tuple[float, int, str, str]] = {}
        for _, score, rank in close:
            _, code, old = self._names[rank]
            found.setdefault(code, (-score, -self.communes[code].population, code, old))
        return [self._hit(code, old) for _, _, code, old in nsmallest(limit, found.values())]

    def _ranked(self, name: str, digits: list[str]) -> dict[str, Candidate]:
        """The best spelling of each commune that fits; a name in force comes before an old one."""
        allowed = self._numbered(digits) if digits else None
        if not name:
            return {code: (0, -self.communes[code].population, code, "") for code in allowed or ()}
        ranked: dict[str, Candidate] = {}
        for spelling, code, old in self._names:
            if name in spelling and (allowed is None or code in allowed):
                rank = _rank(spelling, name) + bool(old)
                if code not in ranked or rank < ranked[code][0]:
                    ranked[code] = (rank, -self.communes[code].population, code, old)
        return ranked

    def _numbered(self, digits: list[str]) -> set[str]:
        """The communes whose postal code begins so, or whose own code is this one."""
        return set.intersection(*(self._starting(part) | ({part} & self.communes.keys()) for part in digits))

    def _starting(self, digits: str) -> set[str]:
        first, last = bisect_left(self._postal, (digits,)), bisect_left(self._postal, (digits + "~",))
        return {code for _, code in self._postal[first:last]}

    def _hit(self, code: str, old: str) -> CommuneHit:
        one = self.communes[code]
        return CommuneHit(one.code, one.name, one.departement, one.postal_codes, old or None)

    def _spellings(self) -> Iterable[tuple[str, str, str]]:
        for one in self.communes.values():
            yield plain(one.name), one.code, ""
        for name, code in self.former.values():
            if code in self.communes and plain(name) != plain(self.communes[code].name):
                yield plain(name), code, name


def _rank(spelling: str, name: str) -> int:
    """0 the very name, 2 its beginning, 4 the beginning of a word, 6 anywhere in it."""
    if spelling == name:
        return 0
    if spelling.startswith(name):
        return 2
    return 4 if f" {name}" in spelling else 6
