"""Dossiers, journal lines and letters added to the open transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.directory.models import Branch
from app.dossiers.clocks import local_day
from app.dossiers.journal import note
from app.dossiers.lifecycle import OPEN, Move, Part, Status
from app.dossiers.likeness import like
from app.dossiers.models import Dossier, Event
from app.dossiers.opening import Opening, kept_of
from app.dossiers.readers import tell_maison, tell_persons
from app.inquiries.models import Inquiry, Need
from app.kernel.workdays import add_workdays, workdays_between
from app.mailbox.records import post
from app.routing.facts import Orientation

__all__ = [
    "end_offer",
    "end_offers",
    "latest_status",
    "note",
    "open_case",
    "open_second_path",
    "opening_of",
    "pass_on",
    "resume",
    "start_again",
    "still_asked",
    "take_over",
    "tell_branch",
    "tell_company",
    "tell_who_leads",
    "withdraw",
]

RELAYED = "hand_over_offer"
"""A branch asked to take over has not seen the case yet: the Maison tells it, as it does of a new one."""


def open_case(
    session: Session,
    inquiry: Inquiry,
    need: Need,
    orientation: Orientation,
    at: datetime,
    user_id: int | None = None,
) -> Dossier:
    """Open the leading dossier of a need and its supports; post their letters and the acknowledgement.

    `inquiry` and `need` are flushed and `need.decision` is the orientation's trace. Returns the lead.
    """
    need.decision = need.decision or orientation.trace()
    need.like_id = like(session, inquiry, need, at)
    opening = Opening(session, inquiry, need, at, user_id)
    chain = list(kept_of(need.decision))
    lead = opening.first_lead(chain)
    for rank, kept in chain:
        opening.support(rank, kept)
    post(session, "acknowledgement", inquiry_id=inquiry.id, at=at)
    return lead


def pass_on(session: Session, declined: Dossier, at: datetime, user_id: int | None) -> Dossier:
    """Give the need to the next kept actor of the stored decision, at last to the Maison; tell the company."""
    heir = opening_of(session, declined, at, user_id).heir(declined)
    tell_who_leads(session, declined, heir, at, user_id)
    return heir


def tell_who_leads(
    session: Session, former: Dossier, heir: Dossier, at: datetime, user_id: int | None
) -> None:
    """The journal of the one who led and the company learn who leads now."""
    note(session, former, Move.PASSED_ON, at, user_id, to=heir.actor[:16])
    tell_company(session, "passed_on", heir, at)


def take_over(session: Session, late: Dossier, at: datetime) -> Dossier:
    """The Maison leads a need nobody called about; the former lead stays beside it. The company is told."""
    end_offers(session, late, at, None)
    late.leads, late.role = False, Part.SUPPORT
    session.flush()
    heir = opening_of(session, late, at, None).maison_leads(late)
    note(session, late, Move.TAKEN_OVER, at, None, from_=late.status, to=late.status)
    tell_company(session, "taken_over", heir, at)
    return heir


def open_second_path(session: Session, led: Dossier, at: datetime, user_id: int) -> Dossier:
    """The Maison helps beside a partner that leads: its own dossier, never a second lead; again is the same."""
    opening = opening_of(session, led, at, user_id)
    maison = opening.maison_branch()
    known = opening.known(maison)
    if known is not None and known.role == Part.SECOND and known.status in OPEN:
        return known
    second = opening.ask(maison, Part.SECOND)
    second.role = Part.SECOND
    session.flush()
    note(session, second, Move.SECOND_PATH, at, user_id, to=second.status)
    tell_company(session, "second_path", second, at)
    return second


def tell_company(session: Session, kind: str, dossier: Dossier, at: datetime) -> None:
    """One letter for this move of this dossier, however often the move is asked."""
    inquiry_id, version = dossier.inquiry_id, dossier.version
    post(session, kind, inquiry_id=inquiry_id, dossier_id=dossier.id, version=version, at=at)


def tell_branch(session: Session, kind: str, dossier: Dossier, branch_id: int, at: datetime) -> None:
    """To the branch; when nobody has verified its mailbox, to its people, and to the Maison when it has none or
    must pass a relay on. `dossier` changes in the same move: its version is what makes the letter one."""
    branch = session.get_one(Branch, branch_id)
    if branch.told:
        post(session, kind, dossier_id=dossier.id, branch_id=branch.id, version=dossier.version, at=at)
        return
    asked = select(Dossier).where(Dossier.need_id == dossier.need_id, Dossier.branch_id == branch_id)
    own = dossier if dossier.branch_id == branch_id else session.scalars(asked).first()
    told = own is not None and tell_persons(session, dossier, kind, dossier.version, at, of=own)
    if not told or kind == RELAYED:
        tell_maison(session, dossier, kind, dossier.version, at)


def opening_of(session: Session, dossier: Dossier, at: datetime, user_id: int | None) -> Opening:
    """How other branches are asked on the need of this dossier."""
    inquiry = session.get_one(Inquiry, dossier.inquiry_id)
    return Opening(session, inquiry, session.get_one(Need, dossier.need_id), at, user_id)


def start_again(dossier: Dossier, at: datetime) -> None:
    """The wait is over: a first contact still due is put off by the working days waited."""
    if dossier.waiting_since is not None and dossier.first_contact_on is None:
        waited = workdays_between(dossier.waiting_since, local_day(at))
        dossier.first_contact_due = add_workdays(dossier.first_contact_due, waited)
    dossier.waiting_since = None


def resume(session: Session, dossier: Dossier, at: datetime, user_id: int | None = None) -> None:
    """What the company did ends the wait; nothing when nobody waited."""
    if dossier.waiting_since is not None:
        note(session, dossier, Move.RESUMED, at, user_id)
        start_again(dossier, at)


def end_offers(session: Session, lead: Dossier, at: datetime, user_id: int | None) -> None:
    """The relay this dossier offered is no longer offered: the other branch is told."""
    asked = session.scalar(select(Dossier).where(Dossier.offered_by_id == lead.id))
    if asked is not None:
        end_offer(session, asked, Move.OFFER_ENDED, at, user_id)


def end_offer(session: Session, asked: Dossier, made: Move, at: datetime, user_id: int | None) -> None:
    """Nobody waits for the answer of this branch any more: it is told; its part of support, if any, stays."""
    asked.offered_by_id = None
    if asked.role == Part.OFFERED:
        withdraw(session, asked, Status.WITHDRAWN, made, at, user_id)
    else:
        note(session, asked, made, at, user_id)
        tell_branch(session, "case_withdrawn", asked, asked.branch_id, at)
    session.flush()


def withdraw(
    session: Session,
    asked: Dossier,
    end: Status,
    made: Move,
    at: datetime,
    user_id: int | None,
    *,
    told: bool = True,
) -> None:
    """A branch is no longer asked for anything: its dossier ends, it is told, its trace stays."""
    note(session, asked, made, at, user_id, from_=asked.status, to=end)
    asked.status, asked.closed_at = end, at
    asked.leads, asked.waiting_since, asked.offered_by_id = False, None, None
    if told:
        tell_branch(session, "case_withdrawn", asked, asked.branch_id, at)


def still_asked(session: Session, need_id: int) -> list[Dossier]:
    """The open dossiers of a need, the one that leads first."""
    asked = select(Dossier).where(Dossier.need_id == need_id, Dossier.status.in_(sorted(OPEN)))
    return list(session.scalars(asked.order_by(Dossier.leads.desc(), Dossier.id)))


def latest_status(session: Session, dossier_id: int) -> str | None:
    """The status the journal last gave this dossier."""
    asked = select(Event.to).where(Event.dossier_id == dossier_id, Event.to.in_(list(Status)))
    return session.scalar(asked.order_by(Event.id.desc()).limit(1))


def carry_theme(session: Session, need: Need) -> None:
    """The dossiers of a need that changed its name are counted with its theme."""
    session.execute(update(Dossier).where(Dossier.need_id == need.id).values(theme=need.theme))
