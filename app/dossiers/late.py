"""Cases whose company nobody called in time, for who steers: the branch, the step reached, never the company."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, select, tuple_

from app.directory.models import Branch
from app.dossiers.clocks import Step
from app.dossiers.desk import PAGE, Cursor
from app.dossiers.lifecycle import OPEN
from app.dossiers.models import Dossier, StepTaken
from app.extensions import db
from app.inquiries.models import Inquiry
from app.routing.rulebook import PARTNER


@dataclass(frozen=True, slots=True)
class LateRow:
    """`step` is the last one taken; `partner` when nobody here sets it a deadline."""

    id: int
    reference: str
    branch: str
    need_key: str
    urgency: str
    due: date
    step: str | None
    partner: bool


@dataclass(frozen=True, slots=True)
class LatePage:
    rows: Sequence[LateRow]
    following: Cursor | None


def late_cases(branches: tuple[int, ...] | None, on: date, cursor: Cursor | None = None) -> LatePage:
    """The latest promise broken first; `branches` None for the whole region."""
    key = (Dossier.first_contact_due, Dossier.id)
    asked = (
        select(Dossier, Inquiry.reference, Branch.name, _last_step())
        .join(Inquiry, Inquiry.id == Dossier.inquiry_id)
        .join(Branch, Branch.id == Dossier.branch_id)
        .where(*_of(branches, on))
        .order_by(*key)
        .limit(PAGE + 1)
    )
    if cursor is not None:
        last = tuple_(literal(cursor.key, key[0].type), literal(cursor.id))
        asked = asked.where(tuple_(*key) > last)
    found = [_row(*row) for row in db.session.execute(asked)]
    rows = found[:PAGE]
    more = Cursor(rows[-1].due, rows[-1].id) if len(found) > PAGE else None
    return LatePage(rows, more)


def late_count(branches: tuple[int, ...] | None, on: date) -> int:
    """How many `late_cases` lists in all."""
    return db.session.scalar(select(func.count(Dossier.id)).where(*_of(branches, on))) or 0


def late_on(on: date) -> ColumnElement[bool]:
    """The leads whose company should have been called by now; those that await it are not late."""
    return and_(
        Dossier.leads,
        Dossier.first_contact_on.is_(None),
        Dossier.closed_at.is_(None),
        Dossier.first_contact_due < on,
        Dossier.status.in_(sorted(OPEN)),
        Dossier.waiting_since.is_(None),
    )


def _of(branches: tuple[int, ...] | None, on: date) -> list[ColumnElement[bool]]:
    return [late_on(on)] if branches is None else [late_on(on), Dossier.branch_id.in_(branches)]


def _last_step() -> Any:
    asked = select(StepTaken.step).where(StepTaken.dossier_id == Dossier.id, StepTaken.overtaken.is_(False))
    return asked.order_by(StepTaken.id.desc()).limit(1).correlate(Dossier).scalar_subquery()


def _row(dossier: Dossier, reference: str, branch: str, step: str | None) -> LateRow:
    return LateRow(
        dossier.id,
        reference,
        branch,
        dossier.need_key,
        dossier.urgency,
        dossier.first_contact_due,
        Step(step).label if step else None,
        dossier.actor == PARTNER,
    )
