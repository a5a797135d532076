"""Among branches that serve the same place alike, the one with room, when each said how much; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.routing.facts import Branch
from app.routing.wording import NBSP


@dataclass(frozen=True, slots=True)
class Load:
    """What a branch has on its desk. `per_week` new cases is what it said it can take, None when it said nothing;
    `present` is False when everybody known there is away today."""

    open: int = 0
    this_week: int = 0
    per_week: int | None = None
    present: bool = True

    @property
    def told(self) -> bool:
        """Does it say anything that may change the order?"""
        return self.per_week is not None or not self.present


def choose(equals: tuple[Branch, ...], loads: Mapping[str, Load]) -> tuple[Branch | None, str]:
    """(the branch, why it rather than another); without anything told, the first in the stable order."""
    known = {one.slug: loads.get(one.slug, Load()) for one in equals}
    if len(equals) < 2 or not any(load.told for load in known.values()):
        return (equals[0] if equals else None), ""
    widest = max((load.per_week or 0 for load in known.values()), default=0) or 1

    def key(branch: Branch) -> tuple[bool, bool, float, str]:
        load = known[branch.slug]
        full = load.per_week is not None and load.this_week >= load.per_week
        room = load.per_week or (widest if load.per_week is None else 0)
        return not load.present, full, load.open / room if room else float("inf"), branch.slug

    why = f"Choisie parmi {len(equals)} antennes{NBSP}: la moins chargée au regard de sa capacité et des absences."
    return min(equals, key=key), why
