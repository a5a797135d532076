"""Writing, changing and withdrawing a model answer, where one may."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.abilities import Viewer
from app.extensions import transaction
from app.kernel.clock import utcnow
from app.workbench.merging import unknown_fields
from app.workbench.model_answers import may_write
from app.workbench.models import ModelAnswer
from app.workbench.stale import StaleRow


class UnknownAnswer(LookupError):
    """No such model answer, or none that this viewer may write."""


def write_answer(
    viewer: Viewer, branch_id: int | None, title: str, body: str, at: datetime | None = None
) -> None:
    """A new one; the same title and text sent twice is one."""
    _refuse_unknown(body)
    if not may_write(viewer, branch_id):
        raise UnknownAnswer(branch_id)
    with transaction() as session:
        if _same(session, branch_id, title, body):
            return
        session.add(
            ModelAnswer(
                branch_id=branch_id,
                title=title,
                body=body,
                changed_at=at or utcnow(),
                changed_by_id=viewer.user_id,
            )
        )


def change_answer(viewer: Viewer, model_id: int, version: int, title: str, body: str) -> None:
    """Raises StaleRow when somebody changed it meanwhile."""
    _refuse_unknown(body)
    with transaction() as session:
        row = _own(session, viewer, model_id)
        if (row.title, row.body) == (title, body):
            return
        if row.version != version:
            raise StaleRow(model_id)
        row.title, row.body = title, body
        row.changed_at, row.changed_by_id = utcnow(), viewer.user_id


def withdraw_answer(viewer: Viewer, model_id: int, version: int) -> None:
    """No longer offered; what was already written from it stays as it is."""
    with transaction() as session:
        row = _own(session, viewer, model_id)
        if row.version != version:
            raise StaleRow(model_id)
        row.withdrawn_at = row.changed_at = utcnow()
        row.changed_by_id = viewer.user_id


def _own(session: Session, viewer: Viewer, model_id: int) -> ModelAnswer:
    row = session.get(ModelAnswer, model_id, with_for_update=True)
    if row is None or row.withdrawn_at is not None or not may_write(viewer, row.branch_id):
        raise UnknownAnswer(model_id)
    return row


def _same(session: Session, branch_id: int | None, title: str, body: str) -> int | None:
    place = ModelAnswer.branch_id.is_(None) if branch_id is None else ModelAnswer.branch_id == branch_id
    asked = select(ModelAnswer.id).where(place, ModelAnswer.withdrawn_at.is_(None))
    return session.scalar(asked.where(ModelAnswer.title == title, ModelAnswer.body == body))


def _refuse_unknown(body: str) -> None:
    """The form says it in French; nothing else may write it."""
    if unknown_fields(body):
        raise ValueError("a field of this text is unknown")
