"""The places of collective needs: their names, and the Maisons they touch."""

from __future__ import annotations

from collections.abc import Iterable

from app.accounts.abilities import Role, Viewer
from app.collective.words import PLACE_COLUMNS
from app.gpec.wording import Spot
from app.kernel.vocabulary import DEPARTEMENTS, ZoneKind
from app.territory.gazetteer import CommuneFact
from app.territory.queries import commune, gazetteer, maisons, members, zone, zone_title


def spot_of(kind: str, code: str) -> Spot:
    """The place as a sentence names it."""
    if kind == ZoneKind.DEPARTEMENT:
        return Spot(ZoneKind.DEPARTEMENT, code, DEPARTEMENTS.get(code, code))
    found = zone(kind, code)
    return Spot(ZoneKind(kind), code, zone_title(found) if found else code)


def place_name(kind: str, code: str) -> str:
    """« Bassin de Lodève », « Hérault »; an EPCI bears its own name."""
    spot = spot_of(kind, code)
    return spot.words.replace("dans le b", "B", 1) if spot.kind is ZoneKind.BASSIN_BMO else spot.name


def maisons_touched(kind: str, code: str) -> list[str]:
    """The slugs of the Maisons whose territory the place touches."""
    touched = _departements(kind, code)
    return [one.slug for one in maisons() if one.departement in touched]


def places_of(viewer: Viewer, *others: ZoneKind) -> dict[ZoneKind, set[str]]:
    """The places that the Maisons of this viewer touch, by kind: those of a collective need, and of these kinds."""
    held = {post.branch_slug for post in viewer.posts if post.role is Role.MAISON_ADVISER}
    departements = {one.departement for one in maisons() if one.slug in held}
    found: dict[ZoneKind, set[str]] = {kind: set() for kind in (*PLACE_COLUMNS, *others)}
    found[ZoneKind.DEPARTEMENT] |= departements
    for one in gazetteer().communes.values():
        if one.departement in departements:
            for kind in (ZoneKind.BASSIN_BMO, ZoneKind.EPCI, *others):
                found[kind] |= {code for code in (one.zones.get(kind),) if code}
    return found


def zones_touched(kind: str, code: str) -> dict[ZoneKind, set[str]]:
    """The places a collective need may have that share a commune with this one, itself included."""
    found: dict[ZoneKind, set[str]] = {held: set() for held in PLACE_COLUMNS}
    for one in _communes(kind, code):
        found[ZoneKind.DEPARTEMENT].add(one.departement)
        for held in (ZoneKind.BASSIN_BMO, ZoneKind.EPCI):
            found[held] |= {zone for zone in (one.zones.get(held),) if zone}
    return found


def _departements(kind: str, code: str) -> Iterable[str]:
    if kind == ZoneKind.DEPARTEMENT:
        return {code}
    return {one.departement for one in members(kind, code)}


def communes_of(kind: str, code: str) -> list[str]:
    """The communes of a place."""
    return [one.code for one in _communes(kind, code)]


def _communes(kind: str, code: str) -> list[CommuneFact]:
    if kind == ZoneKind.COMMUNE:
        return [one for one in (commune(code),) if one]
    if kind == ZoneKind.DEPARTEMENT:
        return [one for one in gazetteer().communes.values() if one.departement == code]
    return members(kind, code)
