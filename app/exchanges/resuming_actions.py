"""A draft left for later: its link is sent on request, one reminder goes out if it was asked for."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.extensions import db, transaction
from app.inquiries.models import FILED, Draft, Resumption
from app.kernel.clock import PARIS, utcnow
from app.kernel.workdays import add_workdays
from app.mailbox.records import post

QUIET = timedelta(hours=24)
"""Without a change for so long, a draft is left aside; its reminder goes out the next working day."""
MORNING = time(9, tzinfo=PARIS)
MOST_LINKS = 3
"""Letters with the link of one draft: nobody's mailbox is filled by a form."""


def resume_later(draft_id: str, email: str, remind: bool) -> bool:
    """Send the link of the draft to this address, which the draft keeps; False when enough were sent."""
    now = utcnow()
    with transaction() as session:
        draft = session.get(Draft, draft_id, with_for_update=True)
        if draft is None or draft.step == FILED or len(_asked(session, draft_id)) >= MOST_LINKS:
            return False
        draft.data, draft.updated_at = {**draft.data, "email": [email]}, now
        asked = Resumption(draft_id=draft_id, asked_at=now, reminder_wanted=remind)
        session.add(asked)
        session.flush()
        post(session, "draft_link", version=asked.id)
        return True


def remind_of_drafts() -> int:
    """One reminder for each draft left aside whose owner asked for it; how many were written."""
    now = utcnow()
    left = (
        select(Draft.id, Draft.updated_at)
        .join(Resumption, Resumption.draft_id == Draft.id)
        .where(Resumption.reminder_wanted, Resumption.reminded_at.is_(None))
        .where(Draft.step != FILED, Draft.updated_at <= now - QUIET)
    )
    waiting = db.session.execute(left.order_by(Draft.updated_at).distinct().limit(100)).all()
    return sum(_remind(row.id, now) for row in waiting if _is_due(row.updated_at, now))


def reminder_day(left_at: datetime) -> date:
    """The next working day after a day without a change."""
    return add_workdays((left_at + QUIET).astimezone(PARIS).date(), 1)


def _is_due(left_at: datetime, now: datetime) -> bool:
    return now.astimezone(PARIS).date() >= reminder_day(left_at)


def _remind(draft_id: str, now: datetime) -> bool:
    """The draft is locked and read again: two workers write one letter."""
    with transaction() as session:
        draft = session.get(Draft, draft_id, with_for_update=True)
        asked = _asked(session, draft_id)
        wanted = [one for one in asked if one.reminder_wanted]
        if draft is None or draft.step == FILED or not _is_due(draft.updated_at, now) or not wanted:
            return False
        if any(one.reminded_at for one in asked):
            return False
        for one in asked:
            one.reminded_at = now
        morning = datetime.combine(now.astimezone(PARIS).date(), MORNING)
        post(session, "draft_reminder", version=wanted[0].id, due_at=max(now, morning))
        return True


def _asked(session: Session, draft_id: str) -> list[Resumption]:
    rows = select(Resumption).where(Resumption.draft_id == draft_id).order_by(Resumption.id)
    return list(session.scalars(rows))
