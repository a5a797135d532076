"""A job of the ROME: its names, every family it belongs to, the figures of each by place."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlalchemy import func, select

from app.extensions import db
from app.gpec import queries
from app.gpec.figures import JobFigures
from app.gpec.job_names import JobHit, JobNames
from app.gpec.links import LEVEL_228
from app.gpec.models import BmoFigure, FapFamily, RomeAppellation, RomeFapLink, RomeJob
from app.kernel.vocabulary import DEPARTEMENTS, ZoneKind
from app.territory.queries import zone, zone_title
from app.triage.occupations import occupation

CACHE = "gpec_job_names"
NAMING = ("rome", "rome-appellations", "rome-fap")
NO_LEVEL = 0
"""Qualification unknown, in the passage of the Dares."""


@dataclass(frozen=True, slots=True)
class Family:
    """A FAP-228 family of a job, at which qualifications, and the other jobs its figures count."""

    code: str
    name: str
    qualifications: tuple[int, ...]
    others: tuple[JobHit, ...]


@dataclass(frozen=True, slots=True)
class Job:
    rome: str
    label: str
    appellations: tuple[str, ...]
    families: tuple[Family, ...]


@dataclass(frozen=True, slots=True)
class PlaceFigures:
    """A place of the survey and what it says of one family there."""

    kind: ZoneKind
    code: str
    name: str
    figures: JobFigures


def names() -> JobNames:
    """The names in memory, read again when a file that names jobs comes in."""
    stamp = tuple(one.id if (one := queries.last_import(kind)) else 0 for kind in NAMING)
    kept: tuple[Any, JobNames] | None = current_app.extensions.get(CACHE)
    if kept is None or kept[0] != stamp:
        kept = current_app.extensions[CACHE] = (stamp, _read())
    return kept[1]


def _read() -> JobNames:
    linked = select(RomeFapLink.rome, func.max(RomeFapLink.rome_label)).group_by(RomeFapLink.rome)
    labels = {rome: label for rome, label in db.session.execute(linked) if label}
    labels |= {row.code: row.name for row in db.session.execute(select(RomeJob.code, RomeJob.name))}
    called = db.session.execute(select(RomeAppellation.name, RomeAppellation.rome))
    return JobNames(labels, ((name, rome) for name, rome in called))


def search(text: str, limit: int) -> list[JobHit]:
    """By code, by official name, else by the everyday name the desk knows, misspelt or not."""
    book = names()
    found = book.search(text, limit)
    everyday = occupation(text) if not found else None
    return book.search(everyday.rome, limit) if everyday else found


def job(rome: str) -> Job | None:
    label = names().labels.get(rome)
    if label is None:
        return None
    called = select(RomeAppellation.name).where(RomeAppellation.rome == rome).order_by(RomeAppellation.name)
    codes = queries.links(rome).fap228
    wanted = select(RomeFapLink.fap, RomeFapLink.qualification).where(RomeFapLink.rome == rome)
    levels: dict[str, set[int]] = defaultdict(set)
    for fap, level in db.session.execute(wanted):
        levels[fap[:LEVEL_228]].add(level)
    called_so = queries.family_names(codes)
    families = tuple(
        Family(
            code,
            called_so.get(code, code),
            tuple(sorted(levels[code] - {NO_LEVEL})),
            tuple(one for one in jobs_of_family(code) if one.rome != rome),
        )
        for code in codes
    )
    return Job(rome, label, tuple(db.session.scalars(called)), families)


def jobs_of_family(code: str) -> list[JobHit]:
    """Every job of a FAP-228 family, by its FAP-341 codes: no table is read whole."""
    finest = select(FapFamily.code).where(FapFamily.fap228 == code)
    codes = {code, *db.session.scalars(finest)}
    wanted = select(RomeFapLink.rome).where(RomeFapLink.fap.in_(codes)).distinct().order_by(RomeFapLink.rome)
    labels = names().labels
    return [JobHit(rome, labels.get(rome, rome)) for rome in db.session.scalars(wanted)]


def by_departement(year: int, family: str) -> list[PlaceFigures]:
    return _by(year, family, ZoneKind.DEPARTEMENT)


def by_basin(year: int, family: str) -> list[PlaceFigures]:
    return _by(year, family, ZoneKind.BASSIN_BMO)


def _by(year: int, family: str, kind: ZoneKind) -> list[PlaceFigures]:
    """The places that have a row, in the order of their codes; those wholly secret are among them."""
    column = BmoFigure.departement if kind is ZoneKind.DEPARTEMENT else BmoFigure.basin
    wanted = (
        select(column, func.max(BmoFigure.basin_name), func.max(BmoFigure.job_label), *queries.SUMS)
        .where(BmoFigure.job == family, BmoFigure.year == year)
        .group_by(column)
        .order_by(column)
    )
    return [
        PlaceFigures(kind, code, _named(kind, code, basin), JobFigures(family, label, queries.summed(sums)))
        for code, basin, label, *sums in db.session.execute(wanted)
    ]


def _named(kind: ZoneKind, code: str, basin: str) -> str:
    if kind is ZoneKind.DEPARTEMENT:
        return DEPARTEMENTS.get(code, code)
    found = zone(kind, code)
    return zone_title(found) if found else basin
