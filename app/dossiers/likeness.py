"""The same establishment, and whether it asks the same thing twice. What others work on stays theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from app.accounts.abilities import Viewer
from app.dossiers.lifecycle import OPEN, Outcome
from app.dossiers.models import Dossier
from app.dossiers.queries import visible_to
from app.extensions import db
from app.inquiries.models import Inquiry, Need
from app.territory.names import plain

SAME_NEED_WITHIN = timedelta(days=90)
MOST_COMPARED, MOST_SHOWN = 50, 10


@dataclass(frozen=True, slots=True)
class Former:
    """Another request of the establishment, through the dossier of it that the viewer sees."""

    dossier_id: int
    need_id: int
    inquiry_id: int
    reference: str
    need_key: str
    filed_at: datetime
    status: str
    outcome: str | None
    leads: bool

    @property
    def open(self) -> bool:
        return self.status in OPEN


def like(session: Session, inquiry: Inquiry, need: Need, at: datetime) -> int | None:
    """The latest need of the same kind the same establishment filed within 90 days; None for a first one."""
    rows = session.execute(
        select(Need.id, Inquiry.company)
        .join(Inquiry, Inquiry.id == Need.inquiry_id)
        .where(_same_place(inquiry), Inquiry.id != inquiry.id, Need.key == need.key)
        .where(Inquiry.filed_at >= at - SAME_NEED_WITHIN, Inquiry.filed_at <= at)
        .order_by(Need.id.desc())
        .limit(MOST_COMPARED)
    )
    name = plain(inquiry.company)
    return next((need_id for need_id, company in rows if inquiry.siret or plain(company) == name), None)


def _same_place(inquiry: Inquiry) -> ColumnElement[bool]:
    """The same SIRET; without one, the same commune and the same way to be reached (the name is read after)."""
    if inquiry.siret:
        return Inquiry.siret == inquiry.siret
    ways, told = [], inquiry.contact
    if told.email:
        ways.append(func.lower(Inquiry.email) == told.email.lower())
    if told.phone:
        ways.append(Inquiry.phone == told.phone)
    return and_(Inquiry.commune == inquiry.commune, or_(*ways)) if ways else Inquiry.id.is_(None)


def twins(viewer: Viewer, need: Need) -> Sequence[Former]:
    """The needs this one looks like, or that look like it, which this viewer sees."""
    return _former(viewer, or_(Need.id == need.like_id, Need.like_id == need.id), Need.id != need.id)


def history(viewer: Viewer, inquiry: Inquiry) -> Sequence[Former]:
    """What this establishment asked before or since, as far as the viewer's own dossiers tell."""
    if not inquiry.siret:
        return ()
    return _former(viewer, Inquiry.siret == inquiry.siret, Inquiry.id != inquiry.id)


def _former(viewer: Viewer, *kept: ColumnElement[bool]) -> Sequence[Former]:
    rows = db.session.execute(
        select(
            Dossier.id,
            Need.id,
            Inquiry.id,
            Inquiry.reference,
            Need.key,
            Inquiry.filed_at,
            Dossier.status,
            Dossier.outcome,
            Dossier.leads,
        )
        .join(Need, Need.id == Dossier.need_id)
        .join(Inquiry, Inquiry.id == Dossier.inquiry_id)
        .where(visible_to(viewer), *kept)
        .order_by(Inquiry.filed_at.desc(), Dossier.id)
        .limit(MOST_SHOWN)
    )
    return [Former(*row) for row in rows]


def joined_to(need: Need) -> Inquiry | None:
    """The request with which a need is answered, once joined and as long as it is."""
    lead = select(Dossier.outcome).where(Dossier.need_id == need.id, Dossier.leads)
    if need.joined_to_id is None or db.session.scalar(lead) != Outcome.JOINED:
        return None
    main = db.session.get_one(Need, need.joined_to_id)
    return db.session.get_one(Inquiry, main.inquiry_id)
