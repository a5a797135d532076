"""Asking for a summary, making those asked for (in the worker), forgetting the old ones."""

from __future__ import annotations

from datetime import datetime

import structlog
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.accounts.abilities import Viewer
from app.accounts.models import User
from app.accounts.queries import viewer_of
from app.dossiers.models import Dossier
from app.dossiers.moving import UnknownCase
from app.dossiers.queries import dossier_seen
from app.extensions import transaction
from app.kernel.clock import today, utcnow
from app.workbench.models import Summary
from app.workbench.printer import NoPrinter, pdf_of
from app.workbench.summaries import CASE, KEPT, STUCK, WRITERS, State

log = structlog.get_logger()
AT_ONCE = 5
"""How many one tick makes: letters wait behind them."""


def ask_summary(viewer: Viewer, dossier_id: int, at: datetime | None = None) -> None:
    """One a reader and case: asked again while it is being prepared, it is the same one."""
    at = at or utcnow()
    with transaction() as session:
        if dossier_seen(viewer, dossier_id) is None:
            raise UnknownCase(dossier_id)
        # Two clicks at once wait for each other here.
        one = select(Dossier.id).where(Dossier.id == dossier_id)
        session.execute(one.with_for_update(key_share=True))
        wanted = select(Summary).where(Summary.dossier_id == dossier_id, Summary.user_id == viewer.user_id)
        row = session.scalar(wanted)
        if row is None:
            row = Summary(dossier_id=dossier_id, user_id=viewer.user_id)
            session.add(row)
        elif row.state in (State.WAITING, State.MAKING):
            return
        row.state, row.asked_at, row.made_at, row.pdf = State.WAITING, at, None, None


def make_summaries() -> int:
    """A duty of the worker: make those that wait, oldest first; returns how many were answered."""
    made = 0
    for _ in range(AT_ONCE):
        claimed = _claim()
        if claimed is None:
            break
        summary_id, viewer, dossier_id = claimed
        state, pdf = _printed(viewer, dossier_id)
        _store(summary_id, state, pdf)
        made += 1
    return made


def forget_summaries(at: datetime | None = None) -> None:
    """A duty of the worker: remove the old ones, and say of those a worker died on that they failed."""
    at = at or utcnow()
    with transaction() as session:
        session.execute(delete(Summary).where(Summary.asked_at < at - KEPT))
        stuck = update(Summary).where(Summary.state == State.MAKING, Summary.made_at < at - STUCK)
        session.execute(stuck.values(state=State.FAILED))


def _claim() -> tuple[int, Viewer, int] | None:
    """Take the oldest waiting one; two workers never make the same."""
    with transaction() as session:
        wanted = select(Summary).where(Summary.state == State.WAITING).order_by(Summary.asked_at, Summary.id)
        row = session.scalar(wanted.limit(1).with_for_update(skip_locked=True))
        if row is None:
            return None
        row.state, row.made_at = State.MAKING, utcnow()
        return row.id, _reader(session, row.user_id), row.dossier_id


def _reader(session: Session, user_id: int) -> Viewer:
    """With the posts of today: whoever left since reads nothing."""
    user = session.get_one(User, user_id)
    return viewer_of(user, today()) if user.active else Viewer(user.id, user.name, ())


def _printed(viewer: Viewer, dossier_id: int) -> tuple[State, bytes | None]:
    try:
        document = WRITERS[CASE](viewer, dossier_id)
        return (State.READY, pdf_of(document)) if document else (State.FAILED, None)
    except NoPrinter as error:
        log.warning("no_printer", error=str(error))
        return State.NO_PRINTER, None
    except Exception as error:
        log.error("summary_failed", error=type(error).__name__)
        return State.FAILED, None


def _store(summary_id: int, state: State, pdf: bytes | None) -> None:
    with transaction() as session:
        row = session.get(Summary, summary_id, with_for_update=True)
        if row is not None and row.state == State.MAKING:
            row.state, row.pdf, row.made_at = state, pdf, utcnow()
