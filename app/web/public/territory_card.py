"""What a territory page says of a territory, gathered once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.kernel.vocabulary import DEPARTEMENTS, ZoneKind
from app.routing.facts import REGION, Branch, DirectorySnapshot, Place
from app.territory import queries
from app.territory.gazetteer import CommuneFact, MaisonFact
from app.territory.names import plain

KINDS = (
    ZoneKind.COMMUNE,
    ZoneKind.EPCI,
    ZoneKind.DEPARTEMENT,
    ZoneKind.ZONE_EMPLOI,
    ZoneKind.BASSIN_BMO,
    ZoneKind.REGION,
)
CODED = {
    ZoneKind.COMMUNE: "Commune · code INSEE {}",
    ZoneKind.EPCI: "Intercommunalité · SIREN {}",
    ZoneKind.DEPARTEMENT: "Département · code {}",
    ZoneKind.ZONE_EMPLOI: "Zone d’emploi (INSEE) · code {} · ne pas confondre avec le bassin BMO",
    ZoneKind.BASSIN_BMO: "Bassin de l’enquête BMO · code {} · ne pas confondre avec la zone d’emploi",
    ZoneKind.REGION: "Région · code INSEE {}",
}
OCCITANIE = "Occitanie"


@dataclass(frozen=True, slots=True)
class Link:
    """A zone the territory touches; without code, it is not known yet."""

    kind: ZoneKind
    code: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Card:
    """A territory, its communes and what they belong to."""

    kind: ZoneKind
    code: str
    name: str
    communes: tuple[CommuneFact, ...]
    zones: tuple[Link, ...]
    maisons: tuple[MaisonFact, ...]

    @property
    def subtitle(self) -> str:
        return CODED[self.kind].format(self.code)

    @property
    def population(self) -> int:
        return sum(one.population for one in self.communes)

    @property
    def postal_codes(self) -> tuple[str, ...]:
        return self.communes[0].postal_codes

    @property
    def departements(self) -> frozenset[str]:
        return frozenset(one.departement for one in self.communes)


def card(kind: ZoneKind, code: str) -> Card | None:
    """The territory of this kind and code, or None."""
    if kind is ZoneKind.COMMUNE:
        found = queries.commune(code)
        name, communes = (found.name, [found]) if found else ("", [])
        code = found.code if found else code
    elif kind is ZoneKind.REGION:
        name, communes = OCCITANIE, queries.all_communes() if code == REGION else []
    else:
        zone = queries.zone(kind, code)
        name, communes = (queries.zone_title(zone), queries.members(kind, code)) if zone else ("", [])
    if not communes:
        return None
    return Card(kind, code, name, tuple(communes), _zones(kind, communes), _maisons(communes))


def _maisons(communes: Iterable[CommuneFact]) -> tuple[MaisonFact, ...]:
    wanted = {one.departement for one in communes}
    return tuple(one for one in queries.maisons() if one.departement in wanted)


def _zones(kind: ZoneKind, communes: list[CommuneFact]) -> tuple[Link, ...]:
    """The zones the communes belong to: those of each kind but its own, the département first."""
    kinds: tuple[ZoneKind, ...] = (
        ZoneKind.DEPARTEMENT,
        ZoneKind.EPCI,
        ZoneKind.ZONE_EMPLOI,
        ZoneKind.BASSIN_BMO,
    )
    if kind is ZoneKind.REGION:
        kinds = (ZoneKind.DEPARTEMENT, *kinds[2:])
    return tuple(link for other in kinds if other is not kind for link in _links(other, communes))


def _links(kind: ZoneKind, communes: list[CommuneFact]) -> list[Link]:
    """By name, as one looks for it."""
    codes = {code for one in communes if (code := one.zones.get(kind))}
    found = (queries.zone(kind, code) for code in codes)
    links = (Link(kind, one.code, queries.zone_title(one)) for one in found if one)
    named = sorted(links, key=lambda link: (plain(link.name), link.code or ""))
    return named or [Link(kind, None, "non importée" if kind is ZoneKind.ZONE_EMPLOI else "non importé")]


def branches_serving(snapshot: DirectorySnapshot, places: Iterable[Place]) -> list[Branch]:
    """The branches the engine would choose in these places, one per actor and place."""
    networks = {(branch.actor, branch.opco) for branch in snapshot.branches}
    found = {
        branch.slug: branch
        for place in places
        for actor, opco in networks
        if (branch := snapshot.branch_for(actor, place, opco))
    }
    return sorted(found.values(), key=lambda one: (one.opco is not None, one.name))


def departement_of(one: Card) -> tuple[str, str] | None:
    """The département of the breadcrumb, when there is only one and it is not the page itself."""
    if one.kind is ZoneKind.DEPARTEMENT or len(one.departements) != 1:
        return None
    (code,) = one.departements
    return code, DEPARTEMENTS[code]
