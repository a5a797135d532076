"""Messages, notes and the files joined to them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.exchanges.audiences import SERVED, Audience, Scan
from app.extensions import Model


class Message(Model):
    """Something said about a need. Without a person, the company wrote it; never changed once written."""

    __tablename__ = "messages"
    __table_args__ = (Index("ix_messages_thread", "need_id", "audience", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # Drawn with the form: sent twice, it is one message.
    once: Mapped[str] = mapped_column(String(80), unique=True)
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiries.id"), index=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"))
    audience: Mapped[str] = mapped_column(String(10))
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("branches.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text)

    attachments: Mapped[list[Attachment]] = relationship(order_by="Attachment.id", lazy="selectin")

    @property
    def from_company(self) -> bool:
        return self.user_id is None and self.audience == Audience.COMPANY


class Attachment(Model):
    """A file joined to a message: where it is kept is drawn at random, what it is called is only shown."""

    __tablename__ = "attachments"
    __table_args__ = (Index("ix_attachments_scan", "scan", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), index=True)
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiries.id"), index=True)
    place: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    media: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64))
    scan: Mapped[str] = mapped_column(String(12), default=Scan.NOT_SCANNED)
    scanned_at: Mapped[datetime | None]

    @property
    def served(self) -> bool:
        return self.scan in SERVED

    @property
    def scan_words(self) -> str:
        return Scan(self.scan).label.lower()


class CallAnswer(Model):
    """What the company says of the first contact: called on a day, or not yet."""

    __tablename__ = "call_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), index=True)
    at: Mapped[datetime]
    called_on: Mapped[date | None]
    # What the branch had written then, kept for whoever compares the two.
    claimed_on: Mapped[date | None]


class Withdrawal(Model):
    """A need taken back by its company; a need reopened may be withdrawn again."""

    __tablename__ = "withdrawals"

    id: Mapped[int] = mapped_column(primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"), index=True)
    at: Mapped[datetime]
    reason: Mapped[str | None] = mapped_column(String(20))


class LinkRequest(Model):
    """Somebody asks for their link: what was typed, forgotten as soon as it was looked up."""

    __tablename__ = "link_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    asked: Mapped[str] = mapped_column(String(254))
