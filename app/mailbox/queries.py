"""Questions about letters and the worker."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select

from app.extensions import db
from app.kernel.clock import utcnow
from app.mailbox.models import Heartbeat, Letter

WORKER = "worker"


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


def counts_by_status() -> dict[str, int]:
    rows = db.session.execute(select(Letter.status, func.count()).group_by(Letter.status))
    return dict(rows.all())
