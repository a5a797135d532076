"""Who is away, until when, and who answers meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import aliased

from app.accounts.abilities import Role
from app.accounts.models import Absence, Post, User
from app.accounts.queries import held_on
from app.extensions import db

WORKERS = (Role.ADVISER, Role.BRANCH_MANAGER, Role.MAISON_ADVISER)


@dataclass(frozen=True, slots=True)
class AbsenceLine:
    id: int
    name: str
    starts_on: date
    ends_on: date
    replaced_by: str | None


def away_on(on: date) -> ColumnElement[bool]:
    return and_(Absence.starts_on <= on, Absence.ends_on >= on)


def away(user_ids: Iterable[int], on: date) -> frozenset[int]:
    """Those of these people who are away that day."""
    wanted = sorted(set(user_ids))
    if not wanted:
        return frozenset()
    return frozenset(
        db.session.scalars(select(Absence.user_id).where(Absence.user_id.in_(wanted), away_on(on)))
    )


def replacement_of(user_id: int, on: date) -> int | None:
    """Who answers for a person away that day, unless away as well."""
    asked = select(Absence.replaced_by_id).where(Absence.user_id == user_id, away_on(on))
    found = db.session.scalar(asked.order_by(Absence.id.desc()).limit(1))
    return found if found is not None and not away((found,), on) else None


def colleagues(branch_id: int, on: date) -> Sequence[tuple[int, str]]:
    """(id, name) of those who work in a branch that day."""
    asked = (
        select(User.id, User.name)
        .join(Post, Post.user_id == User.id)
        .where(Post.branch_id == branch_id, Post.role.in_(WORKERS), held_on(on), User.active)
        .distinct()
        .order_by(User.name, User.id)
    )
    return [(user_id, name) for user_id, name in db.session.execute(asked)]


def absences_of(branch_id: int, on: date) -> list[AbsenceLine]:
    """What is under way or to come in a branch, the nearest first."""
    other = aliased(User)
    present = select(Post.user_id).where(Post.branch_id == branch_id, Post.role.in_(WORKERS), held_on(on))
    rows = db.session.execute(
        select(Absence.id, User.name, Absence.starts_on, Absence.ends_on, other.name)
        .join(User, User.id == Absence.user_id)
        .outerjoin(other, other.id == Absence.replaced_by_id)
        .where(Absence.user_id.in_(present), Absence.ends_on >= on)
        .order_by(Absence.starts_on, Absence.id)
        .limit(100)
    )
    return [AbsenceLine(*row) for row in rows]
