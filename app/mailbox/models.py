"""The outbox and the worker's heartbeat."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from app.mailbox.kinds import LetterStatus


class Letter(Model):
    """A letter to send: identifiers only, its text and its address are read when it leaves."""

    __tablename__ = "letters"
    __table_args__ = (
        Index("ix_letters_due", "status", "due_at", "id"),
        Index("ix_letters_digest", "user_id", "digest_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    once: Mapped[str] = mapped_column(String(120), unique=True)
    version: Mapped[int] = mapped_column(default=1)
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    recipient: Mapped[str] = mapped_column(String(10))
    inquiry_id: Mapped[int | None] = mapped_column(ForeignKey("inquiries.id"), index=True)
    dossier_id: Mapped[int | None] = mapped_column(ForeignKey("dossiers.id"), index=True)
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("branches.id"))
    # One person of a branch, when the letter is not for the whole team.
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    status: Mapped[str] = mapped_column(String(12), default=LetterStatus.WAITING)
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(String(120))
    posted_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    # The day whose letter told this one, with the others of that person.
    digest_on: Mapped[date | None]


class MailChoice(Model):
    """How a person wants the letters of a topic; without a row, `topics.UNLESS_TOLD`."""

    __tablename__ = "mail_choices"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    topic: Mapped[str] = mapped_column(String(10), primary_key=True)
    choice: Mapped[str] = mapped_column(String(10))


class Heartbeat(Model):
    """One row per process that ticks: when it was last seen alive."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    seen_at: Mapped[datetime]
