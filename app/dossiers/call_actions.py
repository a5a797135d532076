"""One click notes a call: who, when, and what came of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.accounts.abilities import Viewer
from app.dossiers import records
from app.dossiers.calls import Call
from app.dossiers.clocks import local_day
from app.dossiers.lifecycle import Move, Verb, check_move
from app.dossiers.moving import move, own, said
from app.dossiers.queries import EventLine, last_event
from app.extensions import transaction
from app.kernel.clock import utcnow

SAME_CLICK = timedelta(seconds=20)
"""A double click is one call; nobody rings twice in so little time."""


def log_call(viewer: Viewer, dossier_id: int, call: Call, note: str = "", at: datetime | None = None) -> None:
    """Note a call; the first one that reaches the company sets the first contact."""
    at = at or utcnow()
    with transaction() as session:
        dossier = own(session, viewer, dossier_id)
        check_move(Verb.CONTACT, dossier)
        if call is Call.REACHED and dossier.first_contact_on is None:
            move(session, dossier, Verb.CONTACT, viewer, at, said(note))
            dossier.first_contact_on = local_day(at)
        elif not _is_double(last_event(dossier.id), call, viewer, at):
            records.note(session, dossier, Move(call.value), at, viewer.user_id, why=said(note))


def _is_double(last: EventLine | None, call: Call, viewer: Viewer, at: datetime) -> bool:
    if last is None or last.user_id != viewer.user_id or abs(at - last.at) > SAME_CLICK:
        return False
    return last.kind == call or (last.kind == Move.CONTACTED and call is Call.REACHED)
