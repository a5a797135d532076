"""Rows of the territory, added to the open transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app.extensions import Model
from app.kernel.clock import today, utcnow
from app.kernel.vocabulary import DEPARTEMENTS, ZoneKind
from app.territory.contours import merged, outlines
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
from app.territory.queries import zones_on
from app.territory.selection import Row, Selection

DAY = timedelta(days=1)
TO_CHECK = "a_verifier"
CHECKED = "verifie"


DRAWN = (ZoneKind.DEPARTEMENT, ZoneKind.EPCI, ZoneKind.ZONE_EMPLOI, ZoneKind.BASSIN_BMO)
"""The kinds of zone that have a map."""


def write_selection(session: Session, kept: Selection, seen_on: date) -> None:
    """Bring the tables to the state of the reference; zonings imported from files stay."""
    for table in (PostalCode, FormerCommune, ElsewhereCommune, CommuneShape):
        session.execute(delete(table))
    _write_communes(session, kept.communes)
    _add(session, PostalCode, kept.postal_codes)
    _add(session, FormerCommune, kept.former)
    _add(session, ElsewhereCommune, kept.elsewhere.values())
    name_zones(session, kept.zones)
    for kind, zone_of in kept.zone_of.items():
        date_memberships(session, kind, zone_of, seen_on)
    shapes = ({"commune": code, "shape": merged(parts)} for code, parts in kept.shapes.items())
    _add(session, CommuneShape, shapes)
    draw_contours(session, DRAWN)


def draw_contours(session: Session, kinds: Iterable[ZoneKind]) -> None:
    """Dissolve the communes of today's zones of these kinds; a kind that is not imported has no outline."""
    session.flush()
    columns = select(CommuneShape.commune, CommuneShape.shape)
    shapes: dict[str, bytes] = dict(session.execute(columns).all())
    zones = zones_on(today())
    for kind in kinds:
        parts: dict[str, list[bytes]] = defaultdict(list)
        for commune in sorted(shapes.keys() & zones.keys()):
            if code := zones[commune].get(kind):
                parts[code].append(shapes[commune])
        drawn = outlines(parts)
        session.execute(delete(Contour).where(Contour.kind == kind.value))
        rows = ({"kind": kind.value, "code": code, "rings": rings} for code, rings in drawn.items())
        _add(session, Contour, rows)


def _add(session: Session, table: type[Model], rows: Iterable[Mapping[str, Any]]) -> None:
    rows = [dict(row) for row in rows]
    if rows:
        session.execute(insert(table), rows)


def _write_communes(session: Session, rows: list[Row]) -> None:
    known = set(session.scalars(select(Commune.code)))
    _add(session, Commune, [row for row in rows if row["code"] not in known])
    changed = [row for row in rows if row["code"] in known]
    if changed:
        session.execute(update(Commune), changed)
    _forget(session, known - {row["code"] for row in rows})


def _forget(session: Session, gone: set[str]) -> None:
    """A merged commune lives on as an old name of another."""
    for code in sorted(gone):
        session.execute(delete(Membership).where(Membership.commune == code))
        session.execute(delete(Commune).where(Commune.code == code))


def name_zones(session: Session, zones: Iterable[Row]) -> None:
    """Add zones or rename them; an older vintage never renames a newer one."""
    known = {(one.kind, one.code): one for one in session.scalars(select(Zone))}
    for row in zones:
        zone = known.get((row["kind"], row["code"]))
        if zone is None:
            zone = known[row["kind"], row["code"]] = Zone(kind=row["kind"], code=row["code"])
            session.add(zone)
        if row["name"] and (zone.name is None or (zone.vintage or "") <= (row["vintage"] or "")):
            zone.name, zone.vintage = row["name"], row["vintage"]
    session.flush()


def date_memberships(session: Session, kind: str, zone_of: Mapping[str, str], starts_on: date) -> None:
    """Each commune belongs to its zone from `starts_on`, until the day before the next row that is known."""
    lives: dict[str, list[Membership]] = defaultdict(list)
    rows = select(Membership).where(Membership.kind == kind).order_by(Membership.starts_on)
    for row in session.scalars(rows):
        lives[row.commune].append(row)
    new = []
    for commune, code in zone_of.items():
        ends_on = _make_room(lives[commune], code, starts_on)
        if ends_on is not False:
            fact = {"commune": commune, "kind": kind, "code": code}
            new.append(fact | {"starts_on": starts_on, "ends_on": ends_on})
    session.flush()
    _add(session, Membership, new)


def _make_room(life: list[Membership], code: str, starts_on: date) -> date | bool | None:
    """Close what comes before; the end of the new row, or False when no row is to be added."""
    before = [row for row in life if row.starts_on <= starts_on]
    after = [row for row in life if row.starts_on > starts_on]
    if before and before[-1].starts_on == starts_on:
        before[-1].code = code
        return False
    if before and before[-1].code == code and before[-1].ends_on is None:
        return False
    if before:
        before[-1].ends_on = starts_on - DAY
    return after[0].starts_on - DAY if after else None


def open_maisons(session: Session) -> None:
    """One Maison per département until an administrator says better; those that exist are left alone."""
    known = set(session.scalars(select(Maison.departement)))
    for code, name in DEPARTEMENTS.items():
        if code not in known:
            title = f"Maison de Ma Région — {name}"
            session.add(Maison(slug=f"mmr-{code}", name=title, departement=code, status=TO_CHECK))


def note_dataset(session: Session, **facts: Any) -> None:
    session.add(Dataset(loaded_at=utcnow(), **facts))


def rename_maison(session: Session, slug: str, name: str, *, checked: bool) -> bool:
    """Give a Maison its own name; False when there is none of this slug."""
    maison = session.get(Maison, slug)
    if maison is None:
        return False
    maison.name, maison.status = name, CHECKED if checked else TO_CHECK
    raise_version(session)
    return True


def raise_version(session: Session) -> None:
    """What other processes keep in memory is old from now on."""
    row = session.get(TerritoryVersion, 1)
    if row is None:
        session.add(TerritoryVersion(id=1, number=1))
    else:
        row.number += 1
