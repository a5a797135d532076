"""Rows of collective needs added or moved in the open transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.collective.detection import Found
from app.collective.models import CollectiveEvent, CollectiveNeed, Progress, Signal
from app.collective.queries import of_place
from app.collective.words import Happening, LapseReason, Method, Reason, State


def progress(session: Session, duty: str) -> Progress:
    """How far this duty went, locked: two workers never run it at once."""
    found = session.scalar(select(Progress).where(Progress.duty == duty).with_for_update())
    if found is None:
        found = Progress(duty=duty, number=0)
        session.add(found)
        session.flush()
    return found


def note(
    session: Session,
    need: CollectiveNeed,
    kind: Happening,
    at: datetime,
    user_id: int | None = None,
    *,
    to: State | None = None,
    reason: Reason | LapseReason | None = None,
    words: str | None = None,
) -> CollectiveEvent:
    """A line of the journal of this need, added."""
    line = CollectiveEvent(
        collective_need_id=need.id, at=at, user_id=user_id, kind=kind, to=to, reason=reason, words=words
    )
    session.add(line)
    return line


def answered(
    session: Session,
    need: CollectiveNeed,
    answer: State,
    at: datetime,
    user_id: int,
    *,
    reason: Reason | None = None,
    words: str | None = None,
) -> None:
    """The Maison's word on a need: the latest in force, every one in the journal."""
    gather(session, need)
    need.state, need.reason, need.words = answer, reason, words
    need.answered_at, need.answered_by_id = at, user_id
    note(session, need, Happening.ANSWERED, at, user_id, to=answer, reason=reason, words=words)


def join(session: Session, need: CollectiveNeed, found: Found) -> None:
    """These very requests are the need's."""
    mine = update(Signal).where(Signal.id.in_(found.signals), Signal.collective_need_id.is_(None))
    session.execute(mine.values(collective_need_id=need.id))
    recount(session, need)


def gather(session: Session, need: CollectiveNeed) -> int:
    """The free requests of its subject since its window began join it; answers how many. A weak signal only counts."""
    if need.method != Method.THRESHOLD:
        return 0
    free = update(Signal).where(
        of_place(need), Signal.counted, Signal.collective_need_id.is_(None), Signal.filed_on >= need.since
    )
    joined = session.scalars(free.values(collective_need_id=need.id).returning(Signal.id)).all()
    if joined:
        recount(session, need)
    return len(joined)


def recount(session: Session, need: CollectiveNeed) -> None:
    """The numbers of a need are those of its requests."""
    mine = select(func.count(), func.count(Signal.company.distinct()))
    counted = mine.where(Signal.collective_need_id == need.id, Signal.counted)
    need.signals, need.companies = session.execute(counted).one()
