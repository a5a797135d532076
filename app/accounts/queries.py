"""Questions about people: the posts they hold, who signed in, whether this database is a demonstration."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import selectinload

from app.accounts.abilities import PostFact, Role, Viewer
from app.accounts.models import Mark, Post, SignInEvent, SignInOutcome, User
from app.directory.models import Branch
from app.extensions import db

DEMO = "demo"


class Identified(Protocol):
    """Who is signed in, seen through the framework's proxy."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class PostLine:
    id: int
    role: Role
    branch: str | None
    starts_on: date
    ends_on: date | None
    held: bool


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person as the administrator sees them."""

    id: int
    name: str
    email: str
    active: bool
    posts: Sequence[PostLine]
    last_in: datetime | None


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


def has_people() -> bool:
    return db.session.scalar(select(User.id).limit(1)) is not None


def user_by_email(email: str) -> User | None:
    return db.session.scalar(select(User).where(func.lower(User.email) == email.lower()))


def people(on: date) -> list[PersonLine]:
    """Everyone, by name."""
    users = db.session.scalars(_with_posts().order_by(User.name, User.id)).all()
    last_in = _last_in(user.id for user in users)
    return [_line(user, on, last_in.get(user.id)) for user in users]


def person(user_id: int, on: date) -> PersonLine | None:
    user = db.session.scalar(_with_posts().where(User.id == user_id))
    return _line(user, on, _last_in([user_id]).get(user_id)) if user else None


def branch_choices() -> list[tuple[int, str]]:
    """(id, name) of every branch a post can be held in."""
    rows = db.session.execute(select(Branch.id, Branch.name).order_by(Branch.name, Branch.id))
    return [(branch_id, name) for branch_id, name in rows]


def failures(since: datetime, account: str | None = None, address: str | None = None) -> int:
    """Failed sign-ins since an instant, for an account, an address or both."""
    asked = select(func.count()).select_from(SignInEvent)
    asked = asked.where(SignInEvent.outcome == SignInOutcome.FAILED, SignInEvent.at > since)
    if account is not None:
        asked = asked.where(SignInEvent.account == account)
    if address is not None:
        asked = asked.where(SignInEvent.address == address)
    return db.session.scalar(asked) or 0


def _with_posts() -> Select[tuple[User]]:
    return select(User).options(selectinload(User.posts).selectinload(Post.branch))


def _last_in(user_ids: Iterable[int]) -> dict[int, datetime]:
    rows = db.session.execute(
        select(SignInEvent.user_id, func.max(SignInEvent.at))
        .where(SignInEvent.user_id.in_(list(user_ids)), SignInEvent.outcome == SignInOutcome.IN)
        .group_by(SignInEvent.user_id)
    )
    return {user_id: at for user_id, at in rows if user_id is not None}


def _line(user: User, on: date, last_in: datetime | None) -> PersonLine:
    posts = tuple(
        PostLine(
            post.id,
            Role(post.role),
            post.branch.name if post.branch else None,
            post.starts_on,
            post.ends_on,
            post.starts_on <= on and (post.ends_on is None or post.ends_on >= on),
        )
        for post in user.posts
    )
    return PersonLine(user.id, user.name, user.email, user.active, posts, last_in)
