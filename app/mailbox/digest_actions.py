"""One letter a working day for what a person wants together: written once, caught up after a missed morning."""

from __future__ import annotations

from datetime import datetime, time

import structlog
from sqlalchemy import select

from app.extensions import db, transaction
from app.kernel.clock import PARIS, utcnow
from app.kernel.workdays import is_workday
from app.mailbox.kinds import LetterStatus
from app.mailbox.models import Letter
from app.mailbox.records import post

FROM = time(7, 30)
"""In Occitanie: read when the day begins. What is written later is for the next working day."""
DIGEST = "digest"
MOST = 1000
log = structlog.get_logger()


def send_digests(at: datetime | None = None) -> int:
    """A digest for each person with letters kept before this morning and none written today; how many."""
    at = at or utcnow()
    morning = datetime.combine(at.astimezone(PARIS).date(), FROM, PARIS)
    if not is_workday(morning.date()) or at < morning:
        return 0
    kept = select(Letter.user_id).where(Letter.status == LetterStatus.KEPT, Letter.posted_at < morning)
    people = db.session.scalars(kept.distinct().order_by(Letter.user_id).limit(MOST)).all()
    return sum(_tried(user_id, morning, at) for user_id in people if user_id is not None)


def _tried(user_id: int, morning: datetime, at: datetime) -> bool:
    """One person's trouble never stops the others: the next minute tries again."""
    try:
        return _write(user_id, morning, at)
    except Exception as error:
        log.error("digest_failed", user=user_id, error=type(error).__name__)
        return False


def _write(user_id: int, morning: datetime, at: datetime) -> bool:
    """Two workers at once: the second waits for the rows of the first, then finds none."""
    day = morning.date()
    with transaction() as session:
        kept = select(Letter).where(
            Letter.user_id == user_id, Letter.status == LetterStatus.KEPT, Letter.posted_at < morning
        )
        letters = session.scalars(kept.order_by(Letter.id).limit(MOST).with_for_update()).all()
        digest = post(session, DIGEST, user_id=user_id, version=day.toordinal(), at=at) if letters else None
        if digest is None or digest.posted_at != at:
            return False
        for letter in letters:
            letter.status, letter.digest_on = LetterStatus.TOGETHER, day
        return True
