"""Which dossiers the clocks must look at today; read without locks, looked at again once locked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, literal, select, tuple_
from sqlalchemy.orm import Session

from app.accounts.models import Post, User
from app.accounts.queries import held_on
from app.dossiers.clocks import Step
from app.dossiers.deadline_lines import lines_in_force
from app.dossiers.deadlines import BOOK, soonest_reminder
from app.dossiers.lifecycle import OPEN, Status
from app.dossiers.models import Dossier, StepTaken
from app.dossiers.queries import lock_need
from app.extensions import db
from app.kernel.clock import midnight
from app.kernel.workdays import shift_workdays

SLICE = 500


def uncalled(on: date) -> Iterator[int]:
    """Leading dossiers whose company was not called, near enough to their day for a reminder."""
    horizon = shift_workdays(on, soonest_reminder(lines_in_force().values()))
    key = (Dossier.first_contact_due, Dossier.id)
    return each_by(key, _uncalled(), Dossier.first_contact_due <= horizon)


def lasting(on: date) -> Iterator[int]:
    """Leading dossiers taken long ago, not asked about lately."""
    lines = (*lines_in_force().values(), *BOOK.steps.values())
    since = midnight(shift_workdays(on, -min(steps.explain for steps in lines)) + timedelta(days=1))
    asked = exists().where(
        StepTaken.dossier_id == Dossier.id, StepTaken.step == Step.EXPLAIN, StepTaken.at >= since
    )
    return each_by((Dossier.filed_at, Dossier.id), _lasting(), Dossier.filed_at < since, ~asked)


def silent(on: date) -> Iterator[int]:
    """Dossiers whose company has been awaited for a while."""
    lines = (*lines_in_force().values(), *BOOK.steps.values())
    since = shift_workdays(on, -min(steps.silence for steps in lines))
    return each_by((Dossier.waiting_since, Dossier.id), _awaiting(), Dossier.waiting_since <= since)


def left_behind(on: date, user_id: int | None = None) -> Iterator[int]:
    """Dossiers taken by somebody who no longer works in their branch (by this person alone, when named)."""
    kept = [_left_behind(on)]
    if user_id is not None:
        kept.append(Dossier.taken_by_id == user_id)
    return each_by((Dossier.taken_by_id, Dossier.id), *kept)


def lock_left_behind(session: Session, dossier_id: int, on: date) -> Dossier | None:
    return locked(session, dossier_id, _left_behind(on))


def _left_behind(on: date) -> ColumnElement[bool]:
    still = exists().where(
        Post.user_id == Dossier.taken_by_id, Post.branch_id == Dossier.branch_id, held_on(on)
    )
    working = exists().where(User.id == Dossier.taken_by_id, User.active)
    return and_(Dossier.status == Status.TAKEN, Dossier.taken_by_id.is_not(None), ~(still & working))


def lock_uncalled(session: Session, dossier_id: int) -> Dossier | None:
    """The dossier, locked, if its company is still to be called."""
    return locked(session, dossier_id, _uncalled())


def lock_lasting(session: Session, dossier_id: int) -> Dossier | None:
    return locked(session, dossier_id, _lasting())


def lock_silent(session: Session, dossier_id: int) -> Dossier | None:
    return locked(session, dossier_id, _awaiting())


def _uncalled() -> ColumnElement[bool]:
    return and_(
        Dossier.leads,
        Dossier.first_contact_on.is_(None),
        Dossier.closed_at.is_(None),
        Dossier.status.in_(sorted(OPEN)),
        Dossier.waiting_since.is_(None),
    )


def _lasting() -> ColumnElement[bool]:
    return and_(Dossier.leads, Dossier.status == Status.TAKEN, Dossier.waiting_since.is_(None))


def _awaiting() -> ColumnElement[bool]:
    return and_(Dossier.status == Status.TAKEN, Dossier.waiting_since.is_not(None))


def locked(session: Session, dossier_id: int, kept: ColumnElement[bool]) -> Dossier | None:
    lock_need(session, dossier_id)
    return session.scalar(select(Dossier).where(Dossier.id == dossier_id, kept).with_for_update())


def each_by(key: tuple[Any, Any], *kept: Any) -> Iterator[int]:
    """Identifiers slice by slice, by keyset: what is done to one never hides another."""
    asked = select(*key).where(*kept).order_by(*key).limit(SLICE)
    rows = db.session.execute(asked).all()
    while rows:
        yield from (row.id for row in rows)
        last = tuple_(literal(rows[-1][0], key[0].type), literal(rows[-1].id))
        rows = db.session.execute(asked.where(tuple_(*key) > last)).all() if len(rows) == SLICE else []
