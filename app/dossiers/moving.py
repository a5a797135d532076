"""What every verb on a dossier shares: the dossier found and locked, the stale refused, the move noted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.accounts.abilities import Viewer
from app.dossiers import records
from app.dossiers.calls import may_be_unreachable, still_to_try
from app.dossiers.lifecycle import IllegalMove, Move, Outcome, Status, check_move
from app.dossiers.models import Dossier
from app.dossiers.queries import EventLine, attempt_days, last_event, lock_workable
from app.kernel.vocabulary import Listed
from app.routing.rulebook import REGIONAL_DESK


class UnknownCase(LookupError):
    """No such dossier, or none that this viewer may touch: the two are not told apart."""


class StaleCase(Exception):
    """Somebody moved the dossier since this page was read; `event` says who, what and when."""

    def __init__(self, event: EventLine | None) -> None:
        super().__init__("the dossier has moved")
        self.event = event


def own(session: Session, viewer: Viewer, dossier_id: int) -> Dossier:
    """The dossier, locked, if it belongs to a branch this viewer works for."""
    dossier = lock_workable(session, viewer, dossier_id)
    if dossier is None:
        raise UnknownCase(dossier_id)
    return dossier


def is_repeat(viewer: Viewer, dossier: Dossier, end: Status) -> bool:
    """A second click, or a reload: the viewer already did this, nothing more is to be done."""
    if dossier.status != end:
        return False
    if end is Status.TAKEN:
        return dossier.taken_by_id == viewer.user_id
    event = last_event(dossier.id)
    return event is not None and event.user_id == viewer.user_id


def refuse_stale(dossier: Dossier, version: int) -> None:
    if dossier.version != version:
        raise StaleCase(last_event(dossier.id))


def refuse_last(dossier: Dossier) -> None:
    """The chain ends at the Maison: nobody is left to take what it would refuse."""
    if dossier.leads and dossier.actor == REGIONAL_DESK:
        raise IllegalMove("La Maison de Ma Région est le dernier responsable. Elle ne refuse pas un dossier.")


def refuse_untried(dossier: Dossier, outcome: Outcome) -> None:
    """Nobody is said unreachable who was not called on two different days."""
    attempts = attempt_days(dossier.id)
    if outcome is Outcome.UNREACHABLE and not may_be_unreachable(attempts):
        raise IllegalMove(still_to_try(attempts))


def move(
    session: Session,
    dossier: Dossier,
    end: Status,
    made: Move,
    viewer: Viewer,
    at: datetime,
    why: str | None = None,
) -> None:
    check_move(dossier.status, end)
    records.note(session, dossier, made, at, viewer.user_id, from_=dossier.status, to=end, why=why)
    dossier.status = end


def why(coded: Listed, comment: str | None) -> str:
    return f"{coded.label}. {comment.strip()}" if comment and comment.strip() else coded.label
