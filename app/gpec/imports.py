"""Official figures and nomenclatures come in: whole, or not at all. Each raises SheetRefused."""

from __future__ import annotations

from pathlib import Path

from app.extensions import transaction
from app.gpec.queries import last_import
from app.gpec.records import note_dataset, replace
from app.gpec.sources import APPELLATIONS, BMO, FAP, ROME, ROME_FAP, TENSIONS, Source
from app.gpec.weighing import Reading, weigh
from app.sheets import ImportReport, OfficialTable, find_table, fingerprint, year_in


def import_bmo(path: Path, dry_run: bool = False) -> ImportReport:
    """France Travail's BMO survey of one year, whole France or Occitanie."""
    return _import(BMO, path, dry_run)


def import_tensions(path: Path, dry_run: bool = False) -> ImportReport:
    """France Travail's tensions by BMO basin and ROME job (2019, 2020)."""
    return _import(TENSIONS, path, dry_run)


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
