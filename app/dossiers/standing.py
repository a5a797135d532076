"""How the dossiers of a need stand, kept with a move so that it can be undone, and put back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.dossiers.lifecycle import Status
from app.dossiers.models import Dossier
from app.dossiers.records import carry_theme
from app.inquiries.models import Need, PastDecision

DAYS = ("waiting_since", "first_contact_due", "first_contact_on")
MOMENTS = ("taken_at", "closed_at")
PLAIN = (
    "status",
    "leads",
    "role",
    "rank",
    "previous_id",
    "offered_by_id",
    "taken_by_id",
    "outcome",
    "decline_reason",
    "need_key",
    "urgency",
)
OF_THE_NEED = ("key", "theme", "urgency", "rulebook_hash", "joined_to_id")
NEED = "need"


def standing_of(session: Session, need_id: int) -> dict[str, Any]:
    """Dossier id → its fields, and those of the need, as JSON."""
    session.flush()
    rows = session.scalars(select(Dossier).where(Dossier.need_id == need_id))
    need = session.get_one(Need, need_id)
    own = {name: getattr(need, name) for name in OF_THE_NEED}
    return {str(one.id): _written(one) for one in rows} | {NEED: own}


def _written(dossier: Dossier) -> dict[str, Any]:
    dated = {name: getattr(dossier, name) for name in (*DAYS, *MOMENTS)}
    kept = {name: value and value.isoformat() for name, value in dated.items()}
    return kept | {name: getattr(dossier, name) for name in PLAIN}


def put_back(session: Session, need_id: int, before: Mapping[str, Any], at: datetime) -> list[Dossier]:
    """Give every dossier of the need the standing it had; those opened since are withdrawn.
    Returns them all."""
    rows = list(session.scalars(select(Dossier).where(Dossier.need_id == need_id)))
    for one in rows:
        # Uniqueness is checked row by row: nobody leads nor is asked while they change places.
        one.leads, one.offered_by_id = False, None
    session.flush()
    for one in rows:
        kept = before.get(str(one.id))
        if kept is None:
            one.status, one.closed_at = Status.WITHDRAWN, at
        else:
            _read_back(one, kept)
    _rename(session, session.get_one(Need, need_id), before.get(NEED, {}), at)
    session.flush()
    return rows


def _rename(session: Session, need: Need, kept: Mapping[str, Any], at: datetime) -> None:
    """A need requalified has its former name and decision again; what it was meanwhile is history in its turn."""
    if kept and kept["key"] != need.key:
        asked = select(PastDecision).where(PastDecision.need_id == need.id, PastDecision.key == kept["key"])
        former = session.scalars(asked.order_by(PastDecision.id.desc()).limit(1)).one()
        session.add(PastDecision(need_id=need.id, key=need.key, decision=need.decision, replaced_at=at))
        need.decision = former.decision
    for name in kept:
        setattr(need, name, kept[name])
    session.flush()
    carry_theme(session, need)


def _read_back(dossier: Dossier, kept: Mapping[str, Any]) -> None:
    for name in PLAIN:
        setattr(dossier, name, kept.get(name, getattr(dossier, name)))
    for name in DAYS:
        setattr(dossier, name, kept[name] and date.fromisoformat(kept[name]))
    for name in MOMENTS:
        setattr(dossier, name, kept[name] and datetime.fromisoformat(kept[name]))
