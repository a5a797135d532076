"""What the administrator sees of people: a list by pages, one person with posts and sign-ins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlalchemy.orm import selectinload

from app.accounts.abilities import Role
from app.accounts.models import Post, SignInEvent, SignInOutcome, User
from app.accounts.queries import stamp_of
from app.extensions import db

PAGE = 25
JOURNAL = 20
LAST_POSSIBLE_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class PostLine:
    """`held` today; `over` for good."""

    id: int
    role: Role
    branch: str | None
    starts_on: date
    ends_on: date | None
    held: bool
    over: bool


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person as the administrator sees them; `stamp` says which state was seen."""

    id: int
    name: str
    email: str
    active: bool
    posts: Sequence[PostLine]
    last_in: datetime | None
    stamp: str


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """One page of people, by name; `after` and `before` are the ids the next pages start from."""

    rows: Sequence[PersonLine]
    total: int
    first: int
    after: int | None
    before: int | None


@dataclass(frozen=True, slots=True)
class SignInLine:
    at: datetime
    outcome: str
    address: str


def people(text: str, on: date, after: int | None = None, before: int | None = None) -> PeoplePage:
    """Those whose name or address holds this text, from one person on or back to one."""
    kept = _holding(text)
    start = _keys(before if before is not None else after)
    found = _window(kept, start, backwards=before is not None and start is not None)
    more, users = len(found) > PAGE, found[:PAGE]
    back = before is not None and start is not None
    if back:
        users.reverse()
    earlier, later = (more, True) if back else (start is not None, more)
    return PeoplePage(
        _lines(users, on),
        _count(kept),
        _count(and_(kept, _key() < _bound(users[0]))) + 1 if users else 0,
        users[-1].id if users and later else None,
        users[0].id if users and earlier else None,
    )


def person(user_id: int, on: date) -> PersonLine | None:
    user = db.session.scalar(_with_posts().where(User.id == user_id))
    return _lines([user], on)[0] if user else None


def sign_ins(user_id: int) -> list[SignInLine]:
    """The latest lines of the journal about a person."""
    rows = db.session.execute(
        select(SignInEvent.at, SignInEvent.outcome, SignInEvent.address)
        .where(SignInEvent.user_id == user_id)
        .order_by(SignInEvent.at.desc(), SignInEvent.id.desc())
        .limit(JOURNAL)
    )
    return [SignInLine(at, SignInOutcome(outcome).label, address) for at, outcome, address in rows]


def _holding(text: str) -> ColumnElement[bool]:
    wanted = [User.id <= LAST_POSSIBLE_ID]
    for word in text.lower().split()[:8]:
        pattern = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        columns = (func.lower(User.name), User.email)
        wanted.append(or_(*(column.like(f"%{pattern}%", escape="\\") for column in columns)))
    return and_(*wanted)


def _window(kept: ColumnElement[bool], start: User | None, *, backwards: bool) -> list[User]:
    asked = _with_posts().where(kept).limit(PAGE + 1)
    if start is not None:
        asked = asked.where(_key() < _bound(start) if backwards else _key() > _bound(start))
    order = (User.name.desc(), User.id.desc()) if backwards else (User.name, User.id)
    return list(db.session.scalars(asked.order_by(*order)))


def _keys(user_id: int | None) -> User | None:
    return db.session.get(User, user_id) if user_id is not None and user_id <= LAST_POSSIBLE_ID else None


def _key() -> Any:
    return tuple_(User.name, User.id)


def _bound(user: User) -> Any:
    return tuple_(user.name, user.id)


def _count(kept: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(User).where(kept)) or 0


def _with_posts() -> Any:
    return select(User).options(selectinload(User.posts).selectinload(Post.branch))


def _lines(users: Sequence[User], on: date) -> list[PersonLine]:
    last_in = _last_in(user.id for user in users)
    return [_line(user, on, last_in.get(user.id)) for user in users]


def _last_in(user_ids: Iterable[int]) -> dict[int, datetime]:
    rows = db.session.execute(
        select(SignInEvent.user_id, func.max(SignInEvent.at))
        .where(SignInEvent.user_id.in_(list(user_ids)), SignInEvent.outcome == SignInOutcome.IN)
        .group_by(SignInEvent.user_id)
    )
    return {user_id: at for user_id, at in rows if user_id is not None}


def _line(user: User, on: date, last_in: datetime | None) -> PersonLine:
    posts = tuple(_post_line(post, on) for post in user.posts)
    return PersonLine(user.id, user.name, user.email, user.active, posts, last_in, stamp_of(user))


def _post_line(post: Post, on: date) -> PostLine:
    over = post.ends_on is not None and post.ends_on < on
    branch = post.branch.name if post.branch else None
    held = post.starts_on <= on and not over
    return PostLine(post.id, Role(post.role), branch, post.starts_on, post.ends_on, held, over)
