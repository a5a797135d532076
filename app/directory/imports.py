"""Official lists of agreements come in: whole, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from marshmallow import Schema, ValidationError
from sqlalchemy.orm import Session

from app.directory.models import Origin
from app.directory.queries import last_import
from app.directory.records import (
    note_dataset,
    publish,
    replace_activity_links,
    replace_agreements,
    state_opcos,
)
from app.directory.rows import ActivityLinkRow, AgreementRow, IdccOpcoRow
from app.extensions import transaction
from app.sheets import Column, ImportReport, Line, RefusedRow, find_table, fingerprint, year_in

IMPORTED = "importé"


@dataclass(frozen=True, slots=True)
class Official:
    """A kind of file: its columns, its schema, and what is written from its rows."""

    kind: str
    title: str
    publisher: str
    licence: str
    layout: tuple[Column, ...]
    schema: Schema
    write: Callable[[Session, list[dict[str, Any]]], None]
    keys: tuple[str, ...] = ("idcc",)
    same: str = "La convention {idcc}"


@dataclass(slots=True)
class Reading:
    """What the rows say: kept by what names them, refused with a reason."""

    read: int = 0
    kept: dict[tuple[str, ...], dict[str, Any]] = field(default_factory=dict)
    refused: list[RefusedRow] = field(default_factory=list)


def _state(session: Session, rows: list[dict[str, Any]]) -> None:
    state_opcos(session, Origin.IMPORT, [row | {"status": IMPORTED} for row in rows])


AGREEMENTS = Official(
    "idcc",
    "Conventions collectives",
    "Dares, direction générale du travail",
    "Licence Ouverte 2.0",
    (
        Column("idcc", "idcc"),
        Column("title", "libell[ée]", label="libellé"),
        Column("active", "idcc ?actif", label="idcc actif"),
        Column("successor", "nouv ?idcc", label="nouv idcc"),
        Column("short_title", "libell[ée] ?court", required=False),
    ),
    AgreementRow(),
    replace_agreements,
)
OPCOS = Official(
    "idcc-opco",
    "OPCO des conventions collectives",
    "Source dite ligne par ligne",
    "Selon la source",
    (
        Column("idcc", "idcc"),
        Column("opco", "opco"),
        Column("source", "source"),
        Column("checked_on", "date"),
    ),
    IdccOpcoRow(),
    _state,
)
ACTIVITIES = Official(
    "naf-2025",
    "Passage de la NAF 2025 à la NAF rév. 2",
    "INSEE",
    "Licence Ouverte 2.0",
    (
        Column("naf_2025", r"(code )?naf ?2025( ?[-–:(]? ?code\)?)?", label="NAF 2025"),
        Column("naf_rev2", r"(code )?naf ?r[ée]v\.? ?2( ?[-–:(]? ?code\)?)?", label="NAF rév. 2"),
    ),
    ActivityLinkRow(),
    replace_activity_links,
    ("naf_2025", "naf_rev2"),
    "Le passage de {naf_2025} à {naf_rev2}",
)
"""À vérifier : no official file was at hand; its two columns are looked for by name, in any order."""


def import_agreements(path: Path, dry_run: bool = False) -> ImportReport:
    """The Dares list of agreements: those in force, and which one replaced which. Raises SheetRefused."""
    return _import(AGREEMENTS, path, dry_run)


def import_opcos(path: Path, dry_run: bool = False) -> ImportReport:
    """The OPCO of agreements, each with its source and date. Raises SheetRefused."""
    return _import(OPCOS, path, dry_run)


def import_activity_links(path: Path, dry_run: bool = False) -> ImportReport:
    """INSEE's correspondence between the two NAF. Raises SheetRefused."""
    return _import(ACTIVITIES, path, dry_run)


def _import(official: Official, path: Path, dry_run: bool) -> ImportReport:
    sha256 = fingerprint(path)
    _, table = find_table(path, official.layout)
    reading = _read(official, table.lines)
    last = last_import(official.kind)
    report = ImportReport(
        official.kind,
        year_in(path.name),
        reading.read,
        len(reading.kept),
        tuple(reading.refused),
        already_imported=last is not None and last.sha256 == sha256,
    ).accepted()
    if not (dry_run or report.already_imported):
        _write(official, reading, report, sha256)
    return report


def _read(official: Official, lines: Iterable[Line]) -> Reading:
    reading, seen = Reading(), dict[tuple[str, ...], int]()
    for line in lines:
        reading.read += 1
        try:
            row: dict[str, Any] = dict(official.schema.load(line.cells))
        except ValidationError as error:
            reading.refused.append(_refusal(line, error))
            continue
        key = tuple(row[name] for name in official.keys)
        if key in reading.kept:
            reason = f"{official.same.format(**row)} est déjà à la ligne {seen[key]}."
            reading.refused.append(RefusedRow(line.number, line.cells[official.keys[0]], reason))
            continue
        reading.kept[key], seen[key] = row, line.number
    return reading


def _refusal(line: Line, error: ValidationError) -> RefusedRow:
    """The first column at fault: its value and why."""
    messages: dict[str, list[str]] = error.normalized_messages()  # type: ignore[no-untyped-call]
    column, sentences = next(iter(messages.items()))
    return RefusedRow(line.number, line.cells.get(column, "")[:200], str(sentences[0]))


def _write(official: Official, reading: Reading, report: ImportReport, sha256: str) -> None:
    with transaction() as session:
        official.write(session, list(reading.kept.values()))
        note_dataset(
            session,
            kind=official.kind,
            title=official.title,
            publisher=official.publisher,
            version=report.vintage,
            licence=official.licence,
            rows=report.kept,
            sha256=sha256,
        )
        publish(session)
