"""Which lines of the journal the signals do not know yet."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, Subquery, func, select

from app.collective.models import Signal
from app.collective.queries import JOURNAL, mark_of
from app.dossiers.models import Event
from app.extensions import db

AT_ONCE = 500
"""New lines of the journal read in one transaction."""
LOOK_BACK = 5_000
"""Lines read again: no transaction stays open while that many others are written."""


def next_lines(read: int) -> Subquery:
    """The next lines of the journal, and the last ones again."""
    asked = select(Event.id, Event.need_id, Event.at).where(Event.id > read - LOOK_BACK)
    return asked.order_by(Event.id).limit(LOOK_BACK + AT_ONCE).subquery()


def needs_in(lines: Subquery) -> Select[tuple[int]]:
    """The needs whose signal does not know one of these lines."""
    # A question a line, by the index of needs: joined, PostgreSQL would read every signal to find a few thousand.
    known = select(Signal.event_id).where(Signal.need_id == lines.c.need_id).scalar_subquery()
    unknown = func.coalesce(known, -1) < lines.c.id
    return select(lines.c.need_id).where(unknown).distinct().order_by(lines.c.need_id)


def is_up_to_date(before: datetime | None = None) -> bool:
    """Is every line of the journal (written before then) known to the signals?"""
    read = mark_of(JOURNAL)
    lines = next_lines(read)
    first = db.session.scalar(select(func.min(lines.c.at)).where(lines.c.id > read))
    unknown = needs_in(lines).limit(1)
    if before is not None:
        unknown = unknown.where(lines.c.at < before)
    is_read = first is None or (before is not None and first >= before)
    return is_read and db.session.scalar(unknown) is None
