"""Questions about dossiers. Each names who asks; every reading starts from `visible_to`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.accounts.abilities import Role, Viewer
from app.accounts.models import User
from app.directory.models import Branch
from app.dossiers.calls import ATTEMPTS, REACHED
from app.dossiers.clocks import Step, local_day
from app.dossiers.desk import ToTransmit
from app.dossiers.lifecycle import LEFT, OPEN, Move, Status
from app.dossiers.models import Dossier, Event, StepTaken
from app.extensions import db
from app.inquiries.contacts import Contact
from app.inquiries.models import Inquiry, Need
from app.routing.rulebook import PARTNER, REGIONAL_DESK

WORKING_ROLES = (Role.ADVISER, Role.BRANCH_MANAGER, Role.MAISON_ADVISER)


@dataclass(frozen=True, slots=True)
class TeamMember:
    """Who deals with the same need."""

    dossier_id: int
    actor: str
    branch: str
    role: str
    leads: bool
    status: str
    person: str | None
    since: datetime | None
    decline_reason: str | None
    offered_by_id: int | None


@dataclass(frozen=True, slots=True)
class EventLine:
    kind: str
    at: datetime
    who: str | None
    user_id: int | None
    branch: str
    why: str | None
    rulebook: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything one page shows of a dossier."""

    dossier: Dossier
    inquiry: Inquiry
    need: Need
    branch: Branch
    contact: Contact
    taken_by: str | None
    team: Sequence[TeamMember]
    events: Sequence[EventLine]
    other_needs: Sequence[Need]
    mine: bool
    workable: bool


def case_for(viewer: Viewer, dossier_id: int) -> CaseFile | None:
    """The whole case; None when it does not exist or this viewer may not see it. A branch that left it reads its
    journal and the company's contact as they stood on that day."""
    dossier = dossier_seen(viewer, dossier_id)
    if dossier is None:
        return None
    left = dossier.closed_at if dossier.status in LEFT else None
    inquiry = db.session.get_one(Inquiry, dossier.inquiry_id)
    return CaseFile(
        dossier=dossier,
        inquiry=inquiry,
        contact=inquiry.contact_on(left),
        need=db.session.get_one(Need, dossier.need_id),
        branch=db.session.get_one(Branch, dossier.branch_id),
        taken_by=_name(dossier.taken_by_id),
        team=team_of_need(dossier.need_id),
        events=_events(dossier.need_id, left),
        other_needs=_other_needs(dossier),
        mine=dossier.taken_by_id == viewer.user_id,
        workable=dossier.branch_id in viewer.branch_ids(*WORKING_ROLES),
    )


def dossier_seen(viewer: Viewer, dossier_id: int) -> Dossier | None:
    """The dossier alone; None when it does not exist or this viewer may not see it."""
    return db.session.scalar(select(Dossier).where(visible_to(viewer), Dossier.id == dossier_id))


def team_of_need(need_id: int) -> list[TeamMember]:
    """Every branch asked for this need, the responsible one first."""
    rows = db.session.execute(
        select(Dossier, Branch.name, User.name)
        .join(Branch, Branch.id == Dossier.branch_id)
        .outerjoin(User, User.id == Dossier.taken_by_id)
        .where(Dossier.need_id == need_id)
        .order_by(Dossier.leads.desc(), Dossier.rank, Dossier.id)
    )
    return [
        TeamMember(
            dossier.id,
            dossier.actor,
            branch,
            dossier.role,
            dossier.leads,
            dossier.status,
            person,
            dossier.taken_at,
            dossier.decline_reason,
            dossier.offered_by_id,
        )
        for dossier, branch, person in rows
    ]


def to_transmit(viewer: Viewer) -> list[ToTransmit]:
    """What a Maison must still tell an actor whose mailbox nobody has verified, oldest first."""
    return waiting_rows(
        of_maison(viewer), _untold(), Dossier.status == Status.RECEIVED, Dossier.transmitted_at.is_(None)
    )


def waiting_rows(*kept: ColumnElement[bool]) -> list[ToTransmit]:
    """Dossiers a Maison must do something about, oldest first."""
    rows = db.session.execute(
        with_company(
            Dossier.id,
            Inquiry.company,
            Inquiry.place,
            Inquiry.reference,
            Dossier.need_key,
            Branch.name,
            Dossier.role,
            Dossier.filed_at,
            Dossier.first_contact_due,
            Dossier.first_contact_on,
        )
        .where(*kept)
        .order_by(Dossier.filed_at, Dossier.id)
    )
    return [ToTransmit(*row) for row in rows]


def needs_without_lead(viewer: Viewer) -> int:
    """« Sans responsable » on the territory of this Maison: 0, always; counted rather than believed."""
    leading = aliased(Dossier)
    orphan = ~exists().where(leading.need_id == Dossier.need_id, leading.leads)
    # Whoever led such a need and leads no more did not close it: closed cases, almost all of them, are left alone.
    lost = Dossier.status.in_(sorted(set(Status) - {Status.CLOSED}))
    asked = select(func.count(func.distinct(Dossier.need_id))).where(of_maison(viewer), lost, orphan)
    return db.session.scalar(asked) or 0


def maisons_of(viewer: Viewer) -> list[str]:
    """The Maisons this viewer holds a post in."""
    return [post.branch_name for post in viewer.posts if post.role is Role.MAISON_ADVISER]


