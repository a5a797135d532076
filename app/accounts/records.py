"""Rows about people, added to the open transaction."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.accounts.abilities import Role
from app.accounts.models import Mark, Post, SignInEvent, SignInOutcome, StoredSession, User


def add_user(session: Session, name: str, email: str, password_hash: str | None) -> User:
    user = User(name=name, email=email.lower(), password=password_hash)
    session.add(user)
    session.flush()
    return user


def add_post(
    session: Session,
    user_id: int,
    role: Role,
    branch_id: int | None,
    starts_on: date,
    ends_on: date | None = None,
) -> Post:
    post = Post(user_id=user_id, role=role, branch_id=branch_id, starts_on=starts_on, ends_on=ends_on)
    session.add(post)
    session.flush()
    return post


def note_sign_in(
    session: Session, account: str, address: str, outcome: SignInOutcome, user_id: int | None = None
) -> None:
    session.add(SignInEvent(account=account, address=address, outcome=outcome, user_id=user_id))


def drop_stale_sessions(session: Session, now: datetime) -> None:
    """Sessions that have ended are erased when somebody signs in: no other tidying is needed."""
    session.execute(delete(StoredSession).where(StoredSession.expires_at <= now))


def mark(session: Session, key: str, value: str) -> None:
    session.merge(Mark(key=key, value=value))
