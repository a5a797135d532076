"""Official figures and nomenclatures come in: whole, or not at all. Each raises SheetRefused."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from app.extensions import transaction
from app.gpec.employers import ACTIVE_EMPLOYERS, COLUMNS, Tally, tally
from app.gpec.models import EmployerCount, TensionCause
from app.gpec.queries import last_import
from app.gpec.records import note_dataset, replace
from app.gpec.sources import APPELLATIONS, BMO, FAP, LICENCE, ROME, ROME_FAP, TENSIONS, Source
from app.gpec.tensions import CauseReading, cause_tables, weigh_causes
from app.gpec.weighing import Reading, weigh
from app.sheets import (
    ImportReport,
    OfficialTable,
    SheetRefused,
    batches,
    find_table,
    fingerprint,
    year_in,
)
from app.territory.queries import communes_by_code

CAUSES = "tensions-causes"
"""The workbook of the Dares lives beside the basins' tensions of France Travail, under its own name."""


def import_bmo(path: Path, dry_run: bool = False) -> ImportReport:
    """France Travail's BMO survey of one year, whole France or Occitanie."""
    return _import(BMO, path, dry_run)


def import_tensions(path: Path, dry_run: bool = False) -> ImportReport:
    """The Dares workbook of tensions and their causes, or France Travail's by BMO basin and ROME job (2019, 2020)."""
    tables = cause_tables(path)
    first = next(tables, None)
    return (
        _import_causes(path, chain([first], tables), dry_run) if first else _import(TENSIONS, path, dry_run)
    )


def import_rome(path: Path, dry_run: bool = False) -> ImportReport:
    """The list of ROME jobs, or the referentiel of ROME 4."""
    return _import(ROME, path, dry_run)


def import_appellations(path: Path, dry_run: bool = False) -> ImportReport:
    """The appellations of the ROME."""
    return _import(APPELLATIONS, path, dry_run)


def import_fap(path: Path, dry_run: bool = False) -> ImportReport:
    """The tree of the FAP-2021 (Dares), workbook or CSV."""
    return _import(FAP, path, dry_run)


def import_rome_fap(path: Path, dry_run: bool = False) -> ImportReport:
    """The Dares passage ROME × qualification → FAP-2021."""
    return _import(ROME_FAP, path, dry_run)


def import_sirene(path: Path, dry_run: bool = False) -> ImportReport:
    """INSEE's StockEtablissement, CSV or Parquet: counts of the region's active employers, nothing of any of them."""
    sha256 = fingerprint(path)
    today_of = communes_by_code()
    if not today_of:
        raise SheetRefused("Les communes ne sont pas chargées. Lancez d’abord « flask territory load ».")
    found = tally(batches(path, COLUMNS, ACTIVE_EMPLOYERS), today_of)
    year = year_in(found.latest, path.name)
    last = last_import("sirene", year)
    report = ImportReport(
        "sirene",
        year,
        found.read,
        found.kept,
        tuple(found.refused),
        found.outside,
        already_imported=last is not None and last.sha256 == sha256,
    ).accepted()
    if year is None and found.kept:
        raise SheetRefused("L’année n’est ni dans le fichier ni dans son nom. Ajoutez-la au nom.", report)
    if year and found.kept and not (dry_run or report.already_imported):
        _write_employers(found, report, int(year), sha256)
    return report


def _import_causes(path: Path, tables: Iterator[tuple[int, OfficialTable]], dry_run: bool) -> ImportReport:
    """One workbook holds several years: each takes the place of what was known of that year."""
    sha256, reading = fingerprint(path), weigh_causes(tables)
    last = last_import(CAUSES)
    report = ImportReport(
        "tensions",
        str(reading.years[-1]) if reading.years else year_in(path.name),
        reading.read,
        len(reading.kept),
        tuple(reading.refused),
        reading.outside,
        already_imported=last is not None and last.sha256 == sha256,
    ).accepted()
    if reading.kept and not (dry_run or report.already_imported):
        _write_causes(reading, report, sha256)
    return report


def _write_causes(reading: CauseReading, report: ImportReport, sha256: str) -> None:
    names = ("year", "kind", "code", "nomenclature", "fap")
    with transaction() as session:
        dataset = note_dataset(
            session,
            kind=CAUSES,
            title="Tensions et leurs causes, par famille professionnelle",
            publisher="Dares, France Travail",
            version=report.vintage,
            licence=LICENCE,
            rows=report.kept,
            sha256=sha256,
        )
        for year in reading.years:
            rows = (
                dict(zip(names, key, strict=True)) | levels | {"dataset_id": dataset}
                for key, levels in reading.kept.items()
                if key[0] == year
            )
            replace(session, TensionCause, rows, year)


def _write_employers(found: Tally, report: ImportReport, year: int, sha256: str) -> None:
    keys = ("commune", "nomenclature", "division", "band")
    with transaction() as session:
        dataset = note_dataset(
            session,
            kind=report.kind,
            title="Établissements employeurs (répertoire Sirene)",
            publisher="INSEE",
            version=report.vintage,
            licence=LICENCE,
            rows=report.kept,
            sha256=sha256,
        )
        rows = (
            dict(zip(keys, key, strict=True)) | {"year": year, "employers": count, "dataset_id": dataset}
            for key, count in sorted(found.counts.items())
        )
        replace(session, EmployerCount, rows, year)


def _import(source: Source, path: Path, dry_run: bool) -> ImportReport:
    sha256 = fingerprint(path)
    _, table = find_table(path, *source.layouts)
    reading = weigh(source, table.lines, _year_of(table))
    vintage = str(reading.year) if reading.year else year_in(path.name, reading.dated)
    last = last_import(source.kind, vintage if source.yearly else None)
    report = ImportReport(
        source.kind,
        vintage,
        reading.read,
        len(reading.kept),
        tuple(reading.refused),
        reading.outside,
        already_imported=last is not None and last.sha256 == sha256,
    ).accepted()
    if reading.kept and not (dry_run or report.already_imported):
        _write(source, reading, report, sha256)
    return report


def _year_of(table: OfficialTable) -> str:
    """The basin's column carries the year of the survey: BE24."""
    name = table.headers.get("basin", "")
    return f"20{name[-2:]}" if name[-2:].isdigit() else ""


def _write(source: Source, reading: Reading, report: ImportReport, sha256: str) -> None:
    with transaction() as session:
        dataset = note_dataset(
            session,
            kind=source.kind,
            title=source.title,
            publisher=source.publisher,
            version=report.vintage,
            licence=source.licence,
            rows=report.kept,
            sha256=sha256,
        )
        rows = (row | {"dataset_id": dataset} for row in reading.kept.values())
        replace(session, source.table, rows, reading.year)
