"""Opinions and later results, one row each: counted as they are, never rebuilt from letters."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from app.opinions.words import Later, LedTo, Useful


class Opinion(Model):
    """What was asked of a company when its need closed, and what it answered. One a need, whatever the outcome."""

    __tablename__ = "opinions"
    __table_args__ = (Index("ix_opinions_next", "next_on", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"), unique=True)
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiries.id"), index=True)
    # Who led when it closed: the opinion is about that branch's work.
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), index=True)
    outcome: Mapped[str] = mapped_column(String(20))
    closed_on: Mapped[date]
    asked_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    contacted: Mapped[bool | None]
    useful: Mapped[str | None] = mapped_column(String(10))
    led_to: Mapped[str | None] = mapped_column(String(12))
    comment: Mapped[str | None] = mapped_column(Text)
    # The next result to ask for, and when; none when there is nothing more to ask.
    next_months: Mapped[int | None]
    next_on: Mapped[date | None]

    @property
    def said(self) -> list[tuple[str, str]]:
        """(question, answer) of what was answered."""
        told = (
            ("Contactée", "Oui" if self.contacted else "Non"),
            ("Utile", Useful(self.useful).label if self.useful else ""),
            ("A mené à", LedTo(self.led_to).label if self.led_to else ""),
        )
        return [(question, answer) for question, answer in told if answer]


class LaterResult(Model):
    """The result asked for some months after the closing: asked once, answered or not."""

    __tablename__ = "later_results"
    __table_args__ = (UniqueConstraint("need_id", "months"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"))
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiries.id"), index=True)
    months: Mapped[int]
    asked_at: Mapped[datetime]
    # A later one was already due: this one was never sent.
    overtaken: Mapped[bool] = mapped_column(default=False)
    answered_at: Mapped[datetime | None]
    result: Mapped[str | None] = mapped_column(String(12))

    @property
    def said(self) -> str:
        return Later(self.result).label.lower() if self.result else ""
