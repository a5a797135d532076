"""Writing signals from the journal: read again from where the last run stopped, nothing lost if one stops half-way.

A capability below cannot tell this one that a case moved: the journal does. It is read by the numbers of its lines.
On PostgreSQL a line may become visible after a later one: the last `unread.LOOK_BACK` lines are looked at again, and
a need is read again whenever a line is newer than the last one its signal knows.
"""

from __future__ import annotations

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from app.collective.families import linked
from app.collective.models import CollectiveNeed, Signal
from app.collective.queries import JOURNAL
from app.collective.reading import read_signal
from app.collective.records import progress, recount
from app.collective.unread import is_up_to_date, needs_in, next_lines
from app.collective.words import OPEN
from app.extensions import db, transaction
from app.gpec.models import RomeFapLink, RomeJob
from app.inquiries.models import Need
from app.kernel.vocabulary import ZoneKind
from app.territory.queries import commune, zones

PIECES = 20
"""Pieces of the journal read in one tick."""


def gather_signals() -> bool:
    """Write the signals of the needs that moved since the last run; False when there was nothing new."""
    if is_up_to_date():
        return False
    with transaction() as session:
        mark = progress(session, JOURNAL)
        lines = next_lines(mark.number)
        for need_id in session.scalars(needs_in(lines)).all():
            _write(session, session.get_one(Need, need_id))
        mark.number = session.scalar(select(func.max(lines.c.id))) or mark.number
        return True


def gather_due() -> None:
    """What a tick does: the next pieces of the journal, a long one over several ticks."""
    for _ in range(PIECES):
        if not gather_signals():
            return


def gather_all() -> None:
    """Catch up whole: after a load in bulk."""
    while gather_signals():
        pass


def fill_families() -> int:
    """Give their family to the signals written before the official passage came in."""
    linkable = select(RomeFapLink.rome)
    parted = select(RomeJob.code).where(RomeJob.parent.in_(linkable))
    without = select(Signal.rome).where(Signal.rome.is_not(None), Signal.family.is_(None)).distinct()
    romes = db.session.scalars(without.where(or_(Signal.rome.in_(linkable), Signal.rome.in_(parted))))
    found = linked(rome for rome in romes.all() if rome)
    if not found:
        return 0
    with transaction() as session:
        for rome, family in found.items():
            waiting = update(Signal).where(Signal.rome == rome, Signal.family.is_(None))
            session.execute(waiting.values(family=family))
    return len(found)


def fill_basins() -> int:
    """Give their basin to the signals written before the official basins came in."""
    if not zones(ZoneKind.BASSIN_BMO):
        return 0
    without = select(Signal.commune).where(Signal.bassin_bmo.is_(None)).distinct()
    known = {code: _basin(code) for code in db.session.scalars(without)}
    found = {code: basin for code, basin in known.items() if basin}
    if not found:
        return 0
    with transaction() as session:
        for code, basin in found.items():
            waiting = update(Signal).where(Signal.commune == code, Signal.bassin_bmo.is_(None))
            session.execute(waiting.values(bassin_bmo=basin))
    return len(found)


def _basin(code: str) -> str | None:
    found = commune(code)
    return found.zones.get(ZoneKind.BASSIN_BMO) if found else None


def _write(session: Session, need: Need) -> None:
    """The signal of a need; one whose subject changed leaves the collective need it had joined."""
    signal = session.scalar(select(Signal).where(Signal.need_id == need.id))
    values = read_signal(session, need)
    if signal is None:
        session.add(Signal(need_id=need.id, **values))
        return
    for name, value in values.items():
        setattr(signal, name, value)
    joined = signal.collective_need_id and session.get_one(CollectiveNeed, signal.collective_need_id)
    if joined and joined.state in OPEN:
        if not _belongs(need, signal, joined):
            signal.collective_need_id = None
        session.flush()
        recount(session, joined)


def _belongs(need: Need, signal: Signal, joined: CollectiveNeed) -> bool:
    """One its company took back stays there as history: it is no longer counted, and its company is left alone."""
    alike = (signal.family, signal.theme) == (joined.family, joined.theme)
    return alike and need.joined_to_id is None
