"""Official figures and nomenclatures come in: whole, or not at all. Each raises SheetRefused."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from app.extensions import transaction
from app.gpec.employers import ACTIVE_EMPLOYERS, COLUMNS, Tally, tally
from app.gpec.models import EmployerCount, GpecDataset, TensionCause
from app.gpec.queries import last_import
from app.gpec.records import note_dataset, replace
from app.gpec.sources import (
    AGES,
    APPELLATIONS,
    BMO,
    CAUSES,
    FAP,
    ROME,
    ROME_FAP,
    SIRENE,
    TENSIONS,
    TRAININGS,
    Source,
    invented_of,
)
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


def import_invented(folder: Path) -> None:
    """Invented lines of the FAP and of its passage for a demonstration; the files, once imported, replace them."""
    for source in (FAP, ROME_FAP):
        if last_import(source.kind) is None:
            _import(invented_of(source), folder / f"{source.kind}.csv", dry_run=False)


def import_ages(path: Path, dry_run: bool = False) -> ImportReport:
    """People at work by age, family and zone, in the desk's own layout."""
    return _import(AGES, path, dry_run)


def import_trainings(path: Path, dry_run: bool = False) -> ImportReport:
    """Trainings by job and zone, in the desk's own layout."""
    return _import(TRAININGS, path, dry_run)


def import_sirene(path: Path, dry_run: bool = False) -> ImportReport:
    """INSEE's StockEtablissement, CSV or Parquet: counts of the region's active employers, nothing of any of them."""
    sha256, today_of = fingerprint(path), communes_by_code()
    if not today_of:
        raise SheetRefused("Les communes ne sont pas chargées. Lancez d’abord « flask territory load ».")
    found = tally(batches(path, COLUMNS, ACTIVE_EMPLOYERS), today_of)
    year = year_in(found.latest, path.name)
    report = _report(SIRENE.kind, year, found, found.kept, _same(last_import(SIRENE.kind, year), sha256))
    if year is None and found.kept:
        raise SheetRefused("L’année n’est ni dans le fichier ni dans son nom. Ajoutez-la au nom.", report)
    if year and found.kept and not (dry_run or report.already_imported):
        with transaction() as session:
            dataset = note_dataset(session, SIRENE, report, sha256)
            replace(session, EmployerCount, found.rows(int(year), dataset), int(year))
    return report


def _import_causes(path: Path, tables: Iterator[tuple[int, OfficialTable]], dry_run: bool) -> ImportReport:
    """One workbook holds several years: each takes the place of what was known of that year."""
    sha256, reading = fingerprint(path), weigh_causes(tables)
    vintage = str(reading.years[-1]) if reading.years else year_in(path.name)
    already = _same(last_import(CAUSES.kind), sha256)
    report = _report(TENSIONS.kind, vintage, reading, len(reading.kept), already)
    if reading.kept and not (dry_run or already):
        with transaction() as session:
            dataset = note_dataset(session, CAUSES, report, sha256)
            for year in reading.years:
                replace(session, TensionCause, reading.rows(year, dataset), year)
    return report


def _import(source: Source, path: Path, dry_run: bool) -> ImportReport:
    sha256 = fingerprint(path)
    _, table = find_table(path, *source.layouts)
    reading = weigh(source, table.lines, _year_of(table))
    vintage = str(reading.year) if reading.year else year_in(path.name, reading.dated)
    already = _same(last_import(source.kind, vintage if source.yearly else None), sha256)
    report = _report(source.kind, vintage, reading, len(reading.kept), already)
    if reading.kept and not (dry_run or already):
        with transaction() as session:
            dataset = note_dataset(session, source, report, sha256)
            rows = (row | {"dataset_id": dataset} for row in reading.kept.values())
            replace(session, source.table, rows, reading.year)
    return report


def _year_of(table: OfficialTable) -> str:
    """The basin's column carries the year of the survey: BE24."""
    name = table.headers.get("basin", "")
    return f"20{name[-2:]}" if name[-2:].isdigit() else ""


def _same(last: GpecDataset | None, sha256: str) -> bool:
    return last is not None and last.sha256 == sha256


def _report(
    kind: str, vintage: str | None, reading: Reading | CauseReading | Tally, kept: int, already: bool
) -> ImportReport:
    """What became of the rows. Raises SheetRefused."""
    refused = tuple(reading.refused)
    return ImportReport(kind, vintage, reading.read, kept, refused, reading.outside, already).accepted()
