"""What nobody could answer, counted: requests on file, and collective needs that lapsed. Numbers alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import func, select

from app.collective.models import CollectiveEvent, CollectiveNeed, Signal
from app.collective.words import Happening, State, Unanswered
from app.extensions import db
from app.kernel.vocabulary import ZoneKind


def unanswered_between(since: date, until: date, departement: str | None = None) -> Mapping[Unanswered, int]:
    """Requests filed on these days (both included) that nobody could answer, by why; those taken back left out."""
    asked = select(Signal.unanswered, func.count()).where(
        Signal.filed_on.between(since, until), Signal.counted, Signal.unanswered.is_not(None)
    )
    if departement:
        asked = asked.where(Signal.departement == departement)
    counts = {code: count for code, count in db.session.execute(asked.group_by(Signal.unanswered)) if code}
    return {why: counts[why] for why in Unanswered if why in counts}


def lapsed_between(since: datetime, until: datetime, departement: str | None = None) -> int:
    """Collective needs and weak signals said to have lapsed from `since` to before `until`, that nobody answered
    later either. In a département, those of the département itself alone: a basin may lie in several."""
    lapsed = select(CollectiveEvent.collective_need_id).where(
        CollectiveEvent.kind == Happening.LAPSED, CollectiveEvent.at >= since, CollectiveEvent.at < until
    )
    asked = select(func.count()).where(CollectiveNeed.id.in_(lapsed), CollectiveNeed.state == State.LAPSED)
    if departement:
        own = (CollectiveNeed.place_kind == ZoneKind.DEPARTEMENT, CollectiveNeed.place_code == departement)
        asked = asked.where(*own)
    return db.session.scalar(asked) or 0
