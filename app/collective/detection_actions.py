"""Looking at one finished day: what holds is proposed to the Maisons, once; what is open gathers its new requests.

The duty runs at each tick and does something once a day. Days missed are looked at one after the other; the
day is over and its signals are all written before it is looked at, so that nothing depends on the hour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.collective import records
from app.collective.candidates import free_signals, open_needs, rising_subjects
from app.collective.detection import Found, Rising, Subject, chosen, first_day
from app.collective.lapsing import lapse_needs, lapse_weak_signals
from app.collective.models import CollectiveNeed, Progress
from app.collective.places import maisons_touched
from app.collective.thresholds import Settings, settings
from app.collective.unread import is_up_to_date
from app.collective.words import PLACE_COLUMNS, Happening, Method
from app.directory.models import Branch
from app.dossiers.clocks import local_day
from app.dossiers.readers import has_mailbox, team
from app.extensions import db, transaction
from app.kernel.clock import midnight, utcnow
from app.mailbox.records import post

DETECTION = "detection"


def propose_needs(at: datetime | None = None) -> bool:
    """Look at the next finished day; False when there is none, or when its signals are not all written."""
    at = at or utcnow()
    day = _next_day(at)
    if day is None or not is_up_to_date(midnight(day + timedelta(days=1))):
        return False
    with transaction() as session:
        mark = records.progress(session, DETECTION)
        if mark.day is not None and mark.day >= day:
            return True
        _gather(session, at)
        lapse_needs(session, settings(), day, at)
        _propose(session, settings(), day, at)
        _warn(session, settings(), day, at)
        lapse_weak_signals(session, settings(), day, at)
        mark.day = day
        return True


def _next_day(at: datetime) -> date | None:
    """The day after the last one looked at, if it is over; yesterday when none ever was."""
    yesterday = local_day(at) - timedelta(days=1)
    last = db.session.scalar(select(Progress.day).where(Progress.duty == DETECTION))
    if last is None:
        return yesterday
    oldest = first_day(yesterday, settings().threshold.days)
    return max(last + timedelta(days=1), oldest) if last < yesterday else None


def _gather(session: Session, at: datetime) -> None:
    """The requests filed since join the collective needs still open, the smallest places first."""
    for _, need in sorted(open_needs().items(), key=lambda one: (_width(one[0]), one[0])):
        if joined := records.gather(session, need):
            records.note(session, need, Happening.JOINED, at, words=str(joined))


def _propose(session: Session, told: Settings, day: date, at: datetime) -> None:
    found = chosen(free_signals(told.threshold, day), told.threshold, day)
    known = open_needs()
    for one in found:
        weak = known.get(one.subject)
        need = weak or _opened(session, one.subject, Method.THRESHOLD, day)
        kind = Happening.CONFIRMED if weak else Happening.PROPOSED
        _hold(session, need, one, told, day)
        records.note(session, need, kind, at)
        _tell_maisons(session, need, at)


def _hold(session: Session, need: CollectiveNeed, found: Found, told: Settings, day: date) -> None:
    need.method, need.since = Method.THRESHOLD, first_day(day, told.threshold.days)
    need.signals, need.companies = len(found.signals), found.companies
    numbers = {"on": day.isoformat(), "signals": need.signals, "companies": need.companies}
    need.shown = numbers | {"threshold": asdict(told.threshold)}
    session.flush()
    records.join(session, need, found)


def _warn(session: Session, told: Settings, day: date, at: datetime) -> None:
    """Weak signals: read on their page, nobody is written to. One still open has its numbers of the day."""
    known = open_needs()
    for subject, reading in rising_subjects(told.past, day):
        need = known.get(subject)
        if need is None:
            need = _opened(session, subject, Method.PAST, day)
            session.flush()
            records.note(session, need, Happening.PROPOSED, at)
        if need.method == Method.PAST:
            _show(need, reading, told, day)


def _show(need: CollectiveNeed, reading: Rising, told: Settings, day: date) -> None:
    need.signals, need.companies = reading.signals, reading.companies
    need.since = first_day(day, told.past.days)
    need.shown = {"on": day.isoformat(), "past": asdict(reading), "limits": asdict(told.past)}


def _opened(session: Session, subject: Subject, method: Method, day: date) -> CollectiveNeed:
    need = CollectiveNeed(
        family=subject.family,
        theme=subject.theme,
        place_kind=subject.kind,
        place_code=subject.code,
        method=method,
        opened_on=day,
        since=day,
        signals=0,
        companies=0,
        shown={},
    )
    session.add(need)
    return need


def _tell_maisons(session: Session, need: CollectiveNeed, at: datetime) -> None:
    """One letter to the team of each Maison the place touches, else to each of its people; once a need."""
    slugs = maisons_touched(need.place_kind, need.place_code)
    for branch in session.scalars(select(Branch.id).where(Branch.slug.in_(slugs)).order_by(Branch.id)):
        people: Sequence[int | None] = [] if has_mailbox(branch) else team(branch, local_day(at))
        for person in people or [None]:
            post(session, "collective_need", branch_id=branch, user_id=person, version=need.id, at=at)


def _width(subject: Subject) -> int:
    return list(PLACE_COLUMNS).index(subject.kind)
