"""Questions put to the territory. Answers come from memory, rebuilt when the territory's version changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app
from sqlalchemy import select

from app.extensions import db
from app.kernel.clock import today
from app.kernel.vocabulary import ZoneKind
from app.routing.facts import Place
from app.territory.gazetteer import (
    CommuneFact,
    CommuneHit,
    Gazetteer,
    MaisonFact,
    ZoneFact,
)
from app.territory.models import (
    Commune,
    CommuneShape,
    Contour,
    Dataset,
    ElsewhereCommune,
    FormerCommune,
    Maison,
    Membership,
    PostalCode,
    TerritoryVersion,
    Zone,
)

CACHE = "territory_gazetteer"
CURRENT_VERSION = select(TerritoryVersion.number).where(TerritoryVersion.id == 1)
UNNAMED = {
    ZoneKind.ZONE_EMPLOI: "Zone d’emploi {}",
    ZoneKind.BASSIN_BMO: "Bassin d’emploi {}",
}


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A commune of France outside the region."""

    code: str
    name: str
    departement: str


def version() -> int:
    """Grows with every write; 0 before the first load."""
    return db.session.execute(CURRENT_VERSION).scalar() or 0


def gazetteer() -> Gazetteer:
    """The communes in memory, read again when the version or the day changes."""
    stamp = (version(), today())
    kept: tuple[Any, Gazetteer] | None = current_app.extensions.get(CACHE)
    if kept is None or kept[0] != stamp:
        kept = current_app.extensions[CACHE] = (stamp, _read(stamp[1]))
    return kept[1]


def _read(on: date) -> Gazetteer:
    former = select(FormerCommune.code, FormerCommune.name, FormerCommune.commune)
    maisons = select(Maison.slug, Maison.name, Maison.departement, Maison.status)
    return Gazetteer(
        _communes(on),
        {code: (name, commune) for code, name, commune in db.session.execute(former)},
        [_zone(*row) for row in db.session.execute(select(Zone.kind, Zone.code, Zone.name))],
        [MaisonFact(*row) for row in db.session.execute(maisons)],
    )


def _zone(kind: str, code: str, name: str | None) -> ZoneFact:
    """Some official tables give a zone's code without its name."""
    return ZoneFact(kind, code, name or UNNAMED.get(ZoneKind(kind), "{}").format(code))


def _communes(on: date) -> list[CommuneFact]:
    postal = defaultdict(list)
    for commune, code in db.session.execute(select(PostalCode.commune, PostalCode.code)):
        postal[commune].append(code)
    zones = zones_on(on)
    columns = (Commune.code, Commune.name, Commune.departement, Commune.population)
    rows = db.session.execute(select(*columns, Commune.longitude, Commune.latitude).order_by(Commune.code))
    return [CommuneFact(*row, tuple(sorted(postal[row[0]])), zones.get(row[0], {})) for row in rows]


def zones_on(on: date) -> dict[str, dict[str, str]]:
    """Each commune's zones that day; before the first known day, the first known zone stands."""
    columns = (
        Membership.commune,
        Membership.kind,
        Membership.code,
        Membership.starts_on,
        Membership.ends_on,
    )
    zones: dict[str, dict[str, str]] = defaultdict(dict)
    for commune, kind, code, starts_on, ends_on in db.session.execute(
        select(*columns).order_by(Membership.starts_on)
    ):
        if (ends_on is None or ends_on >= on) and (starts_on <= on or kind not in zones[commune]):
            zones[commune][kind] = code
    return dict(zones)


def commune(code: str) -> CommuneFact | None:
    """Today's commune, by its code or by an old one."""
    return gazetteer().commune(code)


def search_communes(text: str, limit: int = 10) -> list[CommuneHit]:
    return gazetteer().search(text, limit)


def misspelt_communes(text: str, limit: int = 5) -> list[CommuneHit]:
    """What was probably meant when no commune is spelled so: to propose, never to decide."""
    return gazetteer().almost(text, limit)


def place_of(code: str) -> Place | None:
    """The commune and its zones, as the engine reads them."""
    found = commune(code)
    return _place(found) if found else None


def _place(one: CommuneFact) -> Place:
    return Place(
        one.code,
        one.name,
        one.departement,
        epci=one.zones.get(ZoneKind.EPCI),
        zone_emploi=one.zones.get(ZoneKind.ZONE_EMPLOI),
        bassin_bmo=one.zones.get(ZoneKind.BASSIN_BMO),
    )


