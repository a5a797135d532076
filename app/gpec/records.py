"""Rows of official figures, added to the open transaction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from app.extensions import Model
from app.gpec.models import GpecDataset
from app.gpec.sources import Published, Source
from app.kernel.clock import utcnow
from app.sheets import ImportReport


def note_dataset(session: Session, source: Published | Source, report: ImportReport, sha256: str) -> int:
    """The file these rows came from."""
    dataset = GpecDataset(
        kind=source.kind,
        title=source.title,
        publisher=source.publisher,
        version=report.vintage,
        licence=source.licence,
        rows=report.kept,
        sha256=sha256,
        loaded_at=utcnow(),
    )
    session.add(dataset)
    session.flush()
    return dataset.id


def replace(session: Session, table: type[Model], rows: Iterable[dict[str, Any]], year: int | None) -> None:
    """The rows of a year take the place of that year's rows; without year, of all."""
    old = delete(table)
    if year is not None:
        old = old.where(table.__table__.c.year == year)
    session.execute(old)
    session.execute(insert(table), list(rows))
