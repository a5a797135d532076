"""Adding, changing and ticking a task of one's branch."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.abilities import Viewer
from app.dossiers.models import Dossier
from app.dossiers.moving import UnknownCase, own
from app.extensions import transaction
from app.kernel.clock import utcnow
from app.workbench.models import Task
from app.workbench.stale import StaleRow
from app.workbench.todo import NewTask


def add_task(viewer: Viewer, dossier_id: int, new: NewTask, at: datetime | None = None) -> None:
    """The same task typed twice, while it is still to do, is one task."""
    at = at or utcnow()
    with transaction() as session:
        dossier = own(session, viewer, dossier_id)
        if _same(session, dossier, new) is not None:
            return
        session.add(
            Task(
                dossier_id=dossier.id,
                branch_id=dossier.branch_id,
                title=new.title,
                due=new.due,
                owner_id=new.owner_id,
                added_at=at,
                added_by_id=viewer.user_id,
            )
        )


def change_task(viewer: Viewer, dossier_id: int, task_id: int, stamp: str, wanted: NewTask) -> None:
    """Another title, date or owner. Raises StaleRow when it is no longer what was on the screen."""
    with transaction() as session:
        task = _task(session, viewer, dossier_id, task_id)
        now = NewTask(task.title, task.due, task.owner_id)
        if now == wanted:
            return
        if now.stamp() != stamp:
            raise StaleRow(task_id)
        task.title, task.due, task.owner_id = wanted.title, wanted.due, wanted.owner_id


def tick_task(
    viewer: Viewer, dossier_id: int, task_id: int, *, done: bool, at: datetime | None = None
) -> None:
    """Done, or to do again; said twice, the first mention stays."""
    with transaction() as session:
        task = _task(session, viewer, dossier_id, task_id)
        if done is (task.done_at is not None):
            return
        task.done_at, task.done_by_id = (at or utcnow(), viewer.user_id) if done else (None, None)


def _task(session: Session, viewer: Viewer, dossier_id: int, task_id: int) -> Task:
    dossier = own(session, viewer, dossier_id)
    task = session.get(Task, task_id, with_for_update=True)
    if task is None or task.dossier_id != dossier.id:
        raise UnknownCase(dossier_id)
    return task


def _same(session: Session, dossier: Dossier, new: NewTask) -> int | None:
    owned = Task.owner_id.is_(None) if new.owner_id is None else Task.owner_id == new.owner_id
    asked = select(Task.id).where(Task.dossier_id == dossier.id, Task.done_at.is_(None), owned)
    return session.scalar(asked.where(Task.title == new.title, Task.due == new.due))
