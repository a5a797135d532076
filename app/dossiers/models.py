"""Dossiers and their journal."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.dossiers.lifecycle import Part, Status
from app.extensions import Model

AWAITED = "waiting_since IS NOT NULL"
UNCALLED = "first_contact_on IS NULL AND closed_at IS NULL"
ENDED = "closed_at IS NOT NULL"
LEADS, LEADS_ON_SQLITE = "leads", "leads = 1"
"""SQLite uses such an index only when the statement holds the very words of its condition."""


FOLDED = String(60).with_variant(String(60, collation="C"), "postgresql")
"""Letters and digits without accent: compared byte by byte, so that beginnings are found by the index."""


class Dossier(Model):
    """One branch's work on one need. Territory codes are carried so that lists need no join."""

    __tablename__ = "dossiers"
    __table_args__ = (
        # Never two responsible branches for a need, whatever the code above does.
        Index(
            "uq_dossiers_leading",
            "need_id",
            unique=True,
            sqlite_where=text(LEADS_ON_SQLITE),
            postgresql_where=text(LEADS),
        ),
        # One dossier per branch and need: being asked again promotes it, never doubles it.
        Index("uq_dossiers_need_branch", "need_id", "branch_id", unique=True),
        # One relay offered at a time, and one answer awaited.
        Index("uq_dossiers_offered_by_id", "offered_by_id", unique=True),
        Index("ix_dossiers_desk", "branch_id", "status", "first_contact_due", "id"),
        Index("ix_dossiers_ended", "branch_id", "status", "closed_at", "id"),
        # Those whose company is asked for its opinion.
        Index(
            "ix_dossiers_closed_leading",
            "closed_at",
            "id",
            sqlite_where=text(f"{LEADS_ON_SQLITE} AND {ENDED}"),
            postgresql_where=text(f"{LEADS} AND {ENDED}"),
        ),
        Index("ix_dossiers_branch_filed", "branch_id", "status", "filed_at", "id"),
        Index("ix_dossiers_company", "branch_id", "status", "company_key", "id"),
        Index("ix_dossiers_filed", "departement", "filed_at", "id"),
        Index("ix_dossiers_maison", "maison", "status", "filed_at", "id"),
        Index("ix_dossiers_arrivals", "branch_id", "filed_at"),
        Index("ix_dossiers_taker", "taken_by_id", "status", "filed_at", "id"),
        # Those the clocks look at each day: led, and the company not yet called.
        Index(
            "ix_dossiers_uncalled",
            "first_contact_due",
            "id",
            sqlite_where=text(f"{LEADS_ON_SQLITE} AND {UNCALLED}"),
            postgresql_where=text(f"{LEADS} AND {UNCALLED}"),
        ),
        # One a need, by the day its company asked: what boards count.
        Index(
            "ix_dossiers_asked",
            "asked_at",
            "id",
            sqlite_where=text(LEADS_ON_SQLITE),
            postgresql_where=text(LEADS),
        ),
        # Those uncalled, of a Maison.
        Index(
            "ix_dossiers_maison_uncalled",
            "maison",
            "filed_at",
            "id",
            sqlite_where=text(f"{LEADS_ON_SQLITE} AND {UNCALLED}"),
            postgresql_where=text(f"{LEADS} AND {UNCALLED}"),
        ),
        # Few at a time: those that await the company.
        Index(
            "ix_dossiers_waiting",
            "branch_id",
            "first_contact_due",
            "id",
            sqlite_where=text(AWAITED),
            postgresql_where=text(AWAITED),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"))
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiries.id"), index=True)
    branch_id: Mapped[int] = mapped_column(ForeignKey("branches.id"))
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("dossiers.id"))
    # The dossier that leads and asks this branch to take over: until the answer only.
    offered_by_id: Mapped[int | None] = mapped_column(ForeignKey("dossiers.id"))
    actor: Mapped[str] = mapped_column(String(40))
    rank: Mapped[int] = mapped_column(default=0)
    role: Mapped[str] = mapped_column(String(10), default=Part.LEAD)
    leads: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(String(16), default=Status.RECEIVED)
    waiting_since: Mapped[date | None]
    filed_at: Mapped[datetime]
    first_contact_due: Mapped[date]
    first_contact_on: Mapped[date | None]
    taken_at: Mapped[datetime | None]
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(20))
    decline_reason: Mapped[str | None] = mapped_column(String(20))
    transmitted_at: Mapped[datetime | None]
    transmitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    transmitted_how: Mapped[str | None] = mapped_column(String(20))
    version: Mapped[int] = mapped_column(default=1)
    # The name of the company, folded: lists are sorted by it.
    company_key: Mapped[str] = mapped_column(FOLDED)
    commune: Mapped[str] = mapped_column(String(5))
    departement: Mapped[str] = mapped_column(String(3))
    epci: Mapped[str | None] = mapped_column(String(9))
    maison: Mapped[str] = mapped_column(String(40))
    need_key: Mapped[str] = mapped_column(String(40))
    # The theme of the need and the moment its company asked: figures are counted on these rows alone.
    theme: Mapped[str] = mapped_column(String(20), default="")
    asked_at: Mapped[datetime]
    urgency: Mapped[str] = mapped_column(String(12))

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  what the ORM reads

    @property
    def waiting(self) -> bool:
        return self.waiting_since is not None

    @property
    def offered(self) -> bool:
        return self.offered_by_id is not None


