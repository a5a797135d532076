"""A case that goes on: its adviser says why, its company opens it again, the Maison helps beside a partner."""

from __future__ import annotations

from datetime import datetime

from app.accounts.abilities import Viewer
from app.dossiers import records
from app.dossiers.clocks import first_contact_due
from app.dossiers.deadline_lines import steps_for
from app.dossiers.going_on import lock_closed_by_silence, lock_silent_partner
from app.dossiers.lifecycle import IllegalMove, Move, Status, Verb, check_move
from app.dossiers.moving import UnknownCase, own, refuse_stale
from app.dossiers.queries import last_event
from app.dossiers.readers import tell_branch
from app.extensions import transaction
from app.kernel.clock import utcnow


def explain(viewer: Viewer, dossier_id: int, version: int, sentence: str, at: datetime | None = None) -> None:
    """Say to the company why its case lasts: its thirty days begin again; twice is once. Raises IllegalMove."""
    with transaction() as session:
        dossier = own(session, viewer, dossier_id)
        refuse_stale(dossier, version)
        if dossier.status != Status.TAKEN or not dossier.leads:
            raise IllegalMove("Seul le pilote d’un dossier pris explique pourquoi il dure.")
        last = last_event(dossier.id)
        if last is None or (last.kind, last.why) != (Move.EXPLAINED, sentence):
            records.note(session, dossier, Move.EXPLAINED, at or utcnow(), viewer.user_id, why=sentence)


def open_second_path(viewer: Viewer, dossier_id: int, at: datetime | None = None) -> int:
    """The company agreed: the Maison opens its own dossier beside the partner's; again changes nothing."""
    with transaction() as session:
        led = lock_silent_partner(session, viewer, dossier_id)
        if led is None:
            raise UnknownCase(dossier_id)
        second = records.open_second_path(session, led, at or utcnow(), viewer.user_id)
        return second.id


def reopen_by_company(inquiry_id: int, need_id: int, at: datetime | None = None) -> bool:
    """The company comes back to a need closed without news: the branch is told and its clock begins again.

    False when there is nothing to open: a second click, a need closed otherwise or of another inquiry.
    """
    at = at or utcnow()
    with transaction() as session:
        dossier = lock_closed_by_silence(session, inquiry_id, need_id)
        if dossier is None:
            return False
        check_move(Verb.COME_BACK, dossier)
        steps = steps_for(dossier.need_key, dossier.actor, dossier.urgency)
        event = records.note(
            session, dossier, Move.COMPANY_BACK, at, None, from_=dossier.status, to=Status.RECEIVED
        )
        dossier.status, dossier.outcome, dossier.closed_at = Status.RECEIVED, None, None
        dossier.taken_at = dossier.taken_by_id = dossier.first_contact_on = None
        dossier.first_contact_due = first_contact_due(steps, at)
        session.flush()
        tell_branch(session, dossier, "company_back", event.id, at)
        return True
