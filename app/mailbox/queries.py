"""Questions about letters and the worker."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select

from app.extensions import db
from app.kernel.clock import utcnow
from app.mailbox.kinds import SETTLED, LetterStatus, Recipient
from app.mailbox.models import Heartbeat, Letter

WORKER = "worker"
FAILED_PAGE = 50
COUNTED = 10_000
"""Beyond, a page says « at least »."""


def worker_age(now: datetime | None = None) -> timedelta | None:
    """Time since the worker last ticked; None when it never did."""
    seen = seen_at(WORKER)
    return None if seen is None else (now or utcnow()) - seen


def seen_at(name: str) -> datetime | None:
    """When a process or a daily duty was last seen."""
    return db.session.scalar(select(Heartbeat.seen_at).where(Heartbeat.name == name))


def letters_of_inquiry(inquiry_id: int) -> list[Letter]:
    rows = db.session.scalars(select(Letter).where(Letter.inquiry_id == inquiry_id).order_by(Letter.id))
    return list(rows)


def failed_letters(before: int | None = None, size: int = FAILED_PAGE) -> list[Letter]:
    """Letters that died or came back, the latest first, before this id."""
    asked = select(Letter).where(Letter.status.in_((LetterStatus.DEAD, LetterStatus.BOUNCED)))
    if before is not None:
        asked = asked.where(Letter.id < before)
    return list(db.session.scalars(asked.order_by(Letter.id.desc()).limit(size)))


def unsettled_counts() -> dict[LetterStatus, int]:
    """How many letters wait or failed, counted up to a bound: those settled are never counted."""
    return {status: _bounded(status) for status in LetterStatus if status not in SETTLED}


def _bounded(status: LetterStatus) -> int:
    some = select(Letter.id).where(Letter.status == status).limit(COUNTED).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def company_unreached(inquiry_id: int) -> bool:
    """Did the last letter to this company die or come back?"""
    asked = select(Letter.status).where(
        Letter.inquiry_id == inquiry_id,
        Letter.recipient == Recipient.COMPANY,
        Letter.status.in_((LetterStatus.SENT, LetterStatus.DEAD, LetterStatus.BOUNCED)),
    )
    last = db.session.scalar(asked.order_by(Letter.id.desc()).limit(1))
    return last in (LetterStatus.DEAD, LetterStatus.BOUNCED)


def counts_by_status() -> dict[str, int]:
    rows = db.session.execute(select(Letter.status, func.count()).group_by(Letter.status))
    return dict(rows.all())
