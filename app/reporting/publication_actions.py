"""Publishing a quarter: once it is over and its requests are read, once and for all.

The counts are stored as they are told: a case that moves later changes none of them, and no two tellings of a quarter
can be compared. A run begun twice writes nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.exc import IntegrityError

from app.collective.models import Signal
from app.collective.unread import is_up_to_date
from app.dossiers.clocks import local_day
from app.extensions import db, transaction
from app.inquiries.models import Inquiry
from app.kernel.clock import midnight, utcnow
from app.kernel.quarters import Quarter, last_over, quarter_of
from app.reporting.cells import Key, Record, size_of
from app.reporting.models import Publication, PublishedCell
from app.reporting.secrecy import rules
from app.reporting.suppression import publishable


class NeverTold(LookupError):
    """No publication has this quarter."""


def publish_due(at: datetime | None = None) -> bool:
    """Publish the oldest quarter that is due; False when there is none."""
    at = at or utcnow()
    due = next(quarters_due(local_day(at)), None)
    return due is not None and publish(due, at)


def publish_all_due(at: datetime | None = None) -> int:
    """Catch up whole: how many quarters were published."""
    done = 0
    while publish_due(at):
        done += 1
    return done


def withdraw(quarter: str, why: str, at: datetime | None = None) -> bool:
    """This quarter is no longer read, and says why; False when it was already withdrawn. Its counts are kept, and it is
    never told again: two tellings of a quarter could be compared. Raises NeverTold."""
    with transaction() as session:
        told = session.scalar(select(Publication).where(Publication.quarter == quarter).with_for_update())
        if told is None:
            raise NeverTold(quarter)
        if told.withdrawn_at is not None:
            return False
        told.withdrawn_at, told.withdrawn_why = at or utcnow(), why
        return True


def quarters_due(on: date) -> Iterator[Quarter]:
    """The quarters over for long enough and not told yet, from the first request on, the oldest first."""
    first = db.session.scalar(select(func.min(Signal.filed_on)))
    if first is None:
        return
    last = last_over(on - timedelta(days=rules().after_days))
    told = set(
        db.session.scalars(select(Publication.quarter).where(Publication.quarter >= quarter_of(first).name))
    )
    one = quarter_of(first)
    while one.first <= last.first:
        if one.name not in told:
            yield one
        one = quarter_of(one.after)


def publish(quarter: Quarter, at: datetime) -> bool:
    """Tell this quarter; False when it was told meanwhile, or when its requests are not all read yet."""
    if not is_up_to_date(midnight(quarter.after)) or _was_told(quarter):
        return False
    records = _records(quarter)
    db.session.rollback()  # no connection is held during the minutes of the computation
    cells = publishable(records, rules())
    try:
        _store(quarter, cells, at)
    except IntegrityError:
        # Another worker told it at this very moment.
        return False
    return True


def _was_told(quarter: Quarter) -> bool:
    """Even withdrawn since."""
    return db.session.scalar(select(Publication.id).where(Publication.quarter == quarter.name)) is not None


def _records(quarter: Quarter) -> Sequence[Record]:
    """The requests of the quarter that count, in the order of their numbers."""
    columns = Signal.company, Signal.departement, Signal.bassin_bmo, Signal.theme, Signal.family
    wanted = (
        select(*columns, Inquiry.workforce_low, Inquiry.workforce_high)
        .join(Inquiry, Inquiry.id == Signal.inquiry_id)
        .where(Signal.filed_on >= quarter.first, Signal.filed_on < quarter.after, Signal.counted)
        .order_by(Signal.id)
    )
    return [
        Record(company, departement, basin or "", theme, family or "", size_of(low, high))
        for company, departement, basin, theme, family, low, high in db.session.execute(wanted)
    ]


def _store(quarter: Quarter, cells: dict[Key, int], at: datetime) -> None:
    with transaction() as session:
        told = Publication(
            quarter=quarter.name, published_at=at, settings=asdict(rules()), is_demo=_is_demo(quarter)
        )
        session.add(told)
        session.flush()
        session.add_all(
            PublishedCell(
                publication_id=told.id,
                place_kind=key.place.kind.value,
                place_code=key.place.code,
                theme=key.theme,
                job=key.job,
                size=key.size,
                needs=needs,
            )
            for key, needs in cells.items()
        )


def _is_demo(quarter: Quarter) -> bool:
    invented = exists().where(
        Inquiry.is_demo, Inquiry.filed_at >= quarter.began, Inquiry.filed_at < quarter.ended
    )
    return bool(db.session.scalar(select(invented)))
