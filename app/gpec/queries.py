"""Questions put to the official figures. Nothing is summed across years or kinds of zone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from app.extensions import db
from app.gpec.figures import NOTHING, PUBLISHED_AT, Edition, Figures, JobFigures
from app.gpec.links import Links, families_228
from app.gpec.models import BmoFigure, GpecDataset, RomeFapLink, RomeJob
from app.kernel.vocabulary import ZoneKind

SUMS = (
    func.sum(BmoFigure.projects),
    func.sum(BmoFigure.difficult),
    func.sum(BmoFigure.seasonal),
    func.count(),
    func.coalesce(func.sum(case((BmoFigure.projects.is_(None), 1), else_=0)), 0),
    func.sum(case((BmoFigure.difficult.is_not(None), BmoFigure.projects))),
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
    known = set(db.session.scalars(select(GpecDataset.version).where(GpecDataset.kind == "bmo")))
    return sorted((int(year) for year in known if year), reverse=True)


def bmo_edition(year: int) -> Edition | None:
    """Who published the figures of this year."""
    found = last_import("bmo", str(year))
    return Edition(found.title, found.publisher, found.licence) if found else None


def bmo(year: int, kind: ZoneKind, code: str, job: str | None = None) -> Figures:
    """The figures of a place, for one job or all; kinds the survey does not reach have none."""
    if kind not in PUBLISHED_AT:
        return NOTHING
    wanted = [*_place(year, kind, code), *([BmoFigure.job == job] if job else [])]
    return _figures(db.session.execute(select(*SUMS).where(*wanted)).one())


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
    return [JobFigures(job, label, _figures(sums)) for job, label, *sums in db.session.execute(wanted)]


def _place(year: int, kind: ZoneKind, code: str) -> list[ColumnElement[bool]]:
    """Only the rows of the region are kept: the region is all of them."""
    of_year = BmoFigure.year == year
    if kind is ZoneKind.REGION:
        return [of_year]
    column = BmoFigure.departement if kind is ZoneKind.DEPARTEMENT else BmoFigure.basin
    return [of_year, column == code]


def _figures(sums: Sequence[Any]) -> Figures:
    return Figures(*(None if one is None else int(one) for one in sums))  # type: ignore[arg-type]


def links(rome: str) -> Links:
    """The families of a job; a card born of a parting (ROME 4) has those of the card it comes from."""
    job = db.session.get(RomeJob, rome)
    wanted = select(RomeFapLink.fap, RomeFapLink.rome_label)
    found = db.session.execute(wanted.where(RomeFapLink.rome == rome)).all()
    label = job.name if job else next((label for _, label in found if label), None)
    if not found and job and job.parent:
        found = db.session.execute(wanted.where(RomeFapLink.rome == job.parent)).all()
    return Links(label, families_228(fap for fap, _ in found))
