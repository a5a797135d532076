"""People, their posts, the journal of sign-ins, signed-in sessions, and marks on the database."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from flask_security.core import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.abilities import REGIONAL_ROLES
from app.directory.models import Branch
from app.extensions import Model
from app.kernel.clock import today, utcnow
from app.kernel.vocabulary import Listed

if TYPE_CHECKING:
    Person = object
else:
    Person = UserMixin


def drawn_uniquifier() -> str:
    return uuid4().hex


class SignInOutcome(Listed):
    IN = "in", "Connexion"
    FAILED = "failed", "Échec"
    BLOCKED = "blocked", "Refusé : trop d’essais"
    OUT = "out", "Déconnexion"


class User(Model, Person):
    """A person who signs in. A new `fs_uniquifier` ends every session of theirs."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True, default=drawn_uniquifier)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=utcnow)

    posts: Mapped[list[Post]] = relationship(back_populates="user", order_by="Post.starts_on, Post.id")


class Post(Model):
    """A role held, in a branch or for the region, from a day to another (both included)."""

    __tablename__ = "posts"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates"),
        CheckConstraint(
            "(branch_id IS NULL) = (role IN ({}))".format(
                ", ".join(f"'{role.value}'" for role in sorted(REGIONAL_ROLES))
            ),
            name="branch",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("branches.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    starts_on: Mapped[date] = mapped_column(default=today)
    ends_on: Mapped[date | None]

    user: Mapped[User] = relationship(back_populates="posts")
    branch: Mapped[Branch | None] = relationship()


class Absence(Model):
    """Days when a person is away (both included), and the colleague who answers meanwhile, if any."""

    __tablename__ = "absences"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="dates"),
        Index("ix_absences_user_id_ends_on", "user_id", "ends_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=utcnow)


class SignInEvent(Model):
    """A line of the journal of sign-ins: added, never changed; no password, no address typed in clear."""

    __tablename__ = "sign_in_events"
    __table_args__ = (
        Index("ix_sign_in_events_account_at", "account", "at"),
        Index("ix_sign_in_events_address_at", "address", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=utcnow)
    # Keyed hash of the e-mail typed: people type their password there by mistake.
    account: Mapped[str] = mapped_column(String(64))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    address: Mapped[str] = mapped_column(String(45))
    outcome: Mapped[str] = mapped_column(String(10))


class StoredSession(Model):
    """The session of a signed-in person; its key is a hash, so that reading the table opens nothing."""

    __tablename__ = "sessions"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class Mark(Model):
    """A word written on the whole database: « demo » says that its content is invented."""

    __tablename__ = "instance_marks"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(default=utcnow)
