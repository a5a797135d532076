"""The lists of the inbox: tabs, counters by the very conditions of the tabs, pages by keyset.

A tab is made of shares, each of one status, so that every sort reads an index of its branch from where the page
starts: the first lines of each share, then the first among them. Nothing is skipped over, nothing sorted whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from itertools import product
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, select, tuple_, union_all

from app.accounts.abilities import Viewer
from app.accounts.models import User
from app.directory.models import Branch
from app.dossiers.desk import PAGE, Cursor, DeskPage, DeskRow, Sort, Tab, sorts_of
from app.dossiers.lifecycle import ENDED, OPEN, Status
from app.dossiers.models import Dossier, DossierWord
from app.dossiers.narrowing import Narrowing
from app.dossiers.queries import WORKING_ROLES, with_company, worked_by
from app.dossiers.words import after
from app.extensions import db
from app.inquiries.models import Inquiry, Need
from app.kernel.clock import PARIS, today

KEYS: Mapping[Sort, Any] = {
    Sort.DUE: Dossier.first_contact_due,
    Sort.ENDED: Dossier.closed_at,
    Sort.FILED: Dossier.filed_at,
    Sort.COMPANY: Dossier.company_key,
}
MOST_APART = 12
"""Branches read one by one, each in its order; beyond, they are read together and sorted."""
Condition = ColumnElement[bool]


def desk_of(
    viewer: Viewer,
    tab: Tab,
    cursor: Cursor | None = None,
    size: int = PAGE,
    *,
    sort: Sort | None = None,
    narrowing: Narrowing | None = None,
    needs: Iterable[str] | None = None,
) -> DeskPage:
    """One page of a tab. `needs` are the keys a theme stands for, when one is asked."""
    sort = sort if sort in sorts_of(tab) else sorts_of(tab)[0]
    shares = _shares(viewer, tab, narrowing or Narrowing(), needs)
    rows = _rows(shares, sort, cursor, size)
    total = _count(shares)
    if not rows:
        return DeskPage((), 0, total, None, None)
    here = Cursor(rows[0].key(sort), rows[0].id)
    first = _count([and_(share, _beyond(sort, not sort.falling, here)) for share in shares]) + 1
    earlier = Cursor(here.key, here.id, backwards=True) if first > 1 else None
    last = rows[-1]
    later = Cursor(last.key(sort), last.id) if first + len(rows) - 1 < total else None
    return DeskPage(rows, first, total, earlier, later)


def desk_counts(
    viewer: Viewer, narrowing: Narrowing | None = None, needs: Iterable[str] | None = None
) -> dict[Tab, int]:
    """How many dossiers each tab holds under these filters, by the very conditions of the lists."""
    kept = [*needs] if needs is not None else None
    return {tab: _count(_shares(viewer, tab, narrowing or Narrowing(), kept)) for tab in Tab}


def named_rows(viewer: Viewer, dossier_ids: Iterable[int]) -> list[DeskRow]:
    """These lines, in the order asked; those this viewer does not work on are left out."""
    wanted = [*dossier_ids]
    asked = desk_select().where(worked_by(viewer), Dossier.id.in_(wanted))
    found = {row[0]: DeskRow(*row) for row in db.session.execute(asked)}
    return [found[one] for one in wanted if one in found]


def late(on: date) -> Condition:
    return and_(
        Dossier.first_contact_on.is_(None), Dossier.waiting_since.is_(None), Dossier.first_contact_due < on
    )


def desk_select() -> Select[Any]:
    """The columns of a DeskRow, in its order."""
    needs = select(func.count()).where(Need.inquiry_id == Dossier.inquiry_id).correlate(Dossier)
    return with_company(
        Dossier.id,
        Dossier.version,
        Inquiry.company,
        Dossier.company_key,
        Inquiry.place,
        Inquiry.reference,
        Dossier.need_key,
        Dossier.urgency,
        Dossier.role,
        Dossier.leads,
        Dossier.offered_by_id.is_not(None),
        Dossier.status,
        Dossier.outcome,
        Dossier.filed_at,
        Dossier.closed_at,
        Dossier.first_contact_due,
        Dossier.first_contact_on,
        Dossier.waiting_since,
        Dossier.taken_by_id,
        User.name,
        Dossier.branch_id,
        Branch.name,
        needs.scalar_subquery() - 1,
    ).outerjoin(User, User.id == Dossier.taken_by_id)


def _shares(viewer: Viewer, tab: Tab, narrowing: Narrowing, needs: Iterable[str] | None) -> list[Condition]:
    """The conditions whose dossiers, no two alike, make the tab."""
    held = viewer.branch_ids(*WORKING_ROLES)
    branches = [one for one in held if narrowing.branch in (None, one)]
    apart = [(one,) for one in branches] if len(branches) <= MOST_APART else [tuple(branches)]
    narrowed = _narrowed(narrowing, needs)
    return [
        and_(Dossier.branch_id.in_(ids), part, *narrowed, *_worded(narrowing.tokens, ids))
        for ids, part in product(apart, _parts(viewer, tab))
    ]


def _parts(viewer: Viewer, tab: Tab) -> list[Condition]:
    taken = Dossier.status == Status.TAKEN
    offered = Dossier.offered_by_id.is_not(None)
    match tab:
        case Tab.NEW:
            # A support at work on the case may be asked to lead it: that waits for an answer too.
            return [Dossier.status == Status.RECEIVED, and_(taken, offered)]
        case Tab.TO_ACCEPT:
            return [and_(Dossier.status == status, offered) for status in sorted(OPEN)]
        case Tab.MINE:
            return [and_(taken, Dossier.taken_by_id == viewer.user_id)]
        case Tab.TAKEN:
            return [taken]
        case Tab.WAITING:
            return [and_(taken, Dossier.waiting_since.is_not(None))]
        case Tab.LATE:
            return [and_(Dossier.status == status, late(today())) for status in sorted(OPEN)]
        case Tab.CLOSED:
            return [Dossier.status == status for status in sorted(ENDED)]


def _narrowed(asked: Narrowing, needs: Iterable[str] | None) -> list[Condition]:
    pairs = (
        (asked.need, Dossier.need_key),
        (asked.urgency, Dossier.urgency),
        (asked.departement, Dossier.departement),
        (asked.part, Dossier.role),
    )
    kept: list[Condition] = [column == value for value, column in pairs if value]
    if needs is not None:
        kept.append(Dossier.need_key.in_([*needs]))
    if asked.since:
        kept.append(Dossier.filed_at >= _midnight(asked.since))
    if asked.until:
        kept.append(Dossier.filed_at < _midnight(asked.until + timedelta(days=1)))
    return kept


def _worded(tokens: Iterable[str], branches: Iterable[int]) -> list[Condition]:
    """Each word asked begins a word of the case: a range of the branch's own index."""
    ids = [*branches]
    return [
        Dossier.id.in_(
            select(DossierWord.dossier_id).where(
                DossierWord.branch_id.in_(ids), DossierWord.word >= token, DossierWord.word < after(token)
            )
        )
        for token in tokens
    ]


