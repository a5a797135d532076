"""What was published of the cases: read as it was told, never computed again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.extensions import db
from app.reporting.cells import Place
from app.reporting.models import Publication, PublishedCell

STANDS = Publication.withdrawn_at.is_(None)


@dataclass(frozen=True, slots=True)
class Told:
    """A quarter as it was told; `settings` are the rules of secrecy of its day."""

    id: int
    quarter: str
    published_at: datetime
    settings: Mapping[str, Any]
    is_demo: bool


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A quarter that was told and is no longer, and why."""

    quarter: str
    at: datetime
    why: str


def publications() -> list[Told]:
    """Every quarter told, the latest first."""
    rows = db.session.scalars(select(Publication).where(STANDS).order_by(Publication.quarter.desc()))
    return [_told(one) for one in rows]


def publication(quarter: str | None = None) -> Told | None:
    """That of this quarter (« 2026-T4 »), the latest when none is named; None when it was never told, or withdrawn."""
    wanted = select(Publication).where(STANDS).order_by(Publication.quarter.desc()).limit(1)
    row = db.session.scalar(wanted if quarter is None else wanted.where(Publication.quarter == quarter))
    return _told(row) if row else None


def withdrawn() -> list[Withdrawn]:
    """Every quarter that was withdrawn, the latest first."""
    rows = db.session.scalars(select(Publication).where(~STANDS).order_by(Publication.quarter.desc()))
    return [
        Withdrawn(one.quarter, one.withdrawn_at, one.withdrawn_why or "") for one in rows if one.withdrawn_at
    ]


def cells_of(told: Told, place: Place) -> Sequence[PublishedCell]:
    """All that was told of a place, in the order of its themes, jobs and sizes."""
    wanted = select(PublishedCell).where(
        PublishedCell.publication_id == told.id,
        PublishedCell.place_kind == place.kind,
        PublishedCell.place_code == place.code,
    )
    ordered = wanted.order_by(PublishedCell.theme, PublishedCell.job, PublishedCell.size)
    return db.session.scalars(ordered).all()


def places_told(told: Told) -> Sequence[tuple[str, str]]:
    """The kind and code of each place that has at least one count."""
    columns = PublishedCell.place_kind, PublishedCell.place_code
    wanted = select(*columns).where(PublishedCell.publication_id == told.id).distinct().order_by(*columns)
    return [(kind, code) for kind, code in db.session.execute(wanted)]


def cells_of_job(told: Told, job: str) -> Sequence[PublishedCell]:
    """All that was told of a domain or a family, every place and theme, all sizes together."""
    wanted = select(PublishedCell).where(
        PublishedCell.publication_id == told.id, PublishedCell.job == job, PublishedCell.size == ""
    )
    ordered = wanted.order_by(PublishedCell.place_kind, PublishedCell.place_code, PublishedCell.theme)
    return db.session.scalars(ordered).all()


def cell_count(told: Told) -> int:
    """How many counts a quarter tells."""
    counted = select(func.count()).where(PublishedCell.publication_id == told.id)
    return db.session.scalar(counted) or 0


def all_cells(told: Told) -> Sequence[PublishedCell]:
    """All that a quarter tells: the region first, then by place, theme, job and size."""
    columns = PublishedCell.theme, PublishedCell.job, PublishedCell.size
    wanted = select(PublishedCell).where(PublishedCell.publication_id == told.id)
    ordered = wanted.order_by(PublishedCell.place_kind.desc(), PublishedCell.place_code, *columns)
    return db.session.scalars(ordered).all()


def _told(row: Publication) -> Told:
    return Told(row.id, row.quarter, row.published_at, row.settings, row.is_demo)
