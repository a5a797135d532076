"""Relays offered and not answered yet: until when, and which have waited too long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.dossiers.clocks import answer_due
from app.dossiers.deadline_lines import steps_for
from app.dossiers.due import each_by, locked
from app.dossiers.lifecycle import Move
from app.dossiers.models import Dossier, Event
from app.extensions import db

PENDING = Dossier.offered_by_id.is_not(None)


def answer_day(asked: Dossier) -> date:
    """The last day the branch asked has to answer; after it the offer lapses and the sender keeps the case."""
    offered = select(func.max(Event.at)).where(
        Event.dossier_id == asked.offered_by_id, Event.kind == Move.OFFERED
    )
    since: datetime = db.session.scalar(offered) or asked.filed_at
    return answer_due(steps_for(asked.need_key, asked.actor, asked.urgency), since)


def answer_day_of(dossier_id: int) -> date | None:
    """The same for a page, of the dossier asked; None when no relay is offered to it."""
    asked = db.session.get(Dossier, dossier_id)
    return answer_day(asked) if asked is not None and asked.offered else None


def pending() -> Iterator[int]:
    """Dossiers to which a relay is offered, by keyset."""
    return each_by((Dossier.offered_by_id, Dossier.id), PENDING)


def lock_pending(session: Session, dossier_id: int) -> Dossier | None:
    return locked(session, dossier_id, PENDING)
