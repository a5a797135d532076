"""What every verb on a dossier shares: the dossier found and locked, the stale refused, the move noted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.accounts.abilities import Viewer
from app.dossiers import records
from app.dossiers.calls import may_be_unreachable, still_to_try
from app.dossiers.lifecycle import LIFE, OPEN, IllegalMove, Outcome, Verb, check_move
from app.dossiers.models import Dossier
from app.dossiers.queries import EventLine, attempt_days, last_event, lock_workable, team_of_need
from app.dossiers.standing import standing_of
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


def is_repeat(viewer: Viewer, dossier: Dossier, verb: Verb) -> bool:
    """A second click, or a reload: the viewer already did this, nothing more is to be done."""
    rule = LIFE[verb]
    if rule.end is not None and dossier.status != rule.end:
        return False
    if verb is Verb.TAKE:
        return dossier.taken_by_id == viewer.user_id
    event = last_event(dossier.id)
    return event is not None and event.user_id == viewer.user_id and event.kind == rule.event


def refuse_stale(dossier: Dossier, version: int) -> None:
    if dossier.version != version:
        raise StaleCase(last_event(dossier.id))


def refuse_last(dossier: Dossier) -> None:
    """The chain ends at the Maison: nobody is left to take what it would refuse."""
    if (dossier.leads or dossier.offered) and dossier.actor == REGIONAL_DESK:
        raise IllegalMove("La Maison de Ma Région est le dernier responsable. Elle ne refuse pas un dossier.")


def refuse_other(dossier: Dossier, outcome: Outcome) -> None:
    """Sent twice is once; sent again with another outcome is not done, and says so."""
    if dossier.outcome and dossier.outcome != outcome:
        kept = Outcome(dossier.outcome).label
        raise IllegalMove(f"Ce dossier est déjà clos : « {kept} ». Rouvrez-le pour changer le résultat.")


def refuse_alone(dossier: Dossier) -> None:
    """A support is reopened only beside a lead that still works."""
    if dossier.leads:
        return
    lead = next((one for one in team_of_need(dossier.need_id) if one.leads), None)
    if lead is None or lead.status not in OPEN:
        raise IllegalMove("Le besoin est clos. Seule l’antenne qui pilotait peut rouvrir son dossier.")


def refuse_untried(dossier: Dossier, outcome: Outcome) -> None:
    """Nobody is said unreachable who was not called on two different days."""
    attempts = attempt_days(dossier)
    if outcome is Outcome.UNREACHABLE and not may_be_unreachable(attempts):
        raise IllegalMove(still_to_try(attempts))


def move(
    session: Session,
    dossier: Dossier,
    verb: Verb,
    viewer: Viewer,
    at: datetime,
    why: str | None = None,
    *,
    stays: bool = False,
) -> None:
    """What the table says of this verb: checked, noted, the company's letter written, the status set
    unless it `stays`."""
    check_move(verb, dossier)
    rule = LIFE[verb]
    end = None if stays else rule.end
    before = standing_of(session, dossier.need_id) if rule.undoable else None
    changes = {"from_": dossier.status, "to": end} if end else {}
    records.note(session, dossier, rule.event, at, viewer.user_id, **changes, why=why, before=before)
    if rule.letter and dossier.leads:
        records.tell_company(session, rule.letter, dossier, at)
    if end:
        dossier.status = end


def said(comment: str | None) -> str | None:
    return (comment or "").strip() or None


def why(coded: Listed, comment: str | None) -> str:
    return f"{coded.label}. {said(comment)}" if said(comment) else coded.label
