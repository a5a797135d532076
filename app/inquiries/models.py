"""Drafts being typed, inquiries as filed, and their needs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Model
from app.inquiries.contacts import Contact
from app.kernel.clock import utcnow

DRAFT_LIFE = timedelta(days=90)
FILED = "envoye"
"""The step of a draft whose request was sent."""


def drawn_form_id() -> str:
    return uuid4().hex


class Draft(Model):
    """What an owner has typed so far, valid or not; its id is the only way to reach it."""

    __tablename__ = "drafts"
    __table_args__ = (Index("ix_drafts_updated_at", "updated_at"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    form_id: Mapped[str] = mapped_column(String(40), unique=True, default=drawn_form_id)
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    step: Mapped[str] = mapped_column(String(20), default="besoin")
    # Typed by an adviser for a company: nobody else opens it, whoever has its id.
    adviser_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("branches.id"))
    channel: Mapped[str | None] = mapped_column(String(12))
    # The counts this form is in, so that it is in each once, and in none any more once it is filed.
    turned_away: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    updated_at: Mapped[datetime] = mapped_column(default=utcnow)


class TurnedAway(Model):
    """How many forms the desk turned away in a quarter, by reason; of these, by profile. No row is that of a form.

    An empty `profile` is the number of all of them; an empty `departement` that nobody said where."""

    __tablename__ = "turned_away"
    __table_args__ = (CheckConstraint("forms > 0", name="forms"),)

    quarter: Mapped[str] = mapped_column(String(7), primary_key=True)
    reason: Mapped[str] = mapped_column(String(20), primary_key=True)
    profile: Mapped[str] = mapped_column(String(20), primary_key=True)
    departement: Mapped[str] = mapped_column(String(3), primary_key=True)
    forms: Mapped[int]


class Resumption(Model):
    """Somebody asked for the link of a draft, and whether to be reminded of it once. Forgotten with the draft."""

    __tablename__ = "resumptions"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), index=True)
    asked_at: Mapped[datetime]
    reminder_wanted: Mapped[bool]
    reminded_at: Mapped[datetime | None]


class Inquiry(Model):
    """One submission by one company. `form_id` makes a second submission of the same form impossible."""

    __tablename__ = "inquiries"
    __table_args__ = (
        CheckConstraint("workforce_low IS NULL OR workforce_low >= 0", name="workforce_low"),
        Index("ix_inquiries_siret", "siret"),
        Index("ix_inquiries_phone", "phone"),
        Index("ix_inquiries_filed_at", "filed_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(16), unique=True)
    form_id: Mapped[str] = mapped_column(String(40), unique=True, default=drawn_form_id)
    filed_at: Mapped[datetime] = mapped_column(default=utcnow)
    channel: Mapped[str] = mapped_column(String(12), default="web")
    words: Mapped[str | None] = mapped_column(Text)
    siret: Mapped[str | None] = mapped_column(String(14))
    company: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(120))
    commune: Mapped[str] = mapped_column(String(5))
    departement: Mapped[str] = mapped_column(String(3))
    epci: Mapped[str | None] = mapped_column(String(9))
    naf: Mapped[str | None] = mapped_column(String(6))
    naf_version: Mapped[str | None] = mapped_column(String(8))
    idcc: Mapped[str | None] = mapped_column(String(5))
    workforce_low: Mapped[int | None]
    workforce_high: Mapped[int | None]
    legal_form: Mapped[str | None] = mapped_column(String(60))
    contact_name: Mapped[str | None] = mapped_column(String(120))
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(20))
    preferred_time: Mapped[str | None] = mapped_column(String(120))
    consent_at: Mapped[datetime | None]
    consent_version: Mapped[str | None] = mapped_column(String(20))
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    link_version: Mapped[int] = mapped_column(default=1)
    is_demo: Mapped[bool] = mapped_column(default=False)

    corrections: Mapped[list[Correction]] = relationship(order_by="Correction.id")

    @property
    def contact(self) -> Contact:
        """How to reach the company today: what was filed, or its latest correction. Pages and letters read this."""
        return self.contact_on(None)

    def contact_on(self, moment: datetime | None) -> Contact:
        """The same as it was known at that moment; None is now."""
        made = [one for one in self.corrections if moment is None or one.at <= moment]
        told = made[-1] if made else self
        return Contact(told.contact_name, told.email, told.phone, told.preferred_time)


class CounterEntry(Model):
    """Who typed an inquiry for a company, and the agreement given (when: the day it was filed)."""

    __tablename__ = "counter_entries"

    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiries.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    branch_id: Mapped[int] = mapped_column(ForeignKey("branches.id"))
    consent_how: Mapped[str] = mapped_column(String(8))
    consent_by: Mapped[str] = mapped_column(String(120))


class Correction(Model):
    """The company gave another contact: what was filed stays, the latest row is the one in use."""

    __tablename__ = "contact_corrections"

    id: Mapped[int] = mapped_column(primary_key=True)
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiries.id"), index=True)
    at: Mapped[datetime]
    # The address in use until then: it is told of the change as well.
    former_email: Mapped[str | None] = mapped_column(String(254))
    contact_name: Mapped[str | None] = mapped_column(String(120))
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(20))
    preferred_time: Mapped[str | None] = mapped_column(String(120))


class Need(Model):
    """One need of an inquiry, with the decision taken on the day, reasons included."""

    __tablename__ = "needs"
    __table_args__ = (UniqueConstraint("inquiry_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiries.id"), index=True)
    key: Mapped[str] = mapped_column(String(40))
    theme: Mapped[str] = mapped_column(String(20), default="")
    urgency: Mapped[str] = mapped_column(String(12), default="normale")
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    decision: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    rulebook_hash: Mapped[str] = mapped_column(String(64), default="")
    # A former need of the same establishment that this one looks like, found when it was filed.
    like_id: Mapped[int | None] = mapped_column(ForeignKey("needs.id"), index=True)
    # The need with which this one is answered, once somebody joined them.
    joined_to_id: Mapped[int | None] = mapped_column(ForeignKey("needs.id"), index=True)


class PastDecision(Model):
    """What a need was taken for, and its whole orientation, before an adviser requalified it."""

    __tablename__ = "past_decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"), index=True)
    key: Mapped[str] = mapped_column(String(40))
    decision: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    replaced_at: Mapped[datetime]


Index("ix_inquiries_email", func.lower(Inquiry.email))
Index("ix_contact_corrections_email", func.lower(Correction.email))
