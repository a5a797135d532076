"""What branches that serve the same place alike have on their desks: read at the moment of deciding."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import func, select

from app.accounts.absences import WORKERS, away_on
from app.accounts.models import Absence, Post, User
from app.accounts.queries import held_on
from app.directory.models import Branch, BranchCapacity
from app.dossiers.lifecycle import OPEN
from app.dossiers.models import Dossier
from app.extensions import db
from app.kernel.clock import midnight
from app.routing.choosing import Load
from app.routing.engine import orient
from app.routing.facts import DirectorySnapshot, Orientation, Situation
from app.routing.rulebook import Rulebook


def orient_by_load(
    situation: Situation, directory: DirectorySnapshot, book: Rulebook, on: date
) -> Orientation:
    """The decision; where several branches serve the place alike, taken again with what each has on its desk."""
    found = orient(situation, directory, book)
    rivals = directory.rivals_of(one.branch for one in found.kept() if one.branch)
    loads = loads_of(rivals, on) if rivals else {}
    return orient(situation, directory, book, loads) if loads else found


def loads_of(slugs: Iterable[str], on: date) -> dict[str, Load]:
    """Slug → load; nothing is counted when no branch said its capacity and nobody is away."""
    rows = db.session.execute(
        select(Branch.id, Branch.slug, BranchCapacity.per_week)
        .outerjoin(BranchCapacity, BranchCapacity.branch_id == Branch.id)
        .where(Branch.slug.in_(sorted(slugs)))
    ).all()
    ids = [row.id for row in rows]
    empty = _deserted(ids, on)
    if not ids or not (empty or any(row.per_week is not None for row in rows)):
        return {}
    open_, week = _open(ids), _since(ids, on - timedelta(days=on.weekday()))
    return {
        slug: Load(open_.get(branch_id, 0), week.get(branch_id, 0), per_week, branch_id not in empty)
        for branch_id, slug, per_week in rows
    }


def _open(ids: list[int]) -> dict[int, int]:
    asked = select(Dossier.branch_id, func.count()).where(
        Dossier.branch_id.in_(ids), Dossier.status.in_(sorted(OPEN))
    )
    return dict(db.session.execute(asked.group_by(Dossier.branch_id)).all())


def _since(ids: list[int], monday: date) -> dict[int, int]:
    asked = select(Dossier.branch_id, func.count()).where(
        Dossier.branch_id.in_(ids), Dossier.filed_at >= midnight(monday)
    )
    return dict(db.session.execute(asked.group_by(Dossier.branch_id)).all())


def _deserted(ids: list[int], on: date) -> frozenset[int]:
    """The branches where everybody known is away; one whose people are not known is not said empty."""
    absent = select(Absence.user_id).where(away_on(on))
    rows = db.session.execute(
        select(Post.branch_id, Post.user_id.in_(absent))
        .join(User, User.id == Post.user_id)
        .where(Post.branch_id.in_(ids), Post.role.in_(WORKERS), held_on(on), User.active)
    )
    found: dict[int, bool] = {}
    for branch_id, is_away in rows:
        if branch_id is not None:
            found[branch_id] = found.get(branch_id, True) and bool(is_away)
    return frozenset(branch_id for branch_id, everybody in found.items() if everybody)
