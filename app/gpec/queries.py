"""Questions put to the official figures. Nothing is summed across years or kinds of zone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from app.extensions import db
from app.gpec.figures import (
    NOTHING,
    PUBLISHED_AT,
    Cause,
    Edition,
    Employers,
    Figures,
    JobFigures,
    TensionFact,
)
from app.gpec.links import Links, families_228
from app.gpec.models import (
    BmoFigure,
    EmployerCount,
    FapFamily,
    GpecDataset,
    RomeFapLink,
    RomeJob,
    Tension,
    TensionCause,
)
from app.gpec.tensions import Nomenclature
from app.kernel.vocabulary import DEPARTEMENTS, ZoneKind
from app.territory.gazetteer import CommuneFact
from app.territory.queries import gazetteer, members

AT_ONCE = 500
OLDEST = 15
"""Years before the latest workbook of causes beyond which a tension says nothing of today."""
SUMS = (
    func.sum(BmoFigure.projects),
    func.sum(BmoFigure.difficult),
    func.sum(BmoFigure.seasonal),
    func.count(),
    func.coalesce(func.sum(case((BmoFigure.projects.is_(None), 1), else_=0)), 0),
    func.sum(case((BmoFigure.difficult.is_not(None), BmoFigure.projects))),
    func.sum(case((BmoFigure.seasonal.is_not(None), BmoFigure.projects))),
)


def last_import(kind: str, version: str | None = None) -> GpecDataset | None:
    """The last file of this kind, and of this year when one is given."""
    wanted = select(GpecDataset).where(GpecDataset.kind == kind)
    if version is not None:
        wanted = wanted.where(GpecDataset.version == version)
    return db.session.scalar(wanted.order_by(GpecDataset.id.desc()).limit(1))


def datasets() -> Sequence[GpecDataset]:
    """The files imported, the latest first."""
    return db.session.scalars(select(GpecDataset).order_by(GpecDataset.id.desc())).all()


def bmo_years() -> list[int]:
    """The editions of the survey that are in, the latest first."""
    return sorted((int(year) for year in _versions("bmo")), reverse=True)


def _versions(kind: str) -> set[str]:
    found = db.session.scalars(select(GpecDataset.version).where(GpecDataset.kind == kind))
    return {version for version in found if version}


def bmo_edition(year: int) -> Edition | None:
    """Who published the figures of this year."""
    found = last_import("bmo", str(year))
    return edition(found.id) if found else None


def bmo(year: int, kind: ZoneKind, code: str, job: str | None = None) -> Figures:
    """The figures of a place, for one job or all; kinds the survey does not reach have none."""
    if kind not in PUBLISHED_AT:
        return NOTHING
    wanted = [*_place(year, kind, code), *([BmoFigure.job == job] if job else [])]
    return summed(db.session.execute(select(*SUMS).where(*wanted)).one())


def top_jobs(year: int, kind: ZoneKind, code: str, limit: int = 10) -> list[JobFigures]:
    """The jobs of most projects; those wholly secret are not ranked."""
    projects = func.sum(BmoFigure.projects)
    wanted = (
        select(BmoFigure.job, func.max(BmoFigure.job_label), *SUMS)
        .where(*_place(year, kind, code), BmoFigure.projects.is_not(None))
        .group_by(BmoFigure.job)
        .order_by(projects.desc(), BmoFigure.job)
        .limit(limit)
    )
    return [JobFigures(job, label, summed(sums)) for job, label, *sums in db.session.execute(wanted)]


def all_jobs(year: int, kind: ZoneKind, code: str) -> list[JobFigures]:
    """Every job that has a row in a place, secret ones too, in the order of their codes."""
    wanted = select(BmoFigure.job, func.max(BmoFigure.job_label), *SUMS).where(*_place(year, kind, code))
    found = db.session.execute(wanted.group_by(BmoFigure.job).order_by(BmoFigure.job))
    return [JobFigures(job, label, summed(sums)) for job, label, *sums in found]


def bmo_of_jobs(year: int, kind: ZoneKind, code: str, jobs: Sequence[str]) -> list[JobFigures]:
    """The figures of these jobs in a place, in their order; a job without row has none, and its own name."""
    wanted = (
        select(BmoFigure.job, func.max(BmoFigure.job_label), *SUMS)
        .where(*_place(year, kind, code), BmoFigure.job.in_(jobs))
        .group_by(BmoFigure.job)
    )
    found = {job: JobFigures(job, label, summed(sums)) for job, label, *sums in db.session.execute(wanted)}
    named = family_names([job for job in jobs if job not in found])
    return [found.get(job) or JobFigures(job, named.get(job, job), NOTHING) for job in jobs]


def family_names(codes: Sequence[str]) -> dict[str, str]:
    """The names of FAP-228 families: the tree's, else the survey's."""
    if not codes:
        return {}
    survey = select(BmoFigure.job, func.max(BmoFigure.job_label)).where(BmoFigure.job.in_(codes))
    tree = select(FapFamily.fap228, FapFamily.fap228_name).where(FapFamily.fap228.in_(codes))
    found = dict(db.session.execute(survey.group_by(BmoFigure.job)).all())
    return found | dict(db.session.execute(tree).all())


def domain_names() -> dict[str, str]:
    """The names of the domains of the FAP-2021 (a letter each), as its tree gives them; none before it is in."""
    letter = func.substr(FapFamily.fap228, 1, 1)
    return dict(db.session.execute(select(letter, func.min(FapFamily.fap22_name)).group_by(letter)).all())


def _place(year: int, kind: ZoneKind, code: str) -> list[ColumnElement[bool]]:
    """Only the rows of the region are kept: the region is all of them."""
    of_year = BmoFigure.year == year
    if kind is ZoneKind.REGION:
        return [of_year]
    column = BmoFigure.departement if kind is ZoneKind.DEPARTEMENT else BmoFigure.basin
    return [of_year, column == code]


def summed(sums: Sequence[Any]) -> Figures:
    """What SUMS answered."""
    return Figures(*(None if one is None else int(one) for one in sums))  # type: ignore[arg-type]


def _communes(kind: ZoneKind, code: str) -> Iterable[CommuneFact]:
    return gazetteer().communes.values() if kind is ZoneKind.REGION else members(kind, code)


def tension_years() -> list[int]:
    """The years of tensions by basin that are in."""
    return [int(year) for year in _versions("tensions")]


def cause_years() -> Sequence[int]:
    """Those a workbook of causes may hold: it is noted under its latest."""
    latest = max((int(year) for year in _versions("tensions-causes")), default=0)
    return range(latest - OLDEST, latest + 1)


def tension(rome: str, basin: str) -> TensionFact | None:
    """The latest tension of a ROME job in a basin. Its file knows the FAP of 2009: no family is given with it."""
    wanted = select(Tension).where(
        Tension.year.in_(tension_years()), Tension.basin == basin, Tension.rome == rome
    )
    row = db.session.scalar(wanted.order_by(Tension.year.desc(), Tension.fap).limit(1))
    if row is None:
        return None
    return TensionFact(row.year, ZoneKind.BASSIN_BMO, basin, row.level, None, {}, edition(row.dataset_id))


def tension_of_family(fap: str, kind: ZoneKind, code: str) -> TensionFact | None:
    """The latest tension of a family of the FAP-2021 in a zone, with its causes; families of 2009 are another list."""
    wanted = select(TensionCause).where(
        TensionCause.year.in_(cause_years()),
        TensionCause.fap == fap,
        TensionCause.kind == kind.value,
        TensionCause.code == code,
        TensionCause.nomenclature == Nomenclature.FAP_2021.value,
    )
    row = db.session.scalar(wanted.order_by(TensionCause.year.desc()).limit(1))
    if row is None:
        return None
    return measured(row)


def causes_of(families: Sequence[str]) -> list[tuple[str, TensionFact]]:
    """(family of the FAP-2021, its latest tension) in each département that has one."""
    wanted = select(TensionCause).where(
        TensionCause.year.in_(cause_years()),
        TensionCause.kind == ZoneKind.DEPARTEMENT.value,
        TensionCause.code.in_(DEPARTEMENTS),
        TensionCause.nomenclature == Nomenclature.FAP_2021.value,
        TensionCause.fap.in_(families),
    )
    found = db.session.scalars(wanted.order_by(TensionCause.fap, TensionCause.code, TensionCause.year))
    latest = {(row.fap, row.code): row for row in found}
    return [(row.fap, measured(row)) for row in latest.values()]


def measured(row: TensionCause) -> TensionFact:
    """A row of the workbook of causes, as pages read it."""
    causes = {cause.value: level for cause in Cause if (level := getattr(row, cause.value)) is not None}
    source = edition(row.dataset_id)
    kind = ZoneKind(row.kind)
    return TensionFact(row.year, kind, row.code, row.level, Nomenclature.FAP_2021, causes, source)


def tensions_of(rome: str, basins: Sequence[str]) -> list[TensionFact]:
    """The tensions of a ROME job in these basins, the latest year that has any."""
    for year in sorted(tension_years(), reverse=True):
        wanted = select(Tension).where(Tension.year == year, Tension.basin.in_(basins), Tension.rome == rome)
        rows = db.session.scalars(wanted.order_by(Tension.basin, Tension.fap)).all()
        if rows:
            first = {row.basin: row for row in reversed(rows)}
            source = edition(rows[0].dataset_id)
            return [
                TensionFact(year, ZoneKind.BASSIN_BMO, row.basin, row.level, None, {}, source)
                for row in first.values()
            ]
    return []


def edition(dataset: int) -> Edition:
    found = db.session.get_one(GpecDataset, dataset)
    return Edition(found.title, found.publisher, found.licence)


def employers(kind: ZoneKind, code: str) -> Employers | None:
    """The active employers Sirene counts in a zone, latest year; None when nothing is imported."""
    latest = last_import("sirene")
    if latest is None or latest.version is None:
        return None
    counts: Counter[tuple[str, str, str]] = Counter()
    communes = [code] if kind is ZoneKind.COMMUNE else [one.code for one in _communes(kind, code)]
    columns = (EmployerCount.nomenclature, EmployerCount.division, EmployerCount.band)
    for start in range(0, len(communes), AT_ONCE):
        wanted = select(*columns, func.sum(EmployerCount.employers)).where(
            EmployerCount.year == int(latest.version),
            EmployerCount.commune.in_(communes[start : start + AT_ONCE]),
        )
        for nomenclature, division, band, count in db.session.execute(wanted.group_by(*columns)):
            counts[nomenclature, division, band] += int(count)
    return Employers(int(latest.version), kind, code, edition(latest.id), dict(counts))


def links(rome: str) -> Links:
    """The families of a job; a card born of a parting (ROME 4) has those of the card it comes from."""
    job = db.session.get(RomeJob, rome)
    wanted = select(RomeFapLink.fap, RomeFapLink.rome_label)
    found = db.session.execute(wanted.where(RomeFapLink.rome == rome)).all()
    label = job.name if job else next((label for _, label in found if label), None)
    if not found and job and job.parent:
        found = db.session.execute(wanted.where(RomeFapLink.rome == job.parent)).all()
    return Links(label, families_228(fap for fap, _ in found))
