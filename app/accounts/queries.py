"""Questions about people: the posts they hold, who signed in, whether this database is a demonstration."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256
from typing import Protocol

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.accounts.abilities import PostFact, Role, Viewer
from app.accounts.models import Mark, Post, SignInEvent, SignInOutcome, User
from app.directory.models import Branch
from app.extensions import db

DEMO = "demo"


class Identified(Protocol):
    """Who is signed in, seen through the framework's proxy."""

    id: int
    name: str


def viewer_of(user: Identified, on: date) -> Viewer:
    """This person with the posts held on that day, read once per request."""
    rows = db.session.execute(
        select(Post.branch_id, Branch.slug, Branch.name, Post.role)
        .outerjoin(Branch, Branch.id == Post.branch_id)
        .where(Post.user_id == user.id, held_on(on))
        .order_by(Post.starts_on, Post.id)
    )
    posts = (PostFact(branch, slug or "", name or "", Role(role)) for branch, slug, name, role in rows)
    return Viewer(user.id, user.name, tuple(dict.fromkeys(posts)))


def held_on(on: date) -> ColumnElement[bool]:
    """The posts held on a day, its first and last days included."""
    return and_(Post.starts_on <= on, or_(Post.ends_on.is_(None), Post.ends_on >= on))


def is_marked() -> bool:
    """Does this database hold invented content?"""
    return demo_state() is not None


def demo_state() -> str | None:
    """None, or how far the demonstration was loaded."""
    return db.session.scalar(select(Mark.value).where(Mark.key == DEMO))


def user_by_email(email: str) -> User | None:
    return db.session.scalar(select(User).where(func.lower(User.email) == email.lower()))


def branch_choices() -> list[tuple[int, str]]:
    """(id, name) of every branch a post can be held in."""
    rows = db.session.execute(select(Branch.id, Branch.name).order_by(Branch.name, Branch.id))
    return [(branch_id, name) for branch_id, name in rows]


def people_in(branch_id: int, on: date, roles: Iterable[Role]) -> list[tuple[int, str]]:
    """(id, name) of those who hold one of these roles in a branch on a day, by name."""
    held = and_(Post.branch_id == branch_id, Post.role.in_([*roles]), held_on(on), User.active)
    asked = select(User.id, User.name).join(Post, Post.user_id == User.id).where(held)
    return [(user_id, name) for user_id, name in db.session.execute(asked.distinct().order_by(User.name))]


def stamp_of(user: User) -> str:
    """What an administrator saw of a person: any change of state, password or post changes it."""
    posts = ((post.id, post.starts_on, post.ends_on) for post in user.posts)
    told = repr((user.active, user.fs_uniquifier, sorted(posts)))
    return sha256(told.encode()).hexdigest()[:16]


def failures(since: datetime, account: str | None = None, address: str | None = None) -> int:
    """Failed sign-ins since an instant, for an account, an address or both."""
    return count_of(SignInOutcome.FAILED, since, account, address)


def count_of(
    outcome: SignInOutcome, since: datetime, account: str | None = None, address: str | None = None
) -> int:
    """Lines of the journal of sign-ins since an instant, for an account, an address or both."""
    asked = select(func.count()).select_from(SignInEvent)
    asked = asked.where(SignInEvent.outcome == outcome, SignInEvent.at > since)
    if account is not None:
        asked = asked.where(SignInEvent.account == account)
    if address is not None:
        asked = asked.where(SignInEvent.address == address)
    return db.session.scalar(asked) or 0
