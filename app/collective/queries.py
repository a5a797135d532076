"""Questions about what the cases give back. A collective need is read by the Maisons it touches and by the Région."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, func, select

from app.collective.models import CollectiveNeed, Progress, Signal
from app.collective.words import PLACE_COLUMNS
from app.extensions import db
from app.kernel.vocabulary import ZoneKind

JOURNAL = "journal"


def mark_of(duty: str) -> int:
    """The last number this duty reached, 0 before it ever ran."""
    return db.session.scalar(select(Progress.number).where(Progress.duty == duty)) or 0


def of_place(need: CollectiveNeed) -> ColumnElement[bool]:
    """The signals of the same family, theme and place."""
    place = getattr(Signal, PLACE_COLUMNS[ZoneKind(need.place_kind)])
    family = func.coalesce(Signal.family, "") == need.family
    return and_(family, Signal.theme == need.theme, place == need.place_code)
