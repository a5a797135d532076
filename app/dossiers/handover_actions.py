"""A case passed to another branch: offered, accepted or refused; until then whoever offers keeps it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.abilities import Viewer
from app.directory.models import Branch
from app.dossiers import records
from app.dossiers.choosing import Choice, choice_of, left_to_ask
from app.dossiers.lifecycle import DeclineReason, IllegalMove, Move, Part, Status, Verb, check_move
from app.dossiers.models import Dossier
from app.dossiers.moving import is_repeat, move, own, refuse_last, refuse_stale, said, why
from app.dossiers.queries import last_event
from app.extensions import transaction
from app.kernel.clock import utcnow
from app.routing.rulebook import REGIONAL_DESK

ELSEWHERE = "Cette antenne ne sert pas la commune de l’entreprise. Choisissez-en une autre."
KNOWINGLY = "Cette antenne a déjà refusé ce besoin. Cochez la case pour le lui proposer quand même."


def offer(
    viewer: Viewer,
    dossier_id: int,
    version: int,
    slug: str,
    comment: str | None = None,
    *,
    knowingly: bool = False,
    at: datetime | None = None,
) -> None:
    """Propose the case to another branch, without going through anyone."""
    at = at or utcnow()
    with transaction() as session:
        dossier = own(session, viewer, dossier_id)
        chosen = _chosen(dossier, slug, knowingly=knowingly)
        branch = session.scalars(select(Branch).where(Branch.slug == slug)).one()
        pending = _offered_by(session, dossier)
        if pending is not None and pending.branch_id == branch.id:
            return
        refuse_stale(dossier, version)
        if pending is not None:
            raise IllegalMove("Un relais est déjà proposé. Retirez d’abord cette proposition.")
        move(session, dossier, Verb.OFFER, viewer, at, _words(chosen, comment))
        opening = records.opening_of(session, dossier, at, viewer.user_id)
        asked = opening.ask(branch, Part.OFFERED, offered_by_id=dossier.id)
        records.tell_branch(session, "hand_over_offer", asked, branch.id, at)


def accept(viewer: Viewer, dossier_id: int, version: int, at: datetime | None = None) -> None:
    """The branch asked leads from now on; the one that asked no longer does, in the same moment."""
    at = at or utcnow()
    with transaction() as session:
        dossier = own(session, viewer, dossier_id)
        if is_repeat(viewer, dossier, Verb.ACCEPT):
            return
        refuse_stale(dossier, version)
        move(session, dossier, Verb.ACCEPT, viewer, at)
        former = session.get_one(Dossier, dossier.offered_by_id)
        _give_way(session, former, at, viewer.user_id)
        dossier.leads, dossier.role = True, Part.LEAD
        dossier.previous_id, dossier.offered_by_id = former.id, None
        dossier.taken_at, dossier.taken_by_id = at, viewer.user_id
        session.flush()
        records.tell_company(session, "passed_on", dossier, at)


def refuse(
    viewer: Viewer,
    dossier_id: int,
    version: int,
    reason: DeclineReason,
    comment: str | None = None,
    at: datetime | None = None,
) -> None:
    """The relay is refused with a reason; when nobody is left to ask, the Maison leads."""
    at = at or utcnow()
    with transaction() as session:
        dossier = own(session, viewer, dossier_id)
        if not dossier.offered and _did(viewer, dossier, Move.OFFER_REFUSED):
            return
        refuse_stale(dossier, version)
        refuse_last(dossier)
        supports = dossier.role != Part.OFFERED
        move(session, dossier, Verb.REFUSE, viewer, at, why(reason, comment), stays=supports)
        former = session.get_one(Dossier, dossier.offered_by_id)
        dossier.offered_by_id = None
        if not supports:
            dossier.decline_reason, dossier.closed_at = reason, at
        session.flush()
        records.tell_branch(session, "hand_over_refused", dossier, former.branch_id, at)
        if _nobody_left(former):
            _give_to_the_maison(session, former, at, viewer.user_id)


def end_offer(viewer: Viewer, dossier_id: int, version: int, at: datetime | None = None) -> None:
    """Whoever offered the case keeps it; nothing when the relay is no longer offered."""
    at = at or utcnow()
    with transaction() as session:
        dossier = own(session, viewer, dossier_id)
        if _offered_by(session, dossier) is not None:
            refuse_stale(dossier, version)
            records.end_offers(session, dossier, at, viewer.user_id)


def ask_support(
    viewer: Viewer,
    dossier_id: int,
    version: int,
    slug: str,
    comment: str | None = None,
    *,
    knowingly: bool = False,
    at: datetime | None = None,
) -> None:
    """Ask another branch to help; the lead stays."""
    at = at or utcnow()
    with transaction() as session:
        dossier = own(session, viewer, dossier_id)
        check_move(Verb.ASK_SUPPORT, dossier)
        chosen = _chosen(dossier, slug, knowingly=knowingly)
        if chosen.asked:
            return
        refuse_stale(dossier, version)
        move(session, dossier, Verb.ASK_SUPPORT, viewer, at, _words(chosen, comment))
        branch = session.scalars(select(Branch).where(Branch.slug == slug)).one()
        opening = records.opening_of(session, dossier, at, viewer.user_id)
        opening.why = said(comment)
        opening.ask(branch, Part.SUPPORT)


def _chosen(dossier: Dossier, slug: str, *, knowingly: bool) -> Choice:
    chosen = choice_of(dossier, slug)
    if chosen is None:
        raise IllegalMove(ELSEWHERE)
    if chosen.refused and not knowingly:
        raise IllegalMove(KNOWINGLY)
    return chosen


def _words(chosen: Choice, comment: str | None) -> str:
    return f"À {chosen.name}. {said(comment)}" if said(comment) else f"À {chosen.name}."


def _did(viewer: Viewer, dossier: Dossier, made: Move) -> bool:
    event = last_event(dossier.id)
    return event is not None and event.kind == made and event.user_id == viewer.user_id


def _offered_by(session: Session, dossier: Dossier) -> Dossier | None:
    return session.scalar(select(Dossier).where(Dossier.offered_by_id == dossier.id))


def _give_way(session: Session, former: Dossier, at: datetime, user_id: int | None) -> None:
    """Whoever led no longer does: flushed first, for the database knows one lead at a time."""
    check_move(Verb.HAND_OVER, former)
    end = Status.HANDED_OVER
    records.note(session, former, Move.HANDED_OVER, at, user_id, from_=former.status, to=end)
    former.status, former.closed_at = end, at
    former.leads, former.waiting_since = False, None
    session.flush()


def _nobody_left(former: Dossier) -> bool:
    """Has everybody the decision kept, and everybody asked since, refused?"""
    return former.actor != REGIONAL_DESK and not left_to_ask(former)


def _give_to_the_maison(session: Session, former: Dossier, at: datetime, user_id: int | None) -> None:
    _give_way(session, former, at, user_id)
    heir = records.opening_of(session, former, at, user_id).maison_leads(former)
    records.tell_who_leads(session, former, heir, at, user_id)
