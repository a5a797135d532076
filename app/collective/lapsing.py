"""What nobody answered and no longer holds lapses: said so in the journal, kept in the lists, its requests free again.

Nothing is lost silently: a collective need that lapsed is counted as unanswered, and its requests may make another
one, there or in a wider place, as if they had never been proposed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.collective import records
from app.collective.detection import first_day
from app.collective.models import CollectiveNeed, Signal
from app.collective.thresholds import Settings, Threshold
from app.collective.words import Happening, LapseReason, Method, State


def lapse_needs(session: Session, told: Settings, day: date, at: datetime) -> int:
    """Collective needs proposed long enough ago whose requests of the window no longer reach the threshold."""
    count = 0
    for need in _unanswered(session, Method.THRESHOLD, day - timedelta(days=told.lapse.collective_need_days)):
        standing = _standing(session, need, told.threshold, day)
        if standing[0] < told.threshold.signals or standing[1] < told.threshold.companies:
            _lapse(session, need, LapseReason.BELOW, standing, day, at)
            count += 1
    return count


def lapse_weak_signals(session: Session, told: Settings, day: date, at: datetime) -> int:
    """Weak signals that were last above their past long enough ago."""
    past = list(_unanswered(session, Method.PAST, day - timedelta(days=told.lapse.weak_signal_days)))
    for need in past:
        _lapse(session, need, LapseReason.USUAL, (need.signals, need.companies), day, at)
    return len(past)


def _unanswered(session: Session, method: Method, last: date) -> Iterable[CollectiveNeed]:
    """Those that were last seen to hold on this day or before, and to which nobody answered."""
    wanted = select(CollectiveNeed).where(
        CollectiveNeed.state == State.PROPOSED, CollectiveNeed.method == method
    )
    locked = wanted.where(CollectiveNeed.opened_on <= last).order_by(CollectiveNeed.id).with_for_update()
    return (one for one in session.scalars(locked) if one.shown.get("on", "9999") <= last.isoformat())


def _standing(session: Session, need: CollectiveNeed, threshold: Threshold, day: date) -> tuple[int, int]:
    """(requests, companies) of the need that are in the window and that their company did not take back."""
    mine = select(func.count(), func.count(Signal.company.distinct())).where(
        Signal.collective_need_id == need.id,
        Signal.counted,
        Signal.filed_on.between(first_day(day, threshold.days), day),
    )
    signals, companies = session.execute(mine).one()
    return signals, companies


def _lapse(
    session: Session,
    need: CollectiveNeed,
    reason: LapseReason,
    standing: tuple[int, int],
    day: date,
    at: datetime,
) -> None:
    signals, companies = standing
    need.state, need.reason = State.LAPSED, reason
    need.shown = need.shown | {"lapsed": {"on": day.isoformat(), "signals": signals, "companies": companies}}
    session.execute(
        update(Signal).where(Signal.collective_need_id == need.id).values(collective_need_id=None)
    )
    records.note(session, need, Happening.LAPSED, at, to=State.LAPSED, reason=reason)
    session.flush()
