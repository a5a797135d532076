"""The steering board: counted by the database, need by need, through the dossier that leads each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, literal_column, select
from sqlalchemy.orm import aliased

from app.dossiers.lifecycle import Outcome, Status
from app.dossiers.models import Dossier
from app.extensions import db
from app.kernel.clock import PARIS, midnight
from app.reporting.indicators import Cell, Figures, delay, sum_up
from app.reporting.scope import Scope, slices
from app.routing.rulebook import PARTNER


@dataclass(frozen=True, slots=True, order=True)
class Group:
    departement: str
    theme: str
    partner: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: the code of what it is about, and its figures."""

    code: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Slice:
    """A week or a month of the period; `last` is included."""

    first: date
    last: date
    received: int
    taken: int


@dataclass(frozen=True, slots=True)
class Board:
    total: Figures
    partner: Figures
    by_departement: tuple[Line, ...]
    by_theme: tuple[Line, ...]


def board(scope: Scope) -> Board:
    """Every figure of the board."""
    cells = _cells(scope)
    own = {group: cell for group, cell in cells.items() if not group.partner}
    return Board(
        sum_up(own.values()),
        sum_up(cell for group, cell in cells.items() if group.partner),
        _lines(own, lambda group: group.departement),
        _lines(own, lambda group: group.theme),
    )


def over_time(scope: Scope) -> tuple[Slice, ...]:
    """Received and taken in each week or month of the period, the partner apart."""
    spans = slices(scope)
    columns: list[ColumnElement[int]] = []
    for first, after in spans:
        inside = and_(Dossier.asked_at >= midnight(first), Dossier.asked_at < midnight(after))
        columns += [func.count().filter(inside), func.count().filter(inside, is_taken())]
    row = db.session.execute(needs_in(scope, *columns).where(~by_partner())).one()
    return tuple(
        Slice(first, after - timedelta(days=1), received, taken)
        for (first, after), received, taken in zip(spans, row[::2], row[1::2], strict=True)
    )


def needs_in(scope: Scope, *columns: Any) -> Select[Any]:
    """One row per need of the scope: the dossier that leads it; one joined to another counts with it."""
    asked = select(*columns).select_from(Dossier).where(Dossier.leads, *within(scope))
    asked = asked.where(Dossier.asked_at >= scope.since, Dossier.asked_at < scope.until)
    return asked.where(Dossier.outcome.is_distinct_from(Outcome.JOINED))


def within(scope: Scope) -> list[ColumnElement[bool]]:
    """Its place, theme and branches, whatever the days."""
    kept: list[ColumnElement[bool]] = []
    if scope.departement:
        kept.append(Dossier.departement == scope.departement)
    if scope.communes is not None:
        kept.append(Dossier.commune.in_(scope.communes) if scope.communes else false())
    if scope.theme:
        kept.append(Dossier.theme == scope.theme)
    if scope.branches is not None:
        kept.append(Dossier.branch_id.in_(scope.branches) if scope.branches else false())
    return kept


def by_partner() -> ColumnElement[bool]:
    """Led by the partner, counted apart."""
    # Written in the statement: PostgreSQL must see the same expression in SELECT and in GROUP BY.
    return Dossier.actor.is_not_distinct_from(literal_column(f"'{PARTNER}'"))


def is_taken() -> ColumnElement[bool]:
    """Somebody holds it, or held it to its end: a lead called back to « reçu » counts no more."""
    return Dossier.status.in_((Status.TAKEN, Status.CLOSED))


def first_contact() -> ColumnElement[date | None]:
    """The day of the first exchange of a need, whoever had it."""
    anyone = aliased(Dossier)
    asked = select(func.min(anyone.first_contact_on)).where(anyone.need_id == Dossier.need_id)
    return asked.correlate(Dossier).scalar_subquery()


def _cells(scope: Scope) -> dict[Group, Cell]:
    delays = _delays(scope)
    rows = db.session.execute(
        needs_in(
            scope,
            *_group(),
            func.count(),
            func.count().filter(is_taken()),
            func.count().filter(Dossier.status == Status.CLOSED),
        ).group_by(*_group())
    )
    cells = {}
    for departement, theme, partner, received, taken, closed in rows:
        group = Group(departement, theme, bool(partner))
        cells[group] = Cell(received, taken, closed, delays[group])
    return cells


def _delays(scope: Scope) -> Mapping[Group, list[int]]:
    """Working days to the first exchange of each need that had one."""
    contact = first_contact()
    rows = db.session.execute(
        needs_in(scope, *_group(), Dossier.asked_at, contact).where(contact.is_not(None))
    )
    found: dict[Group, list[int]] = defaultdict(list)
    for departement, theme, partner, filed_at, contact_on in rows:
        filed_on = filed_at.astimezone(PARIS).date()
        found[Group(departement, theme, bool(partner))].append(delay(filed_on, contact_on))
    return found


def _group() -> tuple[ColumnElement[Any], ...]:
    return Dossier.departement.expression, Dossier.theme.expression, by_partner()


def _lines(cells: Mapping[Group, Cell], code: Callable[[Group], str]) -> tuple[Line, ...]:
    grouped: dict[str, list[Cell]] = defaultdict(list)
    for group, cell in cells.items():
        grouped[code(group)].append(cell)
    return tuple(Line(key, sum_up(grouped[key])) for key in sorted(grouped))
