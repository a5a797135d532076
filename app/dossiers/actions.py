"""What an adviser does to a dossier: each verb is one transaction, one journal line or more, its letters.

`at` is when it happened; nobody who is at a screen gives it.
"""

from __future__ import annotations

from datetime import datetime

from app.accounts.abilities import Viewer
from app.dossiers import records
from app.dossiers.clocks import local_day
from app.dossiers.lifecycle import MEANS_CONTACT, Channel, DeclineReason, IllegalMove, Move, Outcome, Status
from app.dossiers.moving import (
    UnknownCase,
    is_repeat,
    move,
    own,
    refuse_last,
    refuse_stale,
    refuse_untried,
    why,
)
from app.dossiers.queries import lock_untold
from app.extensions import transaction
from app.kernel.clock import utcnow
from app.mailbox.records import post


def take(viewer: Viewer, dossier_id: int, version: int, at: datetime | None = None) -> None:
    """The viewer becomes the named person; taking twice what one already holds changes nothing."""
    at = at or utcnow()
    with transaction() as session:
        dossier = own(session, viewer, dossier_id)
        if is_repeat(viewer, dossier, Status.TAKEN):
            return
        refuse_stale(dossier, version)
        move(session, dossier, Status.TAKEN, Move.TAKEN, viewer, at)
        dossier.taken_at, dossier.taken_by_id = at, viewer.user_id
        if dossier.leads:
            post(session, "taken", inquiry_id=dossier.inquiry_id, dossier_id=dossier.id, at=at)


def decline(
    viewer: Viewer,
    dossier_id: int,
    version: int,
    reason: DeclineReason,
    comment: str | None = None,
    at: datetime | None = None,
) -> None:
    """Refuse a dossier with a reason; a lead passes to the next kept actor before anyone sees it without one."""
    at = at or utcnow()
    with transaction() as session:
        dossier = own(session, viewer, dossier_id)
        if is_repeat(viewer, dossier, Status.DECLINED):
            return
        refuse_stale(dossier, version)
        refuse_last(dossier)
        led, dossier.leads = dossier.leads, False
        dossier.decline_reason, dossier.closed_at = reason, at
        move(session, dossier, Status.DECLINED, Move.DECLINED, viewer, at, why(reason, comment))
        session.flush()
        if led:
            records.pass_on(session, dossier, at, viewer.user_id)


def close(
    viewer: Viewer,
    dossier_id: int,
    version: int,
    outcome: Outcome,
    comment: str | None = None,
    at: datetime | None = None,
) -> None:
    """Close with a coded outcome; the company of a leading dossier is told."""
    at = at or utcnow()
    with transaction() as session:
        dossier = own(session, viewer, dossier_id)
        if is_repeat(viewer, dossier, Status.CLOSED):
            return
        refuse_stale(dossier, version)
        refuse_untried(dossier, outcome)
        move(session, dossier, Status.CLOSED, Move.CLOSED, viewer, at, why(outcome, comment))
        dossier.closed_at, dossier.outcome = at, outcome
        if outcome in MEANS_CONTACT and dossier.first_contact_on is None:
            dossier.first_contact_on = local_day(at)
        if dossier.leads:
            post(session, "closed", inquiry_id=dossier.inquiry_id, dossier_id=dossier.id, at=at)


def note_contact(viewer: Viewer, dossier_id: int, at: datetime | None = None) -> None:
    """The company was reached today; noting it twice keeps the first date."""
    at = at or utcnow()
    with transaction() as session:
        dossier = own(session, viewer, dossier_id)
        if dossier.first_contact_on is not None:
            return
        if dossier.status != Status.TAKEN:
            raise IllegalMove("Prenez d’abord ce dossier.")
        dossier.first_contact_on = local_day(at)
        records.note(session, dossier, Move.CONTACTED, at, viewer.user_id)


def mark_transmitted(viewer: Viewer, dossier_id: int, channel: Channel, at: datetime | None = None) -> None:
    """A Maison says it told the actor; doing it twice keeps the first mention."""
    at = at or utcnow()
    with transaction() as session:
        dossier = lock_untold(session, viewer, dossier_id)
        if dossier is None:
            raise UnknownCase(dossier_id)
        if dossier.transmitted_at is not None:
            return
        dossier.transmitted_at, dossier.transmitted_by_id = at, viewer.user_id
        dossier.transmitted_how = channel
        records.note(session, dossier, Move.TRANSMITTED, at, viewer.user_id, why=channel.label)
