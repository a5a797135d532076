"""Answering a collective need: the Maison's word, read by the Région, never without its reason."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.abilities import Viewer
from app.collective import records
from app.collective.models import CollectiveNeed
from app.collective.queries import touched_by
from app.collective.words import Reason, State
from app.extensions import transaction
from app.kernel.clock import utcnow

CLOSING = (State.TREATED, State.NOT_RELEVANT)


class UnknownNeed(LookupError):
    """No such collective need, or none that this viewer may answer: the two are not told apart."""


class StaleNeed(Exception):
    """Somebody answered, or requests joined, since the page was read: nothing was written."""


class Incomplete(ValueError):
    """Something is missing; the message says what, in French."""


def answer(
    viewer: Viewer,
    need_id: int,
    version: int,
    said: State,
    reason: Reason | None = None,
    words: str | None = None,
    at: datetime | None = None,
) -> None:
    """Say what a collective need led to; the same answer twice is one. Raises StaleNeed, Incomplete, UnknownNeed."""
    at = at or utcnow()
    _refuse_incomplete(said, reason, words)
    with transaction() as session:
        need = own(session, viewer, need_id)
        if (need.state, need.reason, need.words) == (said, reason, words):
            return
        # While an action is under way, its end is the answer.
        if need.version != version or need.state == State.ACTION:
            raise StaleNeed(need_id)
        records.answered(session, need, said, at, viewer.user_id, reason=reason, words=words)


def own(session: Session, viewer: Viewer, need_id: int) -> CollectiveNeed:
    """The need, locked, if a Maison of this viewer answers for its place. The Région reads, the Maison answers."""
    asked = select(CollectiveNeed).where(touched_by(viewer), CollectiveNeed.id == need_id)
    need = session.scalar(asked.with_for_update())
    if need is None:
        raise UnknownNeed(need_id)
    return need


def _refuse_incomplete(said: State, reason: Reason | None, words: str | None) -> None:
    if said not in CLOSING:
        raise Incomplete("Choisissez une réponse")
    if said is State.NOT_RELEVANT and reason is None:
        raise Incomplete("Choisissez une raison")
    if reason is Reason.OTHER and not words:
        raise Incomplete("Écrivez la raison")
