"""May the viewer's own last move still be undone? The same day, and as long as nobody has acted since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.accounts.abilities import Viewer
from app.dossiers.clocks import local_day
from app.dossiers.lifecycle import Move
from app.dossiers.models import Dossier, Event
from app.extensions import db

ACTED: list[Callable[[int, int, datetime], bool]] = []
"""(need, person, since) → did somebody else act? What the journal does not tell; a capability adds its own at boot."""


@dataclass(frozen=True, slots=True)
class Undoable:
    """The move that « Annuler » undoes; `before` is how the dossiers of the need stood."""

    event_id: int
    kind: Move
    at: datetime
    before: dict[str, Any]


def undoable(viewer: Viewer, dossier: Dossier, at: datetime) -> Undoable | None:
    """The last thing that happened on the need, if this viewer did it today and it can be undone."""
    last = select(Event).where(Event.need_id == dossier.need_id, Event.before.is_not(None))
    event = db.session.scalar(last.order_by(Event.id.desc()).limit(1))
    if event is None or event.dossier_id != dossier.id or event.user_id != viewer.user_id:
        return None
    others = (acted(event.need_id, viewer.user_id, event.at) for acted in ACTED)
    if local_day(event.at) != local_day(at) or _acted_since(event) or any(others):
        return None
    return Undoable(event.id, Move(event.kind), event.at, event.before or {})


def _acted_since(event: Event) -> bool:
    """What the move itself brought about bears its moment; anything else came after it, save a reminder:
    the clock speaks, nobody acts."""
    later = select(Event.user_id, Event.at).where(
        Event.need_id == event.need_id, Event.id > event.id, Event.kind != Move.REMINDED
    )
    return any((who, at) != (event.user_id, event.at) for who, at in db.session.execute(later))
