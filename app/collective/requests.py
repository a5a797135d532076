"""The requests behind a collective need: numbers for all its readers, each request for who works it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, select

from app.accounts.abilities import Viewer
from app.collective.detection import first_day
from app.collective.models import CollectiveNeed, Signal
from app.collective.places import spot_of
from app.collective.queries import signals_of
from app.collective.thresholds import settings
from app.collective.words import PLACE_COLUMNS, Unanswered
from app.dossiers.labels import need_label
from app.dossiers.models import Dossier
from app.dossiers.queries import visible_to
from app.extensions import db
from app.inquiries.models import Inquiry

MOST = 100


@dataclass(frozen=True, slots=True)
class Totals:
    """`posts` is the sum of what was said, by `told` requests. `taken_back` were taken back since by their company:
    they are in no other number here."""

    signals: int
    posts: int
    told: int
    unanswered: Mapping[str, int]
    needs: Mapping[str, int]
    taken_back: int = 0


@dataclass(frozen=True, slots=True)
class Request:
    """A request this viewer may open."""

    dossier_id: int
    reference: str
    need: str
    filed_on: date
    posts: int | None
    unanswered: str | None


@dataclass(frozen=True, slots=True)
class Alike:
    """How many requests of the same kind, and where: said from the threshold on."""

    count: int
    place: str
    days: int


def totals(need: CollectiveNeed) -> Totals:
    """What any reader of the need may know: nothing of one company."""
    asked = select(
        Signal.need_key,
        Signal.unanswered,
        func.count(),
        func.coalesce(func.sum(Signal.head_count), 0),
        func.count(Signal.head_count),
    ).where(signals_of(need))
    rows = db.session.execute(asked.group_by(Signal.need_key, Signal.unanswered))
    needs, unanswered, posts, told = Counter[str](), Counter[str](), 0, 0
    for key, why, count, posted, saying in rows:
        needs[need_label(key)] += count
        posts, told = posts + int(posted or 0), told + saying
        if why:
            unanswered[Unanswered(why).label] += count
    counts = dict(unanswered.most_common()), dict(needs.most_common())
    return Totals(needs.total(), posts, told, *counts, _taken_back(need))


def _taken_back(need: CollectiveNeed) -> int:
    gone = select(func.count()).where(Signal.collective_need_id == need.id, Signal.counted.is_(False))
    return db.session.scalar(gone) or 0


def requests_read(viewer: Viewer, need: CollectiveNeed) -> Sequence[Request]:
    """Those whose case this viewer may open, the latest first; the others are only counted."""
    rows = db.session.execute(
        select(Signal, Dossier.id, Inquiry.reference)
        .join(Dossier, Dossier.need_id == Signal.need_id)
        .join(Inquiry, Inquiry.id == Signal.inquiry_id)
        .where(signals_of(need), visible_to(viewer))
        .order_by(Signal.filed_on.desc(), Signal.id.desc(), Dossier.leads.desc(), Dossier.id)
        .limit(MOST)
    )
    found: dict[int, Request] = {}
    for one, dossier_id, reference in rows:
        why = Unanswered(one.unanswered).label if one.unanswered else None
        label = need_label(one.need_key)
        found.setdefault(one.id, Request(dossier_id, reference, label, one.filed_on, one.head_count, why))
    return list(found.values())


def alike_here(need_id: int, on: date) -> Alike | None:
    """The requests like this need's, in the smallest place that reaches the threshold.

    Below it nothing is said: an adviser learns nothing of one other company."""
    own = db.session.scalar(select(Signal).where(Signal.need_id == need_id))
    if own is None or not own.family:
        return None
    threshold = settings().threshold
    for kind, name in PLACE_COLUMNS.items():
        code = getattr(own, name)
        asked = select(func.count(), func.count(Signal.company.distinct())).where(_like(own, name, on))
        signals, companies = db.session.execute(asked).one() if code else (0, 0)
        if signals >= threshold.signals and companies >= threshold.companies:
            return Alike(signals, spot_of(kind, code).words, threshold.days)
    return None


def _like(own: Signal, place: str, on: date) -> ColumnElement[bool]:
    since = first_day(on, settings().threshold.days)
    return and_(
        Signal.counted,
        Signal.family == own.family,
        Signal.theme == own.theme,
        getattr(Signal, place) == getattr(own, place),
        Signal.filed_on.between(since, on),
    )
