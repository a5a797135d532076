"""What was published of the cases: read as it was told, never computed again."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from app.extensions import db
from app.reporting.cells import Place
from app.reporting.models import Publication, PublishedCell


def publications() -> Sequence[Publication]:
    """Every quarter told, the latest first."""
    return db.session.scalars(select(Publication).order_by(Publication.quarter.desc())).all()


def publication(quarter: str | None = None) -> Publication | None:
    """That of this quarter (« 2026-T4 »), the latest when none is named; None when it was never told."""
    wanted = select(Publication).order_by(Publication.quarter.desc()).limit(1)
    return db.session.scalar(wanted if quarter is None else wanted.where(Publication.quarter == quarter))


def cells_of(told: Publication, place: Place) -> Sequence[PublishedCell]:
    """All that was told of a place, in the order of its themes, jobs and sizes."""
    wanted = select(PublishedCell).where(
        PublishedCell.publication_id == told.id,
        PublishedCell.place_kind == place.kind,
        PublishedCell.place_code == place.code,
    )
    ordered = wanted.order_by(PublishedCell.theme, PublishedCell.job, PublishedCell.size)
    return db.session.scalars(ordered).all()


def places_told(told: Publication) -> Sequence[tuple[str, str]]:
    """The kind and code of each place that has at least one count."""
    columns = PublishedCell.place_kind, PublishedCell.place_code
    wanted = select(*columns).where(PublishedCell.publication_id == told.id).distinct().order_by(*columns)
    return [(kind, code) for kind, code in db.session.execute(wanted)]


def cells_of_job(told: Publication, job: str) -> Sequence[PublishedCell]:
    """All that was told of a domain or a family, every place and theme."""
    wanted = select(PublishedCell).where(PublishedCell.publication_id == told.id, PublishedCell.job == job)
    ordered = wanted.order_by(PublishedCell.place_kind, PublishedCell.place_code, PublishedCell.theme)
    return db.session.scalars(ordered).all()


def cell_count(told: Publication) -> int:
    """How many counts a quarter tells."""
    counted = select(func.count()).where(PublishedCell.publication_id == told.id)
    return db.session.scalar(counted) or 0
