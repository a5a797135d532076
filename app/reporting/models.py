"""What was published of the cases, quarter by quarter, kept as it was told. A secret count has no row."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model


class Publication(Model):
    """A quarter told once and for all. `settings` keeps the rules of secrecy that were applied that day.

    An erroneous one is withdrawn: kept, no longer read, never told again.
    """

    __tablename__ = "publications"

    id: Mapped[int] = mapped_column(primary_key=True)
    quarter: Mapped[str] = mapped_column(String(7), unique=True)
    published_at: Mapped[datetime]
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # Some of its requests are those of the demonstration.
    is_demo: Mapped[bool] = mapped_column(default=False)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_why: Mapped[str | None] = mapped_column(String(300))


class PublishedCell(Model):
    """Needs of a place, by theme, job and size of the company; an empty column is « all of them ».

    `job` is a FAP-2021 domain (a letter) or a FAP-228 family. What is not here is secret, or nobody asked: the two
    are not told apart.
    """

    __tablename__ = "published_cells"
    __table_args__ = (
        Index("ix_published_cells_job", "publication_id", "job", "theme", "size"),
        CheckConstraint("needs > 0", name="needs"),
    )

    publication_id: Mapped[int] = mapped_column(ForeignKey("publications.id"), primary_key=True)
    place_kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    place_code: Mapped[str] = mapped_column(String(20), primary_key=True)
    theme: Mapped[str] = mapped_column(String(20), primary_key=True)
    job: Mapped[str] = mapped_column(String(5), primary_key=True)
    size: Mapped[str] = mapped_column(String(8), primary_key=True)
    needs: Mapped[int]
