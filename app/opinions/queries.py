"""What was asked and answered: the company reads its own, the branch that led reads what is said of its work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.dossiers.lifecycle import Outcome, Status
from app.dossiers.models import Dossier
from app.dossiers.queries import CaseFile
from app.extensions import db
from app.opinions.models import LaterResult, Opinion

LOOKED_AT = timedelta(days=90)
"""How long a worker may have been stopped without a closing being forgotten."""


def opinions_of(inquiry_id: int) -> dict[int, Opinion]:
    """Need → its opinion, answered or not."""
    rows = db.session.scalars(select(Opinion).where(Opinion.inquiry_id == inquiry_id))
    return {one.need_id: one for one in rows}


def results_of(inquiry_id: int) -> list[LaterResult]:
    """The results asked for, the latest first."""
    asked = select(LaterResult).where(LaterResult.inquiry_id == inquiry_id, LaterResult.overtaken.is_(False))
    return list(db.session.scalars(asked.order_by(LaterResult.months.desc(), LaterResult.id)))


def opinion_on(file: CaseFile) -> Opinion | None:
    """What the company answered about the work of this dossier's branch; another branch's is not this one's affair."""
    asked = select(Opinion).where(Opinion.dossier_id == file.dossier.id, Opinion.answered_at.is_not(None))
    return db.session.scalar(asked) if file.workable else None


def results_on(file: CaseFile) -> Sequence[LaterResult]:
    asked = select(LaterResult).where(LaterResult.need_id == file.dossier.need_id)
    answered = asked.where(LaterResult.answered_at.is_not(None)).order_by(LaterResult.months)
    return list(db.session.scalars(answered)) if file.workable and file.dossier.leads else []


def never_asked(session: Session, before: datetime, most: int) -> list[Dossier]:
    """The leading dossiers closed before then whose company was not asked, oldest first, locked."""
    asked = (
        select(Dossier)
        .where(Dossier.leads, Dossier.status == Status.CLOSED, Dossier.outcome != Outcome.JOINED)
        .where(Dossier.closed_at < before, Dossier.closed_at >= before - LOOKED_AT)
        .where(~exists().where(Opinion.need_id == Dossier.need_id))
        .order_by(Dossier.closed_at, Dossier.id)
        .limit(most)
    )
    return list(session.scalars(asked.with_for_update(skip_locked=True)))
