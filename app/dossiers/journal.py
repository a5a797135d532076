"""The journal: lines added to the open transaction, never changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.dossiers.lifecycle import Move
from app.dossiers.models import Dossier, Event
from app.inquiries.models import Need


def note(
    session: Session,
    dossier: Dossier,
    move: Move,
    at: datetime,
    user_id: int | None,
    *,
    from_: str | None = None,
    to: str | None = None,
    why: str | None = None,
    before: dict[str, Any] | None = None,
) -> Event:
    """Add a line to the journal; `before` makes it a move that may be undone."""
    decision = session.get_one(Need, dossier.need_id).decision or {}
    event = Event(
        need_id=dossier.need_id,
        dossier_id=dossier.id,
        at=at,
        user_id=user_id,
        kind=move,
        from_=from_,
        to=to,
        why=why,
        rulebook=str(decision.get("rulebook") or ""),
        before=before,
    )
    session.add(event)
    return event
