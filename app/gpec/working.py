"""Who works in a place, by age, and the trainings it offers: as the files brought by the desk say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.extensions import db
from app.gpec import queries
from app.gpec.jobs import names
from app.gpec.models import AgeFigure, TrainingOffer
from app.kernel.vocabulary import ZoneKind

ALL = ""
"""The family that stands for all of them."""
FEWEST = 50
"""Under that many workers a share says little: the family is not ranked (the survey's own limit for its shares)."""


@dataclass(frozen=True, slots=True)
class Ages:
    """The workers of a family, and the shares of those under 30 and of 50 and over, in percent; None is unknown."""

    family: str
    workers: int | None
    young: float | None
    senior: float | None


@dataclass(frozen=True, slots=True)
class PlaceAges:
    """The place's own line, the families that will lose most people, eldest first, and the region beside."""

    year: int
    origin: str
    whole: Ages | None
    eldest: tuple[Ages, ...]
    region: Ages | None

    @property
    def lines(self) -> tuple[Ages, ...]:
        """As a table shows them: the place, the region, the families."""
        return tuple(one for one in (self.whole, self.region, *self.eldest) if one)


@dataclass(frozen=True, slots=True)
class JobTraining:
    rome: str
    job: str
    trainings: int
    places: int | None


@dataclass(frozen=True, slots=True)
class PlaceTrainings:
    """The jobs most trained for; `places` sums what is said, `unsaid` counts the trainings that do not say."""

    year: int
    origin: str
    trainings: int
    places: int
    unsaid: int
    jobs: tuple[JobTraining, ...]


def ages(kind: ZoneKind, code: str, region: str, limit: int) -> PlaceAges | None:
    """The latest year that speaks of this place."""
    of_place = (AgeFigure.kind == kind.value, AgeFigure.code == code)
    year = db.session.scalar(select(func.max(AgeFigure.year)).where(*of_place))
    if year is None:
        return None
    rows = db.session.scalars(select(AgeFigure).where(AgeFigure.year == year, *of_place)).all()
    beside = db.session.get(AgeFigure, (year, ZoneKind.REGION.value, region, ALL))
    whole = next((row for row in rows if row.fap == ALL), None)
    origin = (whole or rows[0]).origin
    return PlaceAges(
        year,
        origin,
        _shares(whole, "Ensemble") if whole else None,
        _eldest(rows, limit),
        _shares(beside, "Occitanie") if beside and kind is not ZoneKind.REGION else None,
    )


def _eldest(rows: Sequence[AgeFigure], limit: int) -> tuple[Ages, ...]:
    known = [
        row for row in rows if row.fap != ALL and (row.workers or 0) >= FEWEST and row.over_50 is not None
    ]
    known.sort(key=lambda row: (-(row.over_50 or 0) / (row.workers or 1), row.fap))
    called = queries.family_names([row.fap for row in known[:limit]])
    return tuple(_shares(row, called.get(row.fap, row.fap)) for row in known[:limit])


def _shares(row: AgeFigure, label: str) -> Ages:
    def share(part: int | None) -> float | None:
        return None if part is None or not row.workers else 100 * part / row.workers

    return Ages(label, row.workers, share(row.under_30), share(row.over_50))


def trainings(kind: ZoneKind, code: str, limit: int) -> PlaceTrainings | None:
    """The latest year that speaks of this place."""
    of_place = (TrainingOffer.kind == kind.value, TrainingOffer.code == code)
    year = db.session.scalar(select(func.max(TrainingOffer.year)).where(*of_place))
    if year is None:
        return None
    count, places = func.count(), func.sum(TrainingOffer.places)
    of_year = (TrainingOffer.year == year, *of_place)
    grouped = select(TrainingOffer.rome, count, places).where(*of_year).group_by(TrainingOffer.rome)
    rows = db.session.execute(grouped.order_by(count.desc(), TrainingOffer.rome).limit(limit)).all()
    whole = select(count, places, count - func.count(TrainingOffer.places), func.min(TrainingOffer.origin))
    total, seats, unsaid, origin = db.session.execute(whole.where(*of_year)).one()
    labels = names().labels
    jobs = tuple(JobTraining(rome, labels.get(rome, rome), many, room) for rome, many, room in rows)
    return PlaceTrainings(year, origin, total, int(seats or 0), unsaid, jobs)
