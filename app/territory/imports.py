"""Official zoning files come in: whole, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.extensions import db, transaction
from app.kernel.clock import today
from app.sheets import ImportReport, SheetRefused, find_table, find_tables, fingerprint, year_in
from app.territory import queries
from app.territory.actions import KIND as COMMUNES
from app.territory.models import Dataset
from app.territory.records import (
    date_memberships,
    draw_contours,
    name_zones,
    note_dataset,
    raise_version,
)
from app.territory.zonings import (
    BMO_BASINS,
    ZONE_NAMES,
    ZONES_EMPLOI,
    Known,
    Reading,
    Zoning,
    weigh,
    weigh_names,
)

LICENCE = "Licence Ouverte 2.0"
NAMES_SUFFIX = ":names"


@dataclass(frozen=True, slots=True)
class Source:
    """A file about to be imported: what it is, which year it speaks of, its hash."""

    zoning: Zoning
    dataset: str
    vintage: str | None
    sha256: str

    @property
    def starts_on(self) -> date:
        return date(int(self.vintage), 1, 1) if self.vintage else today()


def import_zones_emploi(path: Path, dry_run: bool = False) -> ImportReport:
    """INSEE's table (commune → zone d'emploi), or INSEE's list of the zones' names. Raises SheetRefused."""
    return _import(ZONES_EMPLOI, path, dry_run)


def import_bmo_basins(path: Path, dry_run: bool = False) -> ImportReport:
    """France Travail's table (commune → basin of the BMO survey). Raises SheetRefused."""
    return _import(BMO_BASINS, path, dry_run)


def _import(zoning: Zoning, path: Path, dry_run: bool) -> ImportReport:
    source, reading = _read(zoning, path)
    already = _is_current(source)
    report = ImportReport(
        zoning.slug,
        source.vintage,
        reading.read,
        reading.kept,
        tuple(reading.refused),
        reading.outside,
        already,
    ).accepted()
    if not (dry_run or already):
        _write(source, reading)
    return report


def _read(zoning: Zoning, path: Path) -> tuple[Source, Reading]:
    known = _known()
    sha256 = fingerprint(path)
    layouts = (zoning.layout, ZONE_NAMES) if zoning is ZONES_EMPLOI else (zoning.layout,)
    rank, table = find_table(path, *layouts)
    vintage = year_in(path.name, *(f"20{name[-2:]}" for name in _dated(table.headers)))
    if rank:
        used = {zone for one in known.communes.values() if (zone := one.zones.get(zoning.kind))}
        names = weigh_names(table.lines, used or None)
        return Source(zoning, zoning.slug + NAMES_SUFFIX, vintage, sha256), names
    reading = weigh(table.lines, Known(known.communes, queries.former(), queries.elsewhere_codes()))
    if zoning is ZONES_EMPLOI:
        reading.names = _names_beside(path, reading) | reading.names
    return Source(zoning, zoning.slug, vintage, sha256), reading


def _known() -> Any:
    book = queries.gazetteer()
    if not book.communes:
        raise SheetRefused("Les communes ne sont pas chargées. Lancez d’abord « flask territory load ».")
    return book


def _dated(headers: dict[str, str]) -> list[str]:
    """The published name of the zone's column ends with its year: ZE2020, BE24."""
    name = headers.get("zone", "")
    return [name] if name[-2:].isdigit() else []


def _names_beside(path: Path, reading: Reading) -> dict[str, str]:
    """INSEE's workbook holds the names in another sheet."""
    used = set(reading.zone_of.values())
    names: dict[str, str] = {}
    for _, table in find_tables(path, ZONE_NAMES):
        names |= weigh_names(table.lines, used).names
    return names


def _is_current(source: Source) -> bool:
    """This very file was the last one of its kind and year, over the communes as they are now."""
    wanted = select(Dataset).where(Dataset.kind == source.dataset, Dataset.version == source.vintage)
    last = db.session.scalar(wanted.order_by(Dataset.id.desc()).limit(1))
    return last is not None and (last.sha256, last.against) == (source.sha256, _reference())


def _reference() -> str | None:
    wanted = select(Dataset.sha256).where(Dataset.kind == COMMUNES).order_by(Dataset.id.desc()).limit(1)
    return db.session.scalar(wanted)


def _write(source: Source, reading: Reading) -> None:
    kind = source.zoning.kind
    against = _reference()
    codes = sorted({*reading.zone_of.values(), *reading.names})
    zones = [
        {"kind": kind.value, "code": code, "name": reading.names.get(code), "vintage": source.vintage}
        for code in codes
    ]
    with transaction() as session:
        name_zones(session, zones)
        date_memberships(session, kind.value, reading.zone_of, source.starts_on)
        if reading.zone_of:
            draw_contours(session, [kind])
        note_dataset(session, **_facts(source, reading), against=against)
        raise_version(session)


def _facts(source: Source, reading: Reading) -> dict[str, object]:
    return {
        "kind": source.dataset,
        "title": source.zoning.title,
        "publisher": source.zoning.publisher,
        "version": source.vintage,
        "licence": LICENCE,
        "rows": reading.kept,
        "sha256": source.sha256,
    }
