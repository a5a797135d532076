"""Cases that go on: those a partner has not answered, those closed by silence, what was said of a long one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from app.accounts.abilities import Viewer
from app.dossiers.desk import ToTransmit
from app.dossiers.lifecycle import Move, Outcome, Part, Status
from app.dossiers.models import Dossier, Event
from app.dossiers.queries import lock_need, of_maison, silent_partner, waiting_rows
from app.extensions import db


@dataclass(frozen=True, slots=True)
class GoingOn:
    """What the company may read or do of a need: why it lasts, whether it may be opened again."""

    why: str | None = None
    said_at: datetime | None = None
    reopenable: bool = False


def going_on(inquiry_id: int) -> dict[int, GoingOn]:
    """need → what goes on with the dossier that leads it."""
    leads = db.session.scalars(select(Dossier).where(Dossier.inquiry_id == inquiry_id, Dossier.leads))
    return {lead.need_id: _of(lead) for lead in leads}


def silent_partners(viewer: Viewer) -> Sequence[ToTransmit]:
    """Companies a Maison is to call, for the partner that leads has not; those it already helps are left out."""
    other = aliased(Dossier)
    helped = exists().where(other.need_id == Dossier.need_id, other.role == Part.SECOND)
    return waiting_rows(of_maison(viewer), silent_partner(), ~helped)


def lock_silent_partner(session: Session, viewer: Viewer, dossier_id: int) -> Dossier | None:
    """The partner's dossier, locked, if this viewer's Maison was told of its silence."""
    lock_need(session, dossier_id)
    asked = select(Dossier).where(of_maison(viewer), silent_partner(), Dossier.id == dossier_id)
    return session.scalar(asked.with_for_update())


def lock_closed_by_silence(session: Session, inquiry_id: int, need_id: int) -> Dossier | None:
    """The leading dossier of a need of this inquiry, locked, if the clock closed it."""
    asked = select(Dossier).where(
        Dossier.inquiry_id == inquiry_id,
        Dossier.need_id == need_id,
        Dossier.leads,
        Dossier.status == Status.CLOSED,
        Dossier.outcome == Outcome.NO_NEWS,
    )
    return session.scalar(asked.with_for_update())


def _of(lead: Dossier) -> GoingOn:
    if lead.status == Status.CLOSED:
        return GoingOn(reopenable=lead.outcome == Outcome.NO_NEWS)
    asked = select(Event.why, Event.at).where(Event.dossier_id == lead.id, Event.kind == Move.EXPLAINED)
    said = db.session.execute(asked.order_by(Event.id.desc()).limit(1)).first()
    return GoingOn(said.why, said.at) if said else GoingOn()
