"""The lists a person named: theirs alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.accounts.abilities import Viewer
from app.dossiers.models import SavedList
from app.extensions import db


@dataclass(frozen=True, slots=True)
class NamedList:
    id: int
    name: str
    asked: Mapping[str, str]


def saved_lists(viewer: Viewer) -> Sequence[NamedList]:
    """By name."""
    asked = select(SavedList).where(SavedList.user_id == viewer.user_id).order_by(SavedList.name)
    return [NamedList(one.id, one.name, one.asked) for one in db.session.scalars(asked)]
