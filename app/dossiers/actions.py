"""What an adviser does to a dossier: each verb is one transaction, one journal line or more, its letters.

`at` is when it happened; nobody who is at a screen gives it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.accounts.abilities import Viewer
from app.dossiers import records
from app.dossiers.clocks import local_day
from app.dossiers.lifecycle import (
    MEANS_CONTACT,
    Channel,
    DeclineReason,
    IllegalMove,
    Move,
    Outcome,
    Status,
    check_move,
)
from app.dossiers.models import Dossier
from app.dossiers.queries import EventLine, last_event, lock_untold, lock_workable
from app.extensions import transaction
from app.kernel.clock import utcnow
from app.kernel.vocabulary import Listed
from app.mailbox.records import post
from app.routing.rulebook import REGIONAL_DESK


class UnknownCase(LookupError):
    """No such dossier, or none that this viewer may touch: the two are not told apart."""


class StaleCase(Exception):
    """Somebody moved the dossier since this page was read; `event` says who, what and when."""

    def __init__(self, event: EventLine | None) -> None:
        super().__init__("the dossier has moved")
        self.event = event


def take(viewer: Viewer, dossier_id: int, version: int, at: datetime | None = None) -> None:
    """The viewer becomes the named person; taking twice what one already holds changes nothing."""
    at = at or utcnow()
    with transaction() as session:
        dossier = _own(session, viewer, dossier_id)
        if _is_repeat(viewer, dossier, Status.TAKEN):
            return
        _refuse_stale(dossier, version)
        _move(session, dossier, Status.TAKEN, Move.TAKEN, viewer, at)
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
        dossier = _own(session, viewer, dossier_id)
        if _is_repeat(viewer, dossier, Status.DECLINED):
            return
        _refuse_stale(dossier, version)
        _refuse_last(dossier)
        led, dossier.leads = dossier.leads, False
        dossier.decline_reason, dossier.closed_at = reason, at
        _move(session, dossier, Status.DECLINED, Move.DECLINED, viewer, at, _why(reason, comment))
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
        dossier = _own(session, viewer, dossier_id)
        if _is_repeat(viewer, dossier, Status.CLOSED):
            return
        _refuse_stale(dossier, version)
        _move(session, dossier, Status.CLOSED, Move.CLOSED, viewer, at, _why(outcome, comment))
        dossier.closed_at, dossier.outcome = at, outcome
        if outcome in MEANS_CONTACT and dossier.first_contact_on is None:
            dossier.first_contact_on = local_day(at)
        if dossier.leads:
            post(session, "closed", inquiry_id=dossier.inquiry_id, dossier_id=dossier.id, at=at)


def note_contact(viewer: Viewer, dossier_id: int, at: datetime | None = None) -> None:
    """The company was reached today; noting it twice keeps the first date."""
    at = at or utcnow()
    with transaction() as session:
        dossier = _own(session, viewer, dossier_id)
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


def _own(session: Session, viewer: Viewer, dossier_id: int) -> Dossier:
    """The dossier, locked, if it belongs to a branch this viewer works for."""
    dossier = lock_workable(session, viewer, dossier_id)
    if dossier is None:
        raise UnknownCase(dossier_id)
    return dossier


def _is_repeat(viewer: Viewer, dossier: Dossier, end: Status) -> bool:
    """A second click, or a reload: the viewer already did this, nothing more is to be done."""
    if dossier.status != end:
        return False
    if end is Status.TAKEN:
        return dossier.taken_by_id == viewer.user_id
    event = last_event(dossier.id)
    return event is not None and event.user_id == viewer.user_id


def _refuse_stale(dossier: Dossier, version: int) -> None:
    if dossier.version != version:
        raise StaleCase(last_event(dossier.id))


def _refuse_last(dossier: Dossier) -> None:
    """The chain ends at the Maison: nobody is left to take what it would refuse."""
    if dossier.leads and dossier.actor == REGIONAL_DESK:
        raise IllegalMove("La Maison de Ma Région est le dernier responsable. Elle ne refuse pas un dossier.")


def _move(
    session: Session,
    dossier: Dossier,
    end: Status,
    move: Move,
    viewer: Viewer,
    at: datetime,
    why: str | None = None,
) -> None:
    check_move(dossier.status, end)
    records.note(session, dossier, move, at, viewer.user_id, from_=dossier.status, to=end, why=why)
    dossier.status = end


def _why(coded: Listed, comment: str | None) -> str:
    return f"{coded.label}. {comment.strip()}" if comment and comment.strip() else coded.label