def lock_workable(session: Session, viewer: Viewer, dossier_id: int) -> Dossier | None:
    """The dossier, locked for the open transaction, if this viewer works for its branch."""
    lock_need(session, dossier_id)
    asked = select(Dossier).where(worked_by(viewer), Dossier.id == dossier_id)
    return session.scalar(asked.with_for_update())


def lock_untold(session: Session, viewer: Viewer, dossier_id: int) -> Dossier | None:
    """The dossier, locked, if this viewer's Maison has to tell its actor."""
    lock_need(session, dossier_id)
    asked = select(Dossier).where(of_maison(viewer), _untold(), Dossier.id == dossier_id)
    return session.scalar(asked.with_for_update())


def lock_need(session: Session, dossier_id: int) -> None:
    """One move at a time on a need: refusing the lead may promote a support somebody else is moving."""
    need = select(Dossier.need_id).where(Dossier.id == dossier_id).scalar_subquery()
    session.execute(select(Need.id).where(Need.id == need).with_for_update(key_share=True))


def lock_needs(session: Session, kept: ColumnElement[bool]) -> None:
    """Several needs, in the order of their numbers: whoever locks the same ones waits, and never in a circle."""
    asked = select(Need.id).where(kept).order_by(Need.id)
    session.execute(asked.with_for_update(key_share=True)).all()


def last_event(dossier_id: int) -> EventLine | None:
    """The latest thing that happened to a dossier."""
    lines = _event_lines(Event.dossier_id == dossier_id, Event.id.desc(), 1)
    return lines[0] if lines else None


def last_move(dossier_id: int, kind: str) -> EventLine | None:
    """The latest time this happened to a dossier."""
    lines = _event_lines(and_(Event.dossier_id == dossier_id, Event.kind == kind), Event.id.desc(), 1)
    return lines[0] if lines else None


def attempt_days(dossier: Dossier) -> list[date]:
    """The days this branch called in vain since it last spoke with the company; a talk the company denies
    took no place."""
    talks = REACHED if dossier.first_contact_on else frozenset({Move.REACHED})
    rows = db.session.execute(
        select(Event.kind, Event.at)
        .where(Event.dossier_id == dossier.id, Event.kind.in_(sorted(ATTEMPTS | talks)))
        .order_by(Event.id.desc())
        .limit(50)
    )
    missed = takewhile(lambda row: row[0] in ATTEMPTS, rows)
    return sorted({local_day(at) for _, at in missed})


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    return or_(worked_by(viewer), and_(of_maison(viewer), or_(_untold(), silent_partner())))


def worked_by(viewer: Viewer) -> ColumnElement[bool]:
    """The dossiers of the branches this viewer holds a post in."""
    branches = viewer.branch_ids(*WORKING_ROLES)
    return Dossier.branch_id.in_(branches) if branches else false()


def of_maison(viewer: Viewer) -> ColumnElement[bool]:
    slugs = [post.branch_slug for post in viewer.posts if post.role is Role.MAISON_ADVISER]
    return Dossier.maison.in_(slugs) if slugs else false()


def _untold() -> ColumnElement[bool]:
    """Routed is not told: nobody has verified where this branch reads its mail."""
    silent = or_(Branch.mailbox.is_(None), Branch.mailbox_verified_on.is_(None))
    return and_(
        Dossier.actor != REGIONAL_DESK,
        exists().where(Branch.id == Dossier.branch_id, silent).correlate(Dossier),
    )


def silent_partner() -> ColumnElement[bool]:
    """A partner that leads and called nobody, once the Maison was told: it calls the company itself."""
    told = exists().where(
        StepTaken.dossier_id == Dossier.id, StepTaken.step == Step.MAISON, StepTaken.overtaken.is_(False)
    )
    return and_(
        Dossier.actor == PARTNER,
        Dossier.leads,
        Dossier.first_contact_on.is_(None),
        Dossier.closed_at.is_(None),
        Dossier.status.in_(sorted(OPEN)),
        told.correlate(Dossier),
    )


def with_company(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Dossier)
        .join(Inquiry, Inquiry.id == Dossier.inquiry_id)
        .join(Branch, Branch.id == Dossier.branch_id)
    )


def _name(user_id: int | None) -> str | None:
    return db.session.scalar(select(User.name).where(User.id == user_id)) if user_id else None


def _events(need_id: int, until: datetime | None) -> list[EventLine]:
    kept = Event.need_id == need_id
    return _event_lines(kept if until is None else and_(kept, Event.at <= until), Event.id, 500)


def _event_lines(kept: ColumnElement[bool], order: Any, limit: int) -> list[EventLine]:
    rows = db.session.execute(
        select(Event.kind, Event.at, User.name, Event.user_id, Branch.name, Event.why, Event.rulebook)
        .join(Dossier, Dossier.id == Event.dossier_id)
        .join(Branch, Branch.id == Dossier.branch_id)
        .outerjoin(User, User.id == Event.user_id)
        .where(kept)
        .order_by(order)
        .limit(limit)
    )
    return [EventLine(*row) for row in rows]


def _other_needs(dossier: Dossier) -> list[Need]:
    asked = select(Need).where(Need.inquiry_id == dossier.inquiry_id, Need.id != dossier.need_id)
    return list(db.session.scalars(asked.order_by(Need.id)))