class DossierWord(Model):
    """A word by which a branch finds one of its dossiers; read from its beginning."""

    __tablename__ = "dossier_words"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  what the ORM reads

    branch_id: Mapped[int] = mapped_column(ForeignKey("branches.id"), primary_key=True)
    word: Mapped[str] = mapped_column(FOLDED, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True, index=True)


class SavedList(Model):
    """A list of the inbox somebody named: its tab, sort and filters, as an address keeps them."""

    __tablename__ = "saved_lists"
    __table_args__ = (UniqueConstraint("user_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str] = mapped_column(String(60))
    asked: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_at: Mapped[datetime]


class Event(Model):
    """A line of the journal: added, never changed nor removed."""

    __tablename__ = "dossier_events"
    __table_args__ = (Index("ix_dossier_events_need", "need_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"))
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), index=True)
    at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str] = mapped_column(String(20))
    from_: Mapped[str | None] = mapped_column("from", String(16))
    to: Mapped[str | None] = mapped_column(String(16))
    why: Mapped[str | None] = mapped_column(String(1000))
    rulebook: Mapped[str] = mapped_column(String(64))
    # The dossiers of the need as they stood before a move that may be undone.
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class StepTaken(Model):
    """A step of the escalation, once and for all: the same step of the same clock has no second row."""

    __tablename__ = "dossier_steps"
    __table_args__ = (UniqueConstraint("dossier_id", "step", "started_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    step: Mapped[str] = mapped_column(String(10))
    # When the clock it belongs to began: a clock that starts again has its own steps.
    started_at: Mapped[datetime]
    at: Mapped[datetime]
    # A later step was already due: it is written down and nobody is told twice.
    overtaken: Mapped[bool] = mapped_column(default=False)


class DeadlineLine(Model):
    """Working days entered by an administrator: added, never changed; the latest of its target applies."""

    __tablename__ = "deadline_lines"
    __table_args__ = (Index("ix_deadline_lines_target", "urgency", "need_key", "actor", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    urgency: Mapped[str] = mapped_column(String(12))
    need_key: Mapped[str | None] = mapped_column(String(40))
    actor: Mapped[str | None] = mapped_column(String(40))
    first_contact: Mapped[int]
    reminder: Mapped[int]
    second: Mapped[int]
    manager: Mapped[int]
    maison: Mapped[int]
    explain: Mapped[int]
    silence: Mapped[int]
    # The target goes back to the wider line.
    removed: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
