"""Ask the register and remember; complete later what was filed without it; forget in time."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

import structlog
from flask import current_app
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from app.establishments.asked import Asked, asked
from app.establishments.calling import Register, Unavailable
from app.establishments.models import Completion, LookUp
from app.establishments.queries import LIFE, Answer, key_of, register_is_on, remembered
from app.establishments.records import keep
from app.extensions import db, transaction
from app.kernel.clock import utcnow

REGISTER = "establishments_register"
WAITS = tuple(timedelta(minutes=minutes) for minutes in (10, 60, 360, 1440, 4320))
"""Between two tries to complete an inquiry; after the last one it stays as filed."""
AT_ONCE = 5
"""Completions tried in one tick: the worker's other duties wait behind them."""

log = structlog.get_logger()


def look_up(question: Asked) -> Answer:
    """The answer kept, or a fresh one. Raises Unavailable; nothing of what was searched is logged."""
    known = remembered(question)
    if known is not None:
        return known
    if not register_is_on():
        raise Unavailable("off")
    db.session.rollback()  # no connection is held while the register thinks
    try:
        found = _register().ask(question)
    except Unavailable as error:
        log.warning("register_unavailable", reason=str(error))
        raise
    at = utcnow()
    # Somebody asked the same at the same moment, and was written first: the answer is the same.
    with suppress(IntegrityError), transaction() as session:
        keep(session, key_of(question), found, at)
    return Answer(found, at)


def complete_due() -> int:
    """Ask about the inquiries filed while the register did not answer; how many were completed."""
    return sum(_complete(one) for one in _due()) if register_is_on() else 0


def forget_look_ups() -> None:
    with transaction() as session:
        session.execute(delete(LookUp).where(LookUp.fetched_at < utcnow() - LIFE))


def _due() -> list[tuple[int, str]]:
    waiting = select(Completion.id, Completion.siret).where(Completion.due_at <= utcnow())
    rows = db.session.execute(waiting.order_by(Completion.due_at).limit(AT_ONCE))
    return [(row.id, row.siret) for row in rows]


def _complete(due: tuple[int, str]) -> bool:
    completion_id, siret = due
    question = asked(siret)
    try:
        answer = look_up(question) if question else None
    except Unavailable:
        _settle(completion_id, None)
        return False
    _settle(completion_id, answer)
    return bool(answer and answer.found)


def _settle(completion_id: int, answer: Answer | None) -> None:
    """Whoever settled it first is right: two workers ask twice and write once."""
    with transaction() as session:
        row = session.get(Completion, completion_id, with_for_update=True)
        if row is None or row.due_at is None:
            return
        if answer is None:
            row.due_at = _next_try(row.tries, utcnow())
            row.tries += 1
            return
        row.due_at, row.fetched_at = None, answer.fetched_at
        row.found = answer.found[0].plain() if answer.found else None


def _next_try(tries: int, at: datetime) -> datetime | None:
    return at + WAITS[tries] if tries < len(WAITS) else None


def _register() -> Register:
    """One for each process: it remembers that the service is ill."""
    known = current_app.extensions.get(REGISTER)
    base: str = current_app.config["GUICHET"].entreprises_url
    if not isinstance(known, Register) or known.base != base.rstrip("/"):
        known = current_app.extensions[REGISTER] = Register(base)
    return known
