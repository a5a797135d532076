"""Who works in a territory page's place and what it trains for, or in the nearest place that says it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.gpec import working
from app.gpec.working import PlaceAges, PlaceTrainings
from app.kernel.vocabulary import ZoneKind
from app.routing.facts import REGION
from app.web.public.territory_card import Card, Link

SHOWN = 5
NEAREST = (ZoneKind.EPCI, ZoneKind.ZONE_EMPLOI, ZoneKind.BASSIN_BMO, ZoneKind.DEPARTEMENT)
"""Where a commune is looked for, in order, when nothing is said of it alone."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Said(Generic[T]):
    """Something told of a place, which may be wider than the page's."""

    at: Link
    told: T


@dataclass(frozen=True, slots=True)
class Workforce:
    ages: Said[PlaceAges] | None
    trainings: Said[PlaceTrainings] | None


def workforce(card: Card) -> Workforce:
    return Workforce(
        _first(card, lambda kind, code: working.ages(kind, code, REGION, SHOWN)),
        _first(card, lambda kind, code: working.trainings(kind, code, SHOWN)),
    )


def _first(card: Card, ask: Callable[[ZoneKind, str], T | None]) -> Said[T] | None:
    for at in _places(card):
        told = ask(at.kind, at.code or "")
        if told is not None:
            return Said(at, told)
    return None


def _places(card: Card) -> list[Link]:
    own = Link(card.kind, card.code, card.name)
    if card.kind is not ZoneKind.COMMUNE:
        return [own]
    known = {link.kind: link for link in card.zones if link.code}
    return [own, *(known[kind] for kind in NEAREST if kind in known)]
