"""Two requests that are one: the first goes on, the other is closed beside it, and its company told once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.abilities import Viewer
from app.dossiers import records
from app.dossiers.lifecycle import LIFE, IllegalMove, Move, Outcome, Status, Verb, check_move
from app.dossiers.likeness import Former, twins
from app.dossiers.models import Dossier
from app.dossiers.moving import UnknownCase, own, refuse_stale
from app.dossiers.queries import dossier_seen, lock_needs
from app.dossiers.standing import standing_of
from app.extensions import transaction
from app.inquiries.models import Inquiry, Need
from app.kernel.clock import utcnow

NOT_LIKE = "Ces deux demandes ne se ressemblent pas : elles ne peuvent pas être jointes."
OVER = "L’autre demande est close. Rouvrez-la d’abord."


def join(viewer: Viewer, dossier_id: int, version: int, main_id: int, at: datetime | None = None) -> None:
    """Close this request beside the one of dossier `main_id`, which the viewer sees. Raises IllegalMove."""
    at = at or utcnow()
    seen = dossier_seen(viewer, dossier_id)
    if seen is None:
        raise UnknownCase(dossier_id)
    need_id = seen.need_id
    with transaction() as session:
        need = session.get_one(Need, need_id)
        main = _main(viewer, need, main_id)
        lock_needs(session, Need.id.in_((need_id, main.need_id)))
        dossier = own(session, viewer, dossier_id)
        if dossier.outcome == Outcome.JOINED and need.joined_to_id == main.need_id:
            return
        refuse_stale(dossier, version)
        check_move(Verb.JOIN, dossier)
        lead = _working_lead(session, main)
        before = standing_of(session, need.id)
        records.end_offers(session, dossier, at, viewer.user_id)
        need.joined_to_id = main.need_id
        _close_all(session, dossier, main, viewer, at, before)
        inquiry = session.get_one(Inquiry, dossier.inquiry_id)
        words = f"Demande {inquiry.reference}"
        records.note(session, lead, Move.JOINED_BY, at, viewer.user_id, why=words)


def _main(viewer: Viewer, need: Need, main_id: int) -> Former:
    found = next((one for one in twins(viewer, need) if one.dossier_id == main_id), None)
    if found is None:
        raise IllegalMove(NOT_LIKE)
    return found


def _working_lead(session: Session, main: Former) -> Dossier:
    lead = next((one for one in records.still_asked(session, main.need_id) if one.leads), None)
    if lead is None:
        raise IllegalMove(OVER)
    return lead


def _close_all(
    session: Session, lead: Dossier, main: Former, viewer: Viewer, at: datetime, before: dict[str, Any]
) -> None:
    """Every open dossier ends as joined; the branches that only helped are told."""
    rule, words = LIFE[Verb.JOIN], f"Avec la demande {main.reference}"
    for one in records.still_asked(session, lead.need_id):
        ends = {"from_": one.status, "to": Status.CLOSED, "why": words}
        undo = before if one is lead else None
        records.note(session, one, rule.event, at, viewer.user_id, **ends, before=undo)
        one.status, one.outcome, one.closed_at = Status.CLOSED, Outcome.JOINED, at
        one.waiting_since = one.offered_by_id = None
        if one is not lead:
            records.tell_branch(session, "case_withdrawn", one, one.branch_id, at)
    session.flush()
    records.tell_company(session, "joined", lead, at)
