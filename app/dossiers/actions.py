"""What an adviser does to a dossier: each verb is one transaction, one journal line or more, its letters.

`at` is when it happened; nobody who is at a screen gives it.
"""

from __future__ import annotations

from datetime import datetime

from app.accounts.abilities import Viewer
from app.dossiers import records
from app.dossiers.clocks import local_day
from app.dossiers.lifecycle import (
    MEANS_CONTACT,
    Channel,
    DeclineReason,
    Move,
    Outcome,
    ReopenReason,
    Verb,
)
from app.dossiers.moving import (
    UnknownCase,
    is_repeat,
    move,
    own,
    refuse_alone,
    refuse_last,
    refuse_other,
    refuse_stale,
    refuse_untried,
    said,
    why,
)
from app.dossiers.queries import lock_untold
from app.extensions import transaction
from app.kernel.clock import utcnow


def take(viewer: Viewer, dossier_id: int, version: int, at: datetime | None = None) -> None:
    """The viewer becomes the named person; taking twice what one already holds changes nothing."""
    at = at or utcnow()
    with transaction() as session:
        dossier = own(session, viewer, dossier_id)
        if is_repeat(viewer, dossier, Verb.TAKE):
            return
        refuse_stale(dossier, version)
        move(session, dossier, Verb.TAKE, viewer, at)
        dossier.taken_at, dossier.taken_by_id = at, viewer.user_id


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
        if is_repeat(viewer, dossier, Verb.DECLINE):
            return
        refuse_stale(dossier, version)
        refuse_last(dossier)
        move(session, dossier, Verb.DECLINE, viewer, at, why(reason, comment))
        led, dossier.leads = dossier.leads, False
        dossier.decline_reason, dossier.closed_at = reason, at
        session.flush()
        if led:
            records.end_offers(session, dossier, at, viewer.user_id)
            records.pass_on(session, dossier, at, viewer.user_id)


def wait(
    viewer: Viewer, dossier_id: int, version: int, comment: str | None = None, at: datetime | None = None
) -> None:
    """Something is awaited from the company: the clocks stop until it answers."""
    at = at or utcnow()
    with transaction() as session:
        dossier = own(session, viewer, dossier_id)
        if is_repeat(viewer, dossier, Verb.WAIT):
            return
        refuse_stale(dossier, version)
        move(session, dossier, Verb.WAIT, viewer, at, said(comment))
        dossier.waiting_since = local_day(at)


def resume(viewer: Viewer, dossier_id: int, version: int, at: datetime | None = None) -> None:
    """The company answered, or is no longer awaited: what is due is put off by the days waited."""
    at = at or utcnow()
    with transaction() as session:
        dossier = own(session, viewer, dossier_id)
        if is_repeat(viewer, dossier, Verb.RESUME):
            return
        refuse_stale(dossier, version)
        move(session, dossier, Verb.RESUME, viewer, at)
        records.start_again(dossier, at)


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
        if is_repeat(viewer, dossier, Verb.CLOSE):
            refuse_other(dossier, outcome)
            return
        refuse_stale(dossier, version)
        refuse_untried(dossier, outcome)
        move(session, dossier, Verb.CLOSE, viewer, at, why(outcome, comment))
        dossier.closed_at, dossier.outcome, dossier.waiting_since = at, outcome, None
        if outcome in MEANS_CONTACT and dossier.first_contact_on is None:
            dossier.first_contact_on = local_day(at)
        if dossier.leads:
            records.end_offers(session, dossier, at, viewer.user_id)


def reopen(
    viewer: Viewer,
    dossier_id: int,
    version: int,
    reason: ReopenReason,
    comment: str | None = None,
    at: datetime | None = None,
) -> None:
    """A closed dossier is taken again by whoever reopens it; the company is told."""
    at = at or utcnow()
    with transaction() as session:
        dossier = own(session, viewer, dossier_id)
        if is_repeat(viewer, dossier, Verb.REOPEN):
            return
        refuse_stale(dossier, version)
        refuse_alone(dossier)
        move(session, dossier, Verb.REOPEN, viewer, at, why(reason, comment))
        dossier.taken_at, dossier.taken_by_id = at, viewer.user_id
        dossier.closed_at = dossier.outcome = None


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