def _midnight(day: date) -> datetime:
    """The day begins where the company lives."""
    return datetime.combine(day, time(), PARIS)


def _rows(shares: list[Condition], sort: Sort, cursor: Cursor | None, size: int) -> list[DeskRow]:
    back = cursor is not None and cursor.backwards
    falling = sort.falling is not back
    ids = first_ids(shares, sort, falling, cursor, size)
    found = {row[0]: DeskRow(*row) for row in db.session.execute(desk_select().where(Dossier.id.in_(ids)))}
    rows = [found[one] for one in ids]
    return rows[::-1] if back else rows


def first_ids(
    shares: list[Condition], sort: Sort, falling: bool, cursor: Cursor | None, size: int
) -> list[int]:
    """The first dossiers of all shares together."""
    firsts = [_first(share, sort, falling, cursor, size) for share in shares]
    if not firsts:
        return []
    merged = union_all(*firsts).subquery()
    asked = select(merged.c.id).order_by(*_order(merged.c.key, merged.c.id, falling)).limit(size)
    return [*db.session.scalars(asked)]


def _first(share: Condition, sort: Sort, falling: bool, cursor: Cursor | None, size: int) -> Select[Any]:
    kept = and_(share, _beyond(sort, falling, cursor)) if cursor else share
    asked = select(Dossier.id.label("id"), KEYS[sort].label("key")).where(kept)
    ordered = asked.order_by(*_order(KEYS[sort], Dossier.id, falling)).limit(size).subquery()
    return select(ordered.c.id, ordered.c.key)


def _order(key: Any, id_: Any, falling: bool) -> tuple[Any, Any]:
    return (key.desc(), id_.desc()) if falling else (key, id_)


def _beyond(sort: Sort, falling: bool, cursor: Cursor) -> Condition:
    """Rows after the cursor in the order read."""
    key = KEYS[sort]
    here = tuple_(key, Dossier.id)
    there: Any = tuple_(literal(cursor.key, key.type), literal(cursor.id))
    beyond: Condition = here < there if falling else here > there
    return beyond


def _count(shares: list[Condition]) -> int:
    if not shares:
        return 0
    each = [select(func.count()).select_from(Dossier).where(share).scalar_subquery() for share in shares]
    return db.session.scalar(select(sum(each[1:], each[0]))) or 0
