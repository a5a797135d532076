"""Which requests the detection looks at: found by counting, then read one by one. Nothing here decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, select, tuple_

from app.collective.detection import Rising, Seen, Subject, first_day, rising
from app.collective.models import CollectiveNeed, Signal
from app.collective.thresholds import PastLimit, Threshold
from app.collective.words import OPEN, PLACE_COLUMNS
from app.dossiers.clocks import local_day
from app.extensions import db
from app.kernel.vocabulary import ZoneKind
from app.territory.queries import zones

said_family: ColumnElement[str] = func.coalesce(Signal.family, "")
company_count: ColumnElement[int] = func.count(Signal.company.distinct())
AT_ONCE = 300


def free_signals(threshold: Threshold, on: date) -> list[Seen]:
    """The requests in no collective need, of the families and themes that reach the threshold somewhere."""
    since = first_day(on, threshold.days)
    free = (
        Signal.counted,
        Signal.collective_need_id.is_(None),
        Signal.family.is_not(None),
        Signal.filed_on.between(since, on),
    )
    pairs = set[tuple[str, str]]()
    for column in _places():
        many = select(Signal.family, Signal.theme).where(*free, column.is_not(None))
        many = many.group_by(Signal.family, Signal.theme, column)
        pairs |= {
            (family or "", theme) for family, theme in db.session.execute(many.having(*_enough(threshold)))
        }
    found = (
        select(Signal).where(*free, tuple_(Signal.family, Signal.theme).in_(some)) for some in _parts(pairs)
    )
    return [_seen(one) for asked in found for one in db.session.scalars(asked.order_by(Signal.id))]


def rising_subjects(limits: PastLimit, on: date) -> list[tuple[Subject, Rising]]:
    """The subjects whose last days exceed what their own past explains, in order; those already open left out.

    One kind of place alone: the basin, or the département as long as basins are not known."""
    kind = ZoneKind.BASSIN_BMO if zones(ZoneKind.BASSIN_BMO) else ZoneKind.DEPARTEMENT
    since = first_day(on, limits.days)
    recent = _counts(kind, since, on, limits)
    answered = _last_answers(kind)
    past = _counts(kind, since - timedelta(days=limits.past_days), since - timedelta(days=1))
    observed = (since - _first_day_ever(since)).days
    found = list[tuple[Subject, Rising]]()
    for key, (signals, companies) in sorted(recent.items()):
        if key in answered:
            signals, companies = _since_answer(kind, key, answered[key], since, on)
        reading = rising(signals, companies, past.get(key, (0, 0))[0], observed, limits)
        if reading:
            found.append((Subject(key[0], key[1], kind, key[2]), reading))
    return found


def open_needs() -> dict[Subject, CollectiveNeed]:
    rows = db.session.scalars(select(CollectiveNeed).where(CollectiveNeed.state.in_(OPEN)))
    return {Subject(one.family, one.theme, ZoneKind(one.place_kind), one.place_code): one for one in rows}


Key = tuple[str, str, str]
"""Family, theme, code of the place."""


def _counts(
    kind: ZoneKind, since: date, until: date, limits: PastLimit | None = None
) -> dict[Key, tuple[int, int]]:
    column = _column(kind)
    wanted = select(said_family, Signal.theme, column, func.count(), company_count).where(
        Signal.counted, column.is_not(None), Signal.filed_on.between(since, until)
    )
    wanted = wanted.group_by(said_family, Signal.theme, column)
    if limits:
        wanted = wanted.having(*_enough(limits))
    rows = db.session.execute(wanted)
    return {(family, theme, code or ""): (count, companies) for family, theme, code, count, companies in rows}


def _since_answer(kind: ZoneKind, key: Key, answered: date, since: date, on: date) -> tuple[int, int]:
    """What was answered is over: only the requests filed since then count."""
    family, theme, code = key
    wanted = select(func.count(), company_count).where(
        Signal.counted,
        said_family == family,
        Signal.theme == theme,
        _column(kind) == code,
        Signal.filed_on.between(max(since, answered + timedelta(days=1)), on),
    )
    signals, companies = db.session.execute(wanted).one()
    return signals, companies


def _last_answers(kind: ZoneKind) -> dict[Key, date]:
    """The last day each subject of this kind of place was answered; an open one is answered by nobody yet."""
    wanted = select(
        CollectiveNeed.family,
        CollectiveNeed.theme,
        CollectiveNeed.place_code,
        func.max(CollectiveNeed.answered_at),
    ).where(CollectiveNeed.place_kind == kind, CollectiveNeed.answered_at.is_not(None))
    rows = db.session.execute(
        wanted.group_by(CollectiveNeed.family, CollectiveNeed.theme, CollectiveNeed.place_code)
    )
    return {(family, theme, code): local_day(at) for family, theme, code, at in rows if at}


def _first_day_ever(otherwise: date) -> date:
    """The day of the first request the desk knows: before it, an empty past is no past."""
    return db.session.scalar(select(Signal.filed_on).order_by(Signal.id).limit(1)) or otherwise


def _places() -> list[ColumnElement[str | None]]:
    return [_column(kind) for kind in PLACE_COLUMNS]


def _column(kind: ZoneKind) -> ColumnElement[str | None]:
    column: ColumnElement[str | None] = getattr(Signal, PLACE_COLUMNS[kind])
    return column


def _enough(least: Threshold | PastLimit) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return func.count() >= least.signals, company_count >= least.companies


def _parts(pairs: Iterable[tuple[str, str]]) -> Iterable[Sequence[tuple[str, str]]]:
    ordered = sorted(pairs)
    return (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))


def _seen(one: Signal) -> Seen:
    places = {kind: code for kind, name in PLACE_COLUMNS.items() if (code := getattr(one, name))}
    return Seen(one.id, one.family or "", one.theme, one.company, one.filed_on, places)
