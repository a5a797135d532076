"""Who leads everywhere: every commune × need × workforce class, through the same engine.

A decision depends on the commune only by the branches found there: each need and class is decided once for
each set of listed networks present together, and each commune then only looks its own branches up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.routing.engine import orient
from app.routing.facts import Branch, DirectorySnapshot, Orientation, Place, Situation
from app.routing.rulebook import Rulebook

Workforce = tuple[int, int | None]
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
    found = Coverage()
    for need, workforce, places, decided in cells(directory, book, on):
        _count(found, need, workforce, places, decided, directory)
    for example in overlaps(directory):
        found.overlaps += 1
        found.show(example)
    return found


def cells(
    directory: DirectorySnapshot, book: Rulebook, on: date
) -> Iterator[tuple[str, Workforce, list[Place], Orientation]]:
    """Each need and class, with the communes that share one decision, and that decision."""
    groups = _groups(directory, book).values()
    for need in (one.key for one in book.needs.values() if one.in_scope):
        for workforce in CLASSES:
            for places in groups:
                situation = Situation(places[0].commune, need, on, workforce=workforce)
                yield need, workforce, places, orient(situation, directory, book)


def _groups(directory: DirectorySnapshot, book: Rulebook) -> dict[tuple[str, ...], list[Place]]:
    """Communes by the listed networks that serve them."""
    listed = sorted(actor.key for actor in book.actors.values() if actor.listed)
    groups: dict[tuple[str, ...], list[Place]] = defaultdict(list)
    for place in directory.places.values():
        groups[tuple(key for key in listed if directory.branch_for(key, place))].append(place)
    return groups


def _count(
    found: Coverage,
    need: str,
    workforce: Workforce,
    places: list[Place],
    decided: Orientation,
    directory: DirectorySnapshot,
) -> None:
    """A lead without any branch in the commune is a hole; the Maison alone, with no support, a fallback."""
    lead = decided.lead
    served = [place for place in places if lead and directory.branch_for(lead.actor, place)]
    verdict = "fallback_only" if lead and lead.rule == FALLBACK and not decided.supports else "led"
    found.count(need, verdict, len(served))
    found.count(need, "without_lead", len(places) - len(served))
    for place in places:
        if len(served) == len(places) or len(found.examples) >= EXAMPLES:
            return
        if not lead or directory.branch_for(lead.actor, place) is None:
            low, high = workforce
            found.show(
                {
                    "hole": need,
                    "commune": place.commune,
                    "workforce": f"{low}+" if high is None else f"{low}-{high}",
                }
            )


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
