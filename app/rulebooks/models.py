"""Editions of the rulebook: their text, their hash, the day they come into force."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from app.kernel.vocabulary import Listed


class EditionStatus(Listed):
    DRAFT = "draft", "Brouillon"
    PUBLISHED = "published", "Publiée"
    WITHDRAWN = "withdrawn", "Retirée"


class Edition(Model):
    """One edition; its text never changes once published, so its hash names it for ever."""

    __tablename__ = "rulebook_editions"
    __table_args__ = (CheckConstraint("status in ('draft', 'published', 'withdrawn')", name="status"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    key: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    status: Mapped[str] = mapped_column(String(12))
    in_force_from: Mapped[date] = mapped_column(index=True)
    published_at: Mapped[datetime | None]
    files: Mapped[dict[str, str]] = mapped_column(JSON)
