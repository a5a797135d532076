"""A company says whether it takes part, and may change its mind until the action is over; it is reminded once."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.accounts.abilities import Viewer
from app.collective.acting import Reply, Stage
from app.collective.models import Agreement, CollectiveAction, CollectiveNeed, Signal
from app.collective.need_actions import UnknownNeed, own
from app.collective.planned import TAKEN_BACK
from app.collective.records import note
from app.collective.thresholds import settings
from app.collective.words import Happening
from app.extensions import db, transaction
from app.inquiries.models import Inquiry
from app.kernel.clock import utcnow
from app.mailbox.records import post

AT_ONCE = 200
SAID = {Reply.AGREED: Happening.AGREED, Reply.DECLINED: Happening.DECLINED}


def reply(inquiry_id: int, action_id: int, agrees: bool, at: datetime | None = None) -> bool:
    """False when nobody asks this company any more; the same answer twice is one."""
    with transaction() as session:
        return _say(session, inquiry_id, action_id, agrees, at or utcnow(), None)


def reply_by_phone(
    viewer: Viewer, inquiry_id: int, action_id: int, agrees: bool, at: datetime | None = None
) -> bool:
    """The Maison notes what a company nobody can write to said on the phone. False when nobody asks it any more, or
    when it has an address: it then answers by itself. Raises UnknownNeed."""
    with transaction() as session:
        action = session.get(CollectiveAction, action_id)
        if action is None:
            raise UnknownNeed(action_id)
        own(session, viewer, action.collective_need_id)
        inquiry = session.get(Inquiry, inquiry_id)
        if inquiry is None or inquiry.contact.email:
            return False
        return _say(session, inquiry_id, action_id, agrees, at or utcnow(), viewer.user_id)


def _say(
    session: Session, inquiry_id: int, action_id: int, agrees: bool, at: datetime, noted_by: int | None
) -> bool:
    said = Reply.AGREED if agrees else Reply.DECLINED
    asked = select(Agreement).where(Agreement.action_id == action_id, Agreement.inquiry_id == inquiry_id)
    row = session.scalar(asked.with_for_update())
    action = session.get(CollectiveAction, action_id)
    if row is None or action is None or action.stage != Stage.PLANNED:
        return False
    if row.reply != said:
        row.reply, row.answered_at = said, at
        need = session.get_one(CollectiveNeed, action.collective_need_id)
        # Who declined is for the Maison and the company alone: the Région reads this journal too.
        told = session.get_one(Inquiry, inquiry_id).reference if agrees else None
        note(session, need, SAID[said], at, noted_by, words=told)
    return True


def remind_silent(at: datetime | None = None) -> int:
    """Once, a few days after the question, while the action is still to come; how many were written to."""
    at = at or utcnow()
    taken_back = exists().where(
        Signal.inquiry_id == Agreement.inquiry_id,
        Signal.collective_need_id == CollectiveAction.collective_need_id,
        TAKEN_BACK,
    )
    due = (
        select(Agreement)
        .join(CollectiveAction, CollectiveAction.id == Agreement.action_id)
        .where(
            Agreement.reply == Reply.ASKED,
            Agreement.reminded_at.is_(None),
            Agreement.asked_at <= at - timedelta(days=settings().remind_after),
            CollectiveAction.stage == Stage.PLANNED,
            ~taken_back,
        )
        .order_by(Agreement.asked_at, Agreement.id)
        .limit(AT_ONCE)
    )
    if db.session.scalar(due.with_only_columns(Agreement.id).limit(1)) is None:
        return 0
    with transaction() as session:
        rows = session.scalars(due.with_for_update(of=Agreement, skip_locked=True)).all()
        for row in rows:
            row.reminded_at = at
            post(session, "action_asked_again", inquiry_id=row.inquiry_id, version=row.action_id, at=at)
        return len(rows)
