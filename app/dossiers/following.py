"""What a company may read of its own dossiers: who, by when, where it stands. Reached through its secret link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, or_, select

from app.accounts.absences import away_on
from app.accounts.models import Absence, User
from app.directory.models import Branch
from app.dossiers.lifecycle import Move, Part
from app.dossiers.models import Dossier, Event
from app.extensions import db
from app.kernel.clock import today


@dataclass(frozen=True, slots=True)
class Followed:
    """One dossier; `told` when its branch has been reached, directly or by the Maison."""

    need_id: int
    actor: str
    branch: str
    leads: bool
    asked_to_lead: bool
    status: str
    person: str | None
    filed_at: datetime
    due: date
    contacted_on: date | None
    taken_at: datetime | None
    closed_at: datetime | None
    outcome: str | None
    waiting: bool
    told: bool
    confirmed: bool
    """Has the company itself said it was called, since anybody said the contrary?"""


def followed(inquiry_id: int) -> list[Followed]:
    """Every dossier of an inquiry, the responsible one of each need first; a relay only offered is not its affair."""
    # Somebody away is never promised: the company reads the name of the branch.
    absent = select(Absence.user_id).where(away_on(today()))
    rows = db.session.execute(
        select(Dossier, Branch, User.name)
        .join(Branch, Branch.id == Dossier.branch_id)
        .outerjoin(User, and_(User.id == Dossier.taken_by_id, User.id.not_in(absent)))
        .where(Dossier.inquiry_id == inquiry_id, or_(Dossier.role != Part.OFFERED, Dossier.leads))
        .order_by(Dossier.need_id, Dossier.leads.desc(), Dossier.rank, Dossier.id)
    )
    confirmed = _confirmed(inquiry_id)
    return [_followed(dossier, branch, person, dossier.id in confirmed) for dossier, branch, person in rows]


def _confirmed(inquiry_id: int) -> set[int]:
    """Dossiers whose latest word from the company about the call is a yes."""
    said = (Move.CONFIRMED, Move.NOT_CALLED, Move.DENIED)
    asked = (
        select(Event.dossier_id, Event.kind)
        .join(Dossier, Dossier.id == Event.dossier_id)
        .where(Dossier.inquiry_id == inquiry_id, Event.kind.in_(said))
        .order_by(Event.id)
    )
    latest = {row.dossier_id: row.kind for row in db.session.execute(asked)}
    return {number for number, kind in latest.items() if kind == Move.CONFIRMED}


def _followed(dossier: Dossier, branch: Branch, person: str | None, confirmed: bool) -> Followed:
    verified = branch.mailbox is not None and branch.mailbox_verified_on is not None
    return Followed(
        need_id=dossier.need_id,
        actor=dossier.actor,
        branch=branch.name,
        leads=dossier.leads,
        asked_to_lead=dossier.role == Part.LEAD,
        status=dossier.status,
        person=person,
        filed_at=dossier.filed_at,
        due=dossier.first_contact_due,
        contacted_on=dossier.first_contact_on,
        taken_at=dossier.taken_at,
        closed_at=dossier.closed_at,
        outcome=dossier.outcome,
        waiting=dossier.waiting,
        told=verified or dossier.transmitted_at is not None,
        confirmed=confirmed,
    )
