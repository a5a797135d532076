"""What a Maison reads of its territory: the cases it leads, and how many wait, whoever leads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select, tuple_

from app.accounts.abilities import Role, Viewer
from app.dossiers.desk import PAGE, Cursor, DeskRow
from app.dossiers.lifecycle import OPEN
from app.dossiers.lists import desk_select, late
from app.dossiers.models import Dossier
from app.dossiers.queries import of_maison
from app.extensions import db
from app.kernel.clock import today


@dataclass(frozen=True, slots=True)
class LedPage:
    """`following` is where the next page starts."""

    rows: Sequence[DeskRow]
    following: Cursor | None


@dataclass(frozen=True, slots=True)
class TerritoryCounts:
    """Numbers alone: the cases other branches lead are theirs to read."""

    led: int
    led_late: int
    open: int
    late: int


def led_here(viewer: Viewer, cursor: Cursor | None = None, size: int = PAGE) -> LedPage:
    """The open cases of the territory that this Maison leads, the first due first."""
    asked = desk_select().where(_led(viewer))
    if cursor is not None:
        asked = asked.where(tuple_(Dossier.first_contact_due, Dossier.id) > tuple_(cursor.key, cursor.id))
    ordered = asked.order_by(Dossier.first_contact_due, Dossier.id).limit(size + 1)
    rows = [DeskRow(*row) for row in db.session.execute(ordered)]
    last = rows[size - 1] if len(rows) > size else None
    return LedPage(rows[:size], Cursor(last.due, last.id) if last else None)


def territory_counts(viewer: Viewer) -> TerritoryCounts:
    own, all_ = _led(viewer), and_(of_maison(viewer), _open_leads())
    on = today()
    conditions = (own, and_(own, late(on)), all_, and_(all_, late(on)))
    counts = [select(func.count()).select_from(Dossier).where(one).scalar_subquery() for one in conditions]
    return TerritoryCounts(*db.session.execute(select(*counts)).one())


def _led(viewer: Viewer) -> ColumnElement[bool]:
    own = Dossier.branch_id.in_(viewer.branch_ids(Role.MAISON_ADVISER))
    return and_(of_maison(viewer), own, _open_leads())


def _open_leads() -> ColumnElement[bool]:
    return and_(Dossier.leads, Dossier.status.in_(sorted(OPEN)))
