"""Questions about what the cases give back. A collective need is read by the Maisons it touches and by the Région."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true

from app.accounts.abilities import Role, Viewer
from app.accounts.models import User
from app.collective.models import CollectiveEvent, CollectiveNeed, Progress, Signal
from app.collective.places import places_of, zones_touched
from app.collective.words import OPEN, PLACE_COLUMNS, Method, Shelf, State
from app.extensions import db
from app.kernel.vocabulary import ZoneKind

JOURNAL = "journal"
PAGE = 25


@dataclass(frozen=True, slots=True)
class NeedPage:
    """`following` is the number after which the next page starts."""

    rows: Sequence[CollectiveNeed]
    following: int | None


@dataclass(frozen=True, slots=True)
class EventLine:
    kind: str
    at: datetime
    who: str | None
    to: str | None
    reason: str | None
    words: str | None


def mark_of(duty: str) -> int:
    """The last number this duty reached, 0 before it ever ran."""
    return db.session.scalar(select(Progress.number).where(Progress.duty == duty)) or 0


def needs_listed(viewer: Viewer, shelf: Shelf, before: int | None = None, size: int = PAGE) -> NeedPage:
    """One list of what this viewer may read, the latest first."""
    proposed = CollectiveNeed.state == State.PROPOSED
    kept = {
        Shelf.OPEN: and_(proposed, CollectiveNeed.method == Method.THRESHOLD),
        Shelf.WEAK: and_(proposed, CollectiveNeed.method == Method.PAST),
        Shelf.ACTION: CollectiveNeed.state == State.ACTION,
        Shelf.ANSWERED: CollectiveNeed.state.not_in(OPEN),
    }
    asked = select(CollectiveNeed).where(read_by(viewer), kept[shelf])
    if before is not None:
        asked = asked.where(CollectiveNeed.id < before)
    rows = db.session.scalars(asked.order_by(CollectiveNeed.id.desc()).limit(size + 1)).all()
    return NeedPage(rows[:size], rows[size - 1].id if len(rows) > size else None)


def needs_counted(viewer: Viewer) -> dict[Shelf, int]:
    """How many this viewer may read on each list where somebody is still to do something."""
    rows = db.session.execute(
        select(CollectiveNeed.state, CollectiveNeed.method, func.count())
        .where(read_by(viewer), CollectiveNeed.state.in_(OPEN))
        .group_by(CollectiveNeed.state, CollectiveNeed.method)
    )
    found = dict.fromkeys((Shelf.OPEN, Shelf.WEAK, Shelf.ACTION), 0)
    for state, method, count in rows:
        shelf = Shelf.OPEN if method == Method.THRESHOLD else Shelf.WEAK
        found[Shelf.ACTION if state == State.ACTION else shelf] += count
    return found


def need_read(viewer: Viewer, need_id: int) -> CollectiveNeed | None:
    """None when it does not exist or this viewer may not read it."""
    return db.session.scalar(select(CollectiveNeed).where(read_by(viewer), CollectiveNeed.id == need_id))


def may_answer(viewer: Viewer, need_id: int) -> bool:
    """Does a Maison of this viewer answer for the place?"""
    asked = select(CollectiveNeed.id).where(touched_by(viewer), CollectiveNeed.id == need_id)
    return db.session.scalar(asked) is not None


def journal_of(need_id: int) -> list[EventLine]:
    """What happened to a need, the latest first."""
    rows = db.session.execute(
        select(CollectiveEvent, User.name)
        .outerjoin(User, User.id == CollectiveEvent.user_id)
        .where(CollectiveEvent.collective_need_id == need_id)
        .order_by(CollectiveEvent.id.desc())
        .limit(PAGE)
    )
    return [EventLine(row.kind, row.at, name, row.to, row.reason, row.words) for row, name in rows]


def signals_of(need: CollectiveNeed) -> ColumnElement[bool]:
    """Its requests: those that joined it; for a weak signal, or what lapsed, those of its window."""
    lapsed = need.shown.get("lapsed") if need.state == State.LAPSED else None
    if need.method == Method.THRESHOLD and not lapsed:
        return and_(Signal.collective_need_id == need.id, Signal.counted)
    until = date.fromisoformat(need.shown["on"] if need.method == Method.PAST or not lapsed else lapsed["on"])
    return and_(of_place(need), Signal.counted, Signal.filed_on.between(need.since, until))


def of_place(need: CollectiveNeed) -> ColumnElement[bool]:
    """The signals of the same family, theme and place."""
    place = getattr(Signal, PLACE_COLUMNS[ZoneKind(need.place_kind)])
    family = Signal.family == need.family if need.family else Signal.family.is_(None)
    return and_(family, Signal.theme == need.theme, place == need.place_code)


def touched_by(viewer: Viewer) -> ColumnElement[bool]:
    """The collective needs whose place the Maisons of this viewer touch."""
    if Role.MAISON_ADVISER not in viewer.roles:
        return false()
    kinds = (
        and_(CollectiveNeed.place_kind == kind, CollectiveNeed.place_code.in_(sorted(codes)))
        for kind, codes in places_of(viewer).items()
    )
    return or_(*kinds)


def read_by(viewer: Viewer) -> ColumnElement[bool]:
    return true() if Role.REGIONAL_MANAGER in viewer.roles else touched_by(viewer)


def about_place(kind: str, code: str) -> ColumnElement[bool]:
    """The collective needs of a place, of those it holds and of those it lies in; all of them for the region."""
    if kind == ZoneKind.REGION:
        return true()
    touched = zones_touched(kind, code)
    return or_(
        false(),
        *(
            and_(CollectiveNeed.place_kind == held, CollectiveNeed.place_code.in_(sorted(codes)))
            for held, codes in touched.items()
        ),
    )
