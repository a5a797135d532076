"""The places a session is about, and who may read of which."""

from __future__ import annotations

from app.accounts.abilities import Role, Viewer
from app.collective.places import places_of
from app.kernel.vocabulary import DEPARTEMENTS, ZoneKind
from app.reporting.cells import REGION, Place
from app.territory.queries import zone_title, zones

CHOSEN = (ZoneKind.DEPARTEMENT, ZoneKind.BASSIN_BMO, ZoneKind.ZONE_EMPLOI, ZoneKind.EPCI)


def may_read(viewer: Viewer, place: Place) -> bool:
    """The Région reads every place; a Maison, those its département touches."""
    if Role.REGIONAL_MANAGER in viewer.roles:
        return place == REGION or place.code in dict(_named(place.kind))
    return Role.MAISON_ADVISER in viewer.roles and place.code in _held(viewer).get(place.kind, set())


def places_for(viewer: Viewer) -> dict[ZoneKind, list[tuple[str, str]]]:
    """(code, name) of the places this viewer may ask a pack for, by kind."""
    everywhere = Role.REGIONAL_MANAGER in viewer.roles
    held = {} if everywhere else _held(viewer)
    return {
        kind: [(code, name) for code, name in _named(kind) if everywhere or code in held.get(kind, set())]
        for kind in CHOSEN
    }


def _held(viewer: Viewer) -> dict[ZoneKind, set[str]]:
    return places_of(viewer, ZoneKind.ZONE_EMPLOI)


def _named(kind: ZoneKind) -> list[tuple[str, str]]:
    if kind is ZoneKind.DEPARTEMENT:
        return list(DEPARTEMENTS.items())
    known = zones(kind) if kind in CHOSEN else ()
    return sorted(((one.code, zone_title(one)) for one in known), key=lambda one: (one[1], one[0]))
