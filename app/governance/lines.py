"""Collective needs and actions as a session reads them: no company, and no count of a few of them.

A count is written when it speaks of enough companies (the threshold of statistical secrecy); under it, what is written
is the rule that was met, or « moins de 5 ». What waits for a decision is what waits on the day the pack is made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from app.collective.acting import ActionKind, Reply, Result, Stage
from app.collective.models import Agreement, CollectiveAction, CollectiveEvent, CollectiveNeed
from app.collective.wordings import NeedWords, worded
from app.collective.words import OPEN, Happening, Method, State
from app.directory.models import Branch
from app.extensions import db
from app.governance.periods import Period
from app.kernel.clock import midnight

Row = TypeVar("Row")
MOST = 60
"""Lines of a list: a session reads no more; the pack says when it is cut."""


@dataclass(frozen=True, slots=True)
class Lines(Generic[Row]):
    """The first of a list, and how many it has in all."""

    rows: Sequence[Row]
    total: int

    @property
    def left_out(self) -> int:
        return self.total - len(self.rows)


@dataclass(frozen=True, slots=True)
class NeedLine:
    """A collective need or a weak signal; `signals` and `companies` are None under the threshold, and `limits` then
    says the least of each there is (None for a weak signal: it has none)."""

    words: NeedWords
    signals: int | None
    companies: int | None
    limits: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class ActionLine:
    """How many companies were asked, and how many agreed: None under the threshold."""

    title: str
    kind: ActionKind
    bearer: str
    on: date
    stage: Stage
    result: Result | None
    people: int | None
    asked: int | None
    agreed: int | None


def needs_in(about: ColumnElement[bool], period: Period, method: Method, least: int) -> Lines[NeedLine]:
    """Seen by the end of the period, and still open, or answered or lapsed since it began; the latest first."""
    since = midnight(period.first)
    lapsed = select(CollectiveEvent.collective_need_id).where(
        CollectiveEvent.kind == Happening.LAPSED, CollectiveEvent.at >= since
    )
    live = or_(
        CollectiveNeed.state.in_(OPEN),
        CollectiveNeed.answered_at >= since,
        and_(CollectiveNeed.state == State.LAPSED, CollectiveNeed.id.in_(lapsed)),
    )
    kept = and_(about, live, CollectiveNeed.method == method, CollectiveNeed.opened_on < period.after)
    return _needs(select(CollectiveNeed).where(kept), CollectiveNeed.id.desc(), least)


def needs_waiting(about: ColumnElement[bool], method: Method, least: int) -> Lines[NeedLine]:
    """Those nobody answered yet, whenever they were seen; the oldest first."""
    kept = and_(about, CollectiveNeed.state == State.PROPOSED, CollectiveNeed.method == method)
    return _needs(select(CollectiveNeed).where(kept), CollectiveNeed.id.asc(), least)


def actions_in(about: ColumnElement[bool], period: Period, least: int) -> Lines[ActionLine]:
    """Those of the period and those to come, by day."""
    return _actions(about, CollectiveAction.planned_on >= period.first, least)


def actions_overdue(about: ColumnElement[bool], on: date, least: int) -> Lines[ActionLine]:
    """Those whose day is past and whose result nobody noted, however old."""
    overdue = and_(CollectiveAction.stage == Stage.PLANNED, CollectiveAction.planned_on < on)
    return _actions(about, overdue, least)


def _needs(wanted: Select[CollectiveNeed], order: ColumnElement[int], least: int) -> Lines[NeedLine]:
    rows = db.session.scalars(wanted.order_by(order).limit(MOST)).all()
    return Lines([_need(one, least) for one in rows], _total(wanted, len(rows)))


def _need(need: CollectiveNeed, least: int) -> NeedLine:
    met = need.shown.get("threshold") if need.method == Method.THRESHOLD else None
    limits = (met["signals"], met["companies"]) if met else None
    if need.companies >= least:
        return NeedLine(worded(need), need.signals, need.companies, limits)
    return NeedLine(worded(need), None, None, limits)


def _actions(about: ColumnElement[bool], which: ColumnElement[bool], least: int) -> Lines[ActionLine]:
    wanted = (
        select(CollectiveAction, Branch.name)
        .join(Branch, Branch.id == CollectiveAction.bearer_id)
        .join(CollectiveNeed, CollectiveNeed.id == CollectiveAction.collective_need_id)
        .where(about, which)
    )
    ordered = wanted.order_by(CollectiveAction.planned_on, CollectiveAction.id)
    rows = db.session.execute(ordered.limit(MOST)).all()
    replies = _replies([row.id for row, _ in rows])
    found = [_action(row, bearer, replies[row.id], _from(least)) for row, bearer in rows]
    return Lines(found, _total(wanted, len(rows)))


def _action(
    row: CollectiveAction, bearer: str, replies: Mapping[str, int], told: Callable[[int], int | None]
) -> ActionLine:
    return ActionLine(
        row.title,
        ActionKind(row.kind),
        bearer,
        row.planned_on,
        Stage(row.stage),
        Result(row.result) if row.result else None,
        row.people,
        told(sum(replies.values())),
        told(replies.get(Reply.AGREED, 0)),
    )


def _from(least: int) -> Callable[[int], int | None]:
    """A count of companies from the threshold on, None under it."""
    return lambda count: count if count >= least else None


def _replies(actions: Sequence[int]) -> Mapping[int, Mapping[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    counted = (
        select(Agreement.action_id, Agreement.reply, func.count())
        .where(Agreement.action_id.in_(actions))
        .group_by(Agreement.action_id, Agreement.reply)
    )
    for action, reply, count in db.session.execute(counted):
        found[action][reply] = count
    return found


def _total(wanted: Select[*tuple[Any, ...]], shown: int) -> int:
    """Counted only when there may be more than was read."""
    if shown < MOST:
        return shown
    return db.session.scalar(select(func.count()).select_from(wanted.subquery())) or shown
