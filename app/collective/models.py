"""Tables of what the cases give back. No row names a company."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.collective.acting import Reply, Stage
from app.collective.words import Method, State
from app.extensions import Model

JOINED = "collective_need_id IS NOT NULL"
NO_FAMILY = "family IS NULL AND rome IS NOT NULL"
NO_BASIN = "bassin_bmo IS NULL"
UNFINISHED = "state IN ('proposed', 'action')"


class CollectiveNeed(Model):
    """Requests alike in one place, proposed to the Maison: one open row for a family, a theme and a place.

    `family` is a FAP-228 code, empty when the job is not said (weak signals alone). `shown` keeps the numbers
    and the thresholds of the day, so that the method is read as it was applied.
    """

    __tablename__ = "collective_needs"
    __table_args__ = (
        Index(
            "uq_collective_needs_open",
            "family",
            "theme",
            "place_kind",
            "place_code",
            unique=True,
            sqlite_where=text(UNFINISHED),
            postgresql_where=text(UNFINISHED),
        ),
        Index("ix_collective_needs_place", "place_kind", "place_code", "state", "id"),
        Index("ix_collective_needs_state", "state", "method", "id"),
        Index("ix_collective_needs_subject", "family", "theme", "place_kind", "place_code", "id"),
        CheckConstraint("signals >= 0 AND companies >= 0", name="counts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    family: Mapped[str] = mapped_column(String(5), default="")
    theme: Mapped[str] = mapped_column(String(20))
    place_kind: Mapped[str] = mapped_column(String(20))
    place_code: Mapped[str] = mapped_column(String(20))
    method: Mapped[str] = mapped_column(String(10), default=Method.THRESHOLD)
    state: Mapped[str] = mapped_column(String(14), default=State.PROPOSED)
    opened_on: Mapped[date]
    # The first day of the window that was looked at.
    since: Mapped[date]
    signals: Mapped[int]
    companies: Mapped[int]
    shown: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str | None] = mapped_column(String(20))
    words: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  what the ORM reads


class Signal(Model):
    """What one need says of its place: job family × theme × place, at which day. Written again when the case moves.

    `company` is a keyed hash, the same for all the requests of a company. `event_id` is the last line of the
    journal that was read. `counted` is false for a request its company took back, or that
    is joined to another: kept as history, in no threshold and in no past.
    """

    __tablename__ = "signals"
    __table_args__ = (
        Index("ix_signals_filed", "filed_on", "family", "theme"),
        Index("ix_signals_basin", "bassin_bmo", "family", "theme", "filed_on"),
        Index("ix_signals_epci", "epci", "family", "theme", "filed_on"),
        Index("ix_signals_departement", "departement", "family", "theme", "filed_on"),
        Index("ix_signals_rome", "rome", sqlite_where=text(NO_FAMILY), postgresql_where=text(NO_FAMILY)),
        Index("ix_signals_commune", "commune", sqlite_where=text(NO_BASIN), postgresql_where=text(NO_BASIN)),
        # Most requests are in none: the days, not this, must lead to those.
        Index(
            "ix_signals_collective_need",
            "collective_need_id",
            "id",
            sqlite_where=text(JOINED),
            postgresql_where=text(JOINED),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"), unique=True)
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiries.id"), index=True)
    company: Mapped[str] = mapped_column(String(32))
    filed_on: Mapped[date]
    rome: Mapped[str | None] = mapped_column(String(5))
    family: Mapped[str | None] = mapped_column(String(5))
    theme: Mapped[str] = mapped_column(String(20))
    need_key: Mapped[str] = mapped_column(String(40))
    commune: Mapped[str] = mapped_column(String(5))
    epci: Mapped[str | None] = mapped_column(String(9))
    bassin_bmo: Mapped[str | None] = mapped_column(String(20))
    departement: Mapped[str] = mapped_column(String(3))
    # Posts captured, else asked for; none when nobody said.
    head_count: Mapped[int | None]
    answered: Mapped[bool] = mapped_column(default=False)
    unanswered: Mapped[str | None] = mapped_column(String(10))
    counted: Mapped[bool] = mapped_column(default=True)
    event_id: Mapped[int]
    collective_need_id: Mapped[int | None] = mapped_column(ForeignKey("collective_needs.id"))


class CollectiveEvent(Model):
    """A line of the journal of a collective need: added, never changed."""

    __tablename__ = "collective_events"
    __table_args__ = (Index("ix_collective_events_need", "collective_need_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    collective_need_id: Mapped[int] = mapped_column(ForeignKey("collective_needs.id"))
    at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str] = mapped_column(String(12))
    to: Mapped[str | None] = mapped_column(String(14))
    reason: Mapped[str | None] = mapped_column(String(20))
    words: Mapped[str | None] = mapped_column(Text)


class Progress(Model):
    """How far a duty has gone: the last line of the journal read, or the last day looked at."""

    __tablename__ = "collective_progress"

    duty: Mapped[str] = mapped_column(String(20), primary_key=True)
    number: Mapped[int] = mapped_column(default=0)
    day: Mapped[date | None]


class CollectiveAction(Model):
    """What a Maison does of a collective need: one action a need, borne by a branch on a day."""

    __tablename__ = "collective_actions"
    __table_args__ = (
        Index("ix_collective_actions_bearer", "bearer_id", "planned_on", "id"),
        CheckConstraint("people IS NULL OR people >= 0", name="people"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    collective_need_id: Mapped[int] = mapped_column(ForeignKey("collective_needs.id"), unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(120))
    bearer_id: Mapped[int] = mapped_column(ForeignKey("branches.id"))
    planned_on: Mapped[date]
    stage: Mapped[str] = mapped_column(String(10), default=Stage.PLANNED)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    ended_at: Mapped[datetime | None]
    result: Mapped[str | None] = mapped_column(String(10))
    people: Mapped[int | None]
    words: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  what the ORM reads


class Agreement(Model):
    """A company whose request led to the action, asked whether it takes part. Only its own page and the Maison read
    a refusal; the bearer reads who agreed."""

    __tablename__ = "collective_agreements"
    __table_args__ = (
        Index("uq_collective_agreements_inquiry", "action_id", "inquiry_id", unique=True),
        Index("ix_collective_agreements_inquiry_id", "inquiry_id"),
        Index("ix_collective_agreements_silent", "reply", "asked_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("collective_actions.id"))
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiries.id"))
    reply: Mapped[str] = mapped_column(String(10), default=Reply.ASKED)
    asked_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
