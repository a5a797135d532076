"""Answers of the register, kept for a while; and what it says of the establishment of an inquiry."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model


class LookUp(Model):
    """One answer. The key is a keyed hash: what was searched is not written anywhere."""

    __tablename__ = "look_ups"
    __table_args__ = (Index("ix_look_ups_fetched_at", "fetched_at"),)

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    fetched_at: Mapped[datetime]
    found: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


class Completion(Model):
    """What the register says, beside what was filed, never instead; no `fetched_at` while it did not answer."""

    __tablename__ = "completions"
    __table_args__ = (Index("ix_completions_due_at", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiries.id"), unique=True)
    siret: Mapped[str] = mapped_column(String(14))
    fetched_at: Mapped[datetime | None]
    found: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    due_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
