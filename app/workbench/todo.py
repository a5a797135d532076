"""Tasks of a branch on its dossiers: on the case, and in one list by date. Nobody outside the branch reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, tuple_

from app.accounts.abilities import Viewer
from app.accounts.models import User
from app.accounts.queries import people_in
from app.directory.models import Branch
from app.dossiers.models import Dossier
from app.dossiers.queries import WORKING_ROLES, dossier_seen
from app.extensions import db
from app.inquiries.models import Inquiry
from app.kernel.clock import today
from app.kernel.vocabulary import Listed
from app.workbench.models import Task

PAGE = 25
MOST_ON_A_CASE = 100
COLUMNS: tuple[Any, ...] = (
    Task.id,
    Task.dossier_id,
    Task.title,
    Task.due,
    Task.owner_id,
    User.name,
    Task.done_at,
    Inquiry.company,
    Inquiry.reference,
    Branch.name,
)
"""What a TaskRow holds, in its order."""


class Whose(Listed):
    MINE = "a-moi", "À moi"
    TEAM = "equipe", "De l’équipe"


@dataclass(frozen=True, slots=True)
class NewTask:
    """What is to be done, by when, by whom; no owner is the whole branch."""

    title: str
    due: date
    owner_id: int | None

    def stamp(self) -> str:
        """What was on the screen: any change of the task changes it."""
        return sha256(repr((self.title, self.due, self.owner_id)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class TaskRow:
    id: int
    dossier_id: int
    title: str
    due: date
    owner_id: int | None
    owner: str | None
    done_at: datetime | None
    company: str
    reference: str
    branch: str

    @property
    def facts(self) -> NewTask:
        return NewTask(self.title, self.due, self.owner_id)


@dataclass(frozen=True, slots=True)
class TaskPage:
    """`following` is where the next page starts."""

    rows: Sequence[TaskRow]
    following: tuple[date, int] | None


def tasks_of_case(viewer: Viewer, dossier_id: int) -> Sequence[TaskRow]:
    """Those to do by date, then those done."""
    kept = and_(_of_branches(viewer), Task.dossier_id == dossier_id)
    asked = _select().where(kept).order_by(Task.done_at.is_not(None), Task.due, Task.id)
    return _rows(asked.limit(MOST_ON_A_CASE))


def task_of(viewer: Viewer, dossier_id: int, task_id: int) -> TaskRow | None:
    kept = and_(_of_branches(viewer), Task.dossier_id == dossier_id, Task.id == task_id)
    return next(iter(_rows(_select().where(kept))), None)


def to_do(viewer: Viewer, whose: Whose, after: tuple[date, int] | None = None, size: int = PAGE) -> TaskPage:
    """What is not done yet, the earliest date first, by keyset."""
    asked = _select().where(_open(viewer, whose))
    if after is not None:
        asked = asked.where(tuple_(Task.due, Task.id) > tuple_(*after))
    rows = _rows(asked.order_by(Task.due, Task.id).limit(size + 1))
    last = rows[size - 1] if len(rows) > size else None
    return TaskPage(rows[:size], (last.due, last.id) if last else None)


def to_do_counts(viewer: Viewer) -> dict[Whose, tuple[int, int]]:
    """(to do, late) of each list, by the very conditions of the lists."""
    return {whose: _counts(viewer, whose) for whose in Whose}


def owners_of(viewer: Viewer, dossier_id: int) -> list[tuple[int, str]]:
    """Who may be given a task: those in post in the branch of this dossier."""
    dossier = dossier_seen(viewer, dossier_id)
    if dossier is None or dossier.branch_id not in viewer.branch_ids(*WORKING_ROLES):
        return []
    return people_in(dossier.branch_id, today(), WORKING_ROLES)


def _counts(viewer: Viewer, whose: Whose) -> tuple[int, int]:
    late = func.count().filter(Task.due < today())
    total, passed = db.session.execute(
        select(func.count(), late).select_from(Task).where(_open(viewer, whose))
    ).one()
    return total, passed


def _open(viewer: Viewer, whose: Whose) -> ColumnElement[bool]:
    kept = and_(_of_branches(viewer), Task.done_at.is_(None))
    return and_(kept, Task.owner_id == viewer.user_id) if whose is Whose.MINE else kept


def _of_branches(viewer: Viewer) -> ColumnElement[bool]:
    return Task.branch_id.in_(viewer.branch_ids(*WORKING_ROLES))


def _select() -> Select[Any]:
    return (
        select(*COLUMNS)
        .join(Dossier, Dossier.id == Task.dossier_id)
        .join(Inquiry, Inquiry.id == Dossier.inquiry_id)
        .join(Branch, Branch.id == Task.branch_id)
        .outerjoin(User, User.id == Task.owner_id)
    )


def _rows(asked: Select[Any]) -> list[TaskRow]:
    return [TaskRow(*row) for row in db.session.execute(asked)]
