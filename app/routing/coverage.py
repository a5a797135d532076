"""Who leads everywhere: every commune × need × workforce class, through the same engine.

A decision depends on the commune only by the branches found there: each need and class is decided once for
each set of listed networks present together, and each commune then only looks its own branches up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from app.routing.deciding import Decider, Decision
from app.routing.facts import Branch, DirectorySnapshot, Situation
from app.routing.rulebook import Rulebook

Workforce = tuple[int, int | None]
Presence = tuple[str, ...]
"""The listed networks found in a commune."""

CLASSES: tuple[Workforce, ...] = ((0, 0), (1, 9), (10, 49), (50, 249), (250, None))
FALLBACK = "commune-2"
EXAMPLES = 20


@dataclass(slots=True)
class Coverage:
    """Counts of cells; `fallback_only` where only the Maison answers because nobody else is left."""

    combinations: int = 0
    led: int = 0
    fallback_only: int = 0
    without_lead: int = 0
    overlaps: int = 0
    by_need: dict[str, dict[str, int]] = field(default_factory=dict)
    examples: list[dict[str, Any]] = field(default_factory=list)

    def count(self, need: str, verdict: str, cells: int) -> None:
        row = self.by_need.setdefault(need, {"led": 0, "fallback_only": 0, "without_lead": 0})
        row[verdict] += cells
        self.combinations += cells
        setattr(self, verdict, getattr(self, verdict) + cells)

    def show(self, example: dict[str, Any]) -> None:
        if len(self.examples) < EXAMPLES:
            self.examples.append(example)

    def to_dict(self) -> dict[str, Any]:
        return {
            "combinations": self.combinations,
            "led": self.led,
            "fallback_only": self.fallback_only,
            "without_lead": self.without_lead,
            "overlaps": self.overlaps,
            "by_need": self.by_need,
            "examples": self.examples,
        }


def cover(directory: DirectorySnapshot, book: Rulebook, on: date) -> Coverage:
    """The proof over the whole product."""
    return Prover(book, on).cover(directory)


class Prover:
    """Proves directory after directory under one edition: what the last change left alone is not done again.

    A decision depends on the commune only by the listed networks present there, and a hole only by the branches of the
    lead's network: both are remembered, so that editing one branch looks again at its own network alone.
    """

    def __init__(self, book: Rulebook, on: date) -> None:
        self.book, self.on = book, on
        self._listed = sorted(actor.key for actor in book.actors.values() if actor.listed)
        self._decided: dict[tuple[str, Workforce, Presence], Decision] = {}
        self._served: dict[str, tuple[int, frozenset[str]]] = {}

    def cover(self, directory: DirectorySnapshot) -> Coverage:
        found = Coverage()
        served = self._served_by(directory)
        for need, workforce, places, decided in self.cells(directory):
            _count(found, need, workforce, places, decided, served)
        for example in overlaps(directory):
            found.overlaps += 1
            found.show(example)
        return found

    def cells(
        self, directory: DirectorySnapshot
    ) -> Iterator[tuple[str, Workforce, frozenset[str], Decision]]:
        """Each need and class, with the communes that share one decision, and that decision."""
        decider = Decider(directory, self.book)
        groups = self._groups(directory)
        for need in (one.key for one in self.book.needs.values() if one.in_scope):
            for workforce in CLASSES:
                for presence, places in groups.items():
                    yield need, workforce, places, self._decision(decider, need, workforce, presence, places)

    def _decision(
        self, decider: Decider, need: str, workforce: Workforce, presence: Presence, places: frozenset[str]
    ) -> Decision:
        mark = need, workforce, presence
        if mark not in self._decided:
            situation = Situation(min(places), need, self.on, workforce=workforce)
            self._decided[mark] = decider.decide(situation)
        return self._decided[mark]

    def _groups(self, directory: DirectorySnapshot) -> dict[Presence, frozenset[str]]:
        """Communes by the listed networks that serve them."""
        groups: dict[Presence, set[str]] = defaultdict(set)
        for place in directory.places.values():
            present = tuple(key for key in self._listed if directory.branch_for(key, place))
            groups[present].add(place.commune)
        return {present: frozenset(communes) for present, communes in groups.items()}

    def _served_by(self, directory: DirectorySnapshot) -> Callable[[str], frozenset[str]]:
        """actor → the communes where a branch of its network stands."""
        networks: dict[str, list[Branch]] = defaultdict(list)
        for branch in directory.branches:
            networks[branch.actor].append(branch)
        communes = hash(tuple(directory.places.values()))

        def served(actor: str) -> frozenset[str]:
            mark = hash((communes, tuple(networks[actor])))
            known = self._served.get(actor)
            if known is None or known[0] != mark:
                places = directory.places.values()
                here = frozenset(one.commune for one in places if directory.branch_for(actor, one))
                known = self._served[actor] = mark, here
            return known[1]

        return cache(served)


def _count(
    found: Coverage,
    need: str,
    workforce: Workforce,
    places: frozenset[str],
    decided: Decision,
    served: Callable[[str], frozenset[str]],
) -> None:
    """A lead without any branch in the commune is a hole; the Maison alone, with no support, a fallback."""
    lead = decided.lead
    holes = places - served(lead.actor) if lead else places
    verdict = "fallback_only" if lead and lead.rule == FALLBACK and not decided.supports else "led"
    found.count(need, verdict, len(places) - len(holes))
    found.count(need, "without_lead", len(holes))
    low, high = workforce
    size = f"{low}+" if high is None else f"{low}-{high}"
    for commune in sorted(holes)[:EXAMPLES]:
        found.show({"hole": need, "commune": commune, "workforce": size})


def overlaps(directory: DirectorySnapshot) -> Iterator[dict[str, Any]]:
    """Two real branches of one network on one same zone: the choice between them is only by their name."""
    zones: dict[tuple[str, str | None, tuple[str, str]], list[Branch]] = defaultdict(list)
    for branch in directory.branches:
        if not branch.entry_point:
            for zone in branch.zones:
                zones[branch.actor, branch.opco, zone].append(branch)
    for (actor, _, (kind, code)), branches in sorted(zones.items(), key=str):
        if len(branches) > 1:
            slugs = sorted(branch.slug for branch in branches)
            yield {"overlap": actor, "zone": {"kind": kind, "code": code}, "branches": slugs}
