"""Official lists of local actors come in as proposals: whole, or not at all. Each raises SheetRefused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.directory.queries import last_import
from app.directory.records import note_dataset
from app.extensions import transaction
from app.proposals.records import Placed, propose
from app.proposals.structures import Structure, fault_of, from_inclusion, from_local_service
from app.sheets import ImportReport, RefusedRow, SheetRefused, fingerprint, objects
from app.territory.queries import communes_by_code


@dataclass(frozen=True, slots=True)
class Source:
    """A list of local actors: where its objects stand, and how one is read."""

    kind: str
    title: str
    publisher: str
    key: str
    read: Callable[[Mapping[str, Any]], Structure]
    licence: str = "Licence Ouverte 2.0"


LOCAL_SERVICES = Source(
    "local-services",
    "Annuaire de l’administration : services locaux",
    "Direction de l’information légale et administrative (DILA)",
    "service",
    from_local_service,
)
DATA_INCLUSION = Source(
    "data-inclusion",
    "Structures de l’insertion (data·inclusion)",
    "Plateforme de l’inclusion",
    "items",
    from_inclusion,
)


@dataclass(slots=True)
class Reading:
    """What the list says, kept by the source's own identifier."""

    read: int = 0
    outside: int = 0
    kept: dict[str, Placed] = field(default_factory=dict)
    refused: list[RefusedRow] = field(default_factory=list)
    latest: str | None = None


def import_local_services(path: Path, dry_run: bool = False) -> ImportReport:
    """The DILA's list of local services."""
    return _import(LOCAL_SERVICES, path, dry_run)


def import_inclusion(path: Path, dry_run: bool = False) -> ImportReport:
    """The structures of data·inclusion."""
    return _import(DATA_INCLUSION, path, dry_run)


def _import(source: Source, path: Path, dry_run: bool) -> ImportReport:
    sha256 = fingerprint(path)
    reading = _read(source, path)
    last = last_import(source.kind)
    report = ImportReport(
        source.kind,
        reading.latest,
        reading.read,
        len(reading.kept),
        tuple(reading.refused),
        reading.outside,
        already_imported=last is not None and last.sha256 == sha256,
    ).accepted()
    if not (dry_run or report.already_imported):
        _write(source, reading, report, sha256)
    return report


def _read(source: Source, path: Path) -> Reading:
    """Outside: elsewhere in France, nowhere said, or no kind of actor of this desk (a town hall, a school)."""
    today_of, reading = communes_by_code(), Reading()
    if not today_of:
        raise SheetRefused("Les communes ne sont pas chargées. Lancez d’abord « flask territory load ».")
    for rank, one in objects(path, source.key):
        reading.read += 1
        structure = source.read(one)
        commune = today_of.get(structure.commune)
        if commune is None or structure.actor is None:
            reading.outside += 1
        elif fault := fault_of(structure):
            reading.refused.append(RefusedRow(rank, structure.name[:200], fault))
        elif structure.reference in reading.kept:
            reading.refused.append(
                RefusedRow(rank, structure.reference, "Cet identifiant est déjà pris plus haut.")
            )
        else:
            served = sorted({today_of[code] for code in structure.served if code in today_of})
            reading.kept[structure.reference] = (structure, commune, served)
            reading.latest = max(reading.latest or "", str(structure.updated_on or "")) or None
    return reading


def _write(source: Source, reading: Reading, report: ImportReport, sha256: str) -> None:
    with transaction() as session:
        propose(session, source.kind, reading.kept.values())
        note_dataset(
            session,
            kind=source.kind,
            title=source.title,
            publisher=source.publisher,
            version=report.vintage,
            licence=source.licence,
            rows=report.kept,
            sha256=sha256,
        )