def places() -> dict[str, Place]:
    """Every commune of the region, for the directory's snapshot."""
    return {code: _place(one) for code, one in gazetteer().communes.items()}


def former() -> dict[str, str]:
    """Old commune code → today's."""
    return {old: today_code for old, (_, today_code) in gazetteer().former.items()}


def communes_by_code() -> dict[str, str]:
    """Every commune code of the region, of today or old → today's; what files hold by the hundred thousand."""
    return former() | {code: code for code in gazetteer().communes}


def elsewhere_codes() -> frozenset[str]:
    """The correct commune codes of the rest of France."""
    return frozenset(db.session.scalars(select(ElsewhereCommune.code)))


def elsewhere(code: str) -> Elsewhere | None:
    columns = (
        ElsewhereCommune.code,
        ElsewhereCommune.name,
        ElsewhereCommune.departement,
    )
    row = db.session.execute(select(*columns).where(ElsewhereCommune.code == code)).first()
    return Elsewhere(*row) if row else None


def maison_of(code: str) -> MaisonFact | None:
    """The Maison de Ma Région that answers for a commune."""
    return gazetteer().maison_of(code)


def maisons() -> Sequence[MaisonFact]:
    return sorted(gazetteer().maisons.values(), key=lambda one: one.slug)


def zone(kind: str, code: str) -> ZoneFact | None:
    return gazetteer().zone(kind, code)


def zone_title(one: ZoneFact) -> str:
    """The name a page shows: France Travail writes its basins in capitals without accents."""
    if one.name.isupper():
        return gazetteer().spelled(one.name)
    return one.name


def zones(kind: str) -> list[ZoneFact]:
    found = (one for one in gazetteer().zones.values() if one.kind == kind)
    return sorted(found, key=lambda one: one.code)


def members(kind: str, code: str) -> list[CommuneFact]:
    """The communes of a zone, the most peopled first."""
    return gazetteer().members(kind, code)


def all_communes() -> list[CommuneFact]:
    """Those of the whole region, the most peopled first."""
    return sorted(gazetteer().communes.values(), key=lambda one: (-one.population, one.code))


def datasets() -> Sequence[Dataset]:
    """What was loaded, the latest first."""
    return db.session.scalars(select(Dataset).order_by(Dataset.loaded_at.desc(), Dataset.id.desc())).all()


def latest_datasets() -> list[Dataset]:
    """The edition in use of each kind of dataset: the newest vintage, loaded last."""
    latest: dict[str, Dataset] = {}
    for one in sorted(datasets(), key=lambda one: (one.version or "", one.id)):
        latest[one.kind] = one
    return [latest[kind] for kind in sorted(latest)]


def shapes_are_kept() -> bool:
    """False in a database filled before outlines were kept: it is loaded again."""
    return db.session.scalar(select(CommuneShape.commune).limit(1)) is not None


def outlines(kind: str = ZoneKind.DEPARTEMENT) -> Mapping[str, list[Any]]:
    """The outline of each zone of a kind; nothing for a kind that is not imported."""
    rows = db.session.execute(select(Contour.code, Contour.rings).where(Contour.kind == kind))
    return dict(rows.all())


def locate(code: str) -> dict[str, object] | None:
    """The answer of the public command; None when the code is not a commune of the region."""
    book = gazetteer()
    found = book.commune(code)
    if found is None:
        return None
    maison = book.maison_of(found.code)
    return {
        "commune": found.code,
        "name": found.name,
        "postal_codes": list(found.postal_codes),
        "epci": _named(book, found, ZoneKind.EPCI),
        "departement": found.departement,
        "zone_emploi": _named(book, found, ZoneKind.ZONE_EMPLOI),
        "bassin_bmo": _named(book, found, ZoneKind.BASSIN_BMO),
        "maison": {"slug": maison.slug, "name": maison.name} if maison else None,
        "renamed_from": code if code != found.code else None,
    }


def _named(book: Gazetteer, one: CommuneFact, kind: ZoneKind) -> dict[str, str] | None:
    found = book.zone(kind, one.zones.get(kind))
    return {"code": found.code, "name": found.name} if found else None
