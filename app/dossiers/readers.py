"""Who reads the letters of a branch: its team's mailbox; without one, the people concerned; at last the Maison."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.accounts.abilities import Role
from app.accounts.absences import away, replacement_of
from app.accounts.models import Post, User
from app.accounts.queries import held_on
from app.directory.models import Branch
from app.dossiers.clocks import local_day
from app.dossiers.models import Dossier
from app.extensions import db
from app.mailbox.choices import wanted
from app.mailbox.records import post
from app.mailbox.topics import Choice

TEAM = (Role.ADVISER, Role.BRANCH_MANAGER, Role.MAISON_ADVISER)


def tell_branch(session: Session, dossier: Dossier, kind: str, number: int, at: datetime) -> None:
    """One letter to the team; to each person concerned when the team has no mailbox of its own; else the Maison."""
    if has_mailbox(dossier.branch_id):
        post(session, kind, dossier_id=dossier.id, branch_id=dossier.branch_id, version=number, at=at)
    elif not tell_persons(session, dossier, kind, number, at):
        tell_maison(session, dossier, "still_to_transmit", number, at)


def tell_persons(
    session: Session, dossier: Dossier, kind: str, number: int, at: datetime, *, of: Dossier | None = None
) -> bool:
    """One letter about `dossier` to each person concerned by it, or by their own dossier of the same need (`of`),
    as they want it. False when nobody works there.

    Who wants none keeps the case before their eyes on the desk: the clocks, and then the managers and the
    Maison, never depend on it."""
    of = of or dossier
    concerned = persons(of, local_day(at))
    for user_id, choice in wanted(concerned, kind).items():
        if choice is not Choice.NONE:
            post(
                session,
                kind,
                dossier_id=dossier.id,
                branch_id=of.branch_id,
                user_id=user_id,
                version=number,
                at=at,
                kept=choice is Choice.DAILY,
            )
    return bool(concerned)


def tell_maison(session: Session, dossier: Dossier, kind: str, number: int, at: datetime) -> None:
    """One letter to the Maison of the company's commune."""
    maison = db.session.scalar(select(Branch.id).where(Branch.slug == dossier.maison))
    post(session, kind, dossier_id=dossier.id, branch_id=maison, version=number, at=at)


def has_mailbox(branch_id: int) -> bool:
    """Has somebody verified where this branch reads its mail?"""
    branch = db.session.get_one(Branch, branch_id)
    return branch.mailbox is not None and branch.mailbox_verified_on is not None


def persons(dossier: Dossier, on: date) -> Sequence[int]:
    """Whoever took the dossier, or replaces them while they are away; else everybody of the branch."""
    everybody = team(dossier.branch_id, on)
    mine = dossier.taken_by_id
    if mine is not None and mine in away((mine,), on):
        mine = replacement_of(mine, on)
    return [mine] if mine is not None and mine in everybody else everybody


def team(branch_id: int, on: date) -> Sequence[int]:
    """Everybody who works the cases of a branch."""
    return _holders(branch_id, on, TEAM)


def managers(branch_id: int, on: date) -> Sequence[int]:
    return _holders(branch_id, on, (Role.BRANCH_MANAGER,))


def _holders(branch_id: int, on: date, roles: Sequence[Role], *kept: ColumnElement[bool]) -> Sequence[int]:
    asked = (
        select(Post.user_id)
        .join(User, User.id == Post.user_id)
        .where(Post.branch_id == branch_id, Post.role.in_(roles), held_on(on), User.active, *kept)
        .distinct()
        .order_by(Post.user_id)
    )
    return db.session.scalars(asked).all()
