"""What the company itself does to its case, added to the open transaction: it confirms, it denies, it withdraws."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.dossiers.clocks import first_contact_due, local_day
from app.dossiers.deadline_lines import steps_for
from app.dossiers.lifecycle import LIFE, OPEN, Move, Outcome, Status, Verb, WithdrawReason
from app.dossiers.models import Dossier
from app.dossiers.records import note, resume, tell_company
from app.inquiries.models import Need


def dossiers_of(session: Session, inquiry_id: int, need_id: int) -> list[Dossier]:
    """Every dossier of a need of this inquiry, the need locked, the lead first; none when it is not its own."""
    need = select(Need.id).where(Need.id == need_id, Need.inquiry_id == inquiry_id)
    if session.scalar(need.with_for_update(key_share=True)) is None:
        return []
    asked = select(Dossier).where(Dossier.need_id == need_id).with_for_update()
    return list(session.scalars(asked.order_by(Dossier.leads.desc(), Dossier.rank, Dossier.id)))


def confirm_call(session: Session, lead: Dossier, on: date, at: datetime) -> None:
    """The company says when it was called; a date the branch gave first is kept."""
    resume(session, lead, at)
    if lead.first_contact_on is None:
        lead.first_contact_on = on
    note(session, lead, Move.CONFIRMED, at, None, why=f"Appel du {on:%d/%m/%Y}")


def restart_clock(session: Session, lead: Dossier, at: datetime) -> None:
    """Nobody called: the first contact is due again. A promise still to come stands, a late one stays late; time is
    given again only to a branch that believed it had called."""
    resume(session, lead, at)
    former, claimed = lead.first_contact_due, lead.first_contact_on is not None
    lead.first_contact_on = None
    if claimed and former < local_day(at):
        steps = steps_for(lead.need_key, lead.actor, lead.urgency)
        lead.first_contact_due = first_contact_due(steps, at)
    move = Move.DENIED if claimed else Move.NOT_CALLED
    note(session, lead, move, at, None, why=f"Promis avant le {former:%d/%m/%Y}")


def withdraw(
    session: Session, dossiers: list[Dossier], reason: WithdrawReason | None, at: datetime
) -> list[Dossier]:
    """Close what is open, as withdrawn, and tell the company. Returns what was closed."""
    rule, closed = LIFE[Verb.WITHDRAW], [one for one in dossiers if one.status in OPEN]
    for one in closed:
        said = reason.label if reason else None
        note(session, one, rule.event, at, None, from_=one.status, to=rule.end, why=said)
        one.status, one.outcome, one.closed_at = Status.CLOSED, Outcome.WITHDRAWN, at
        one.waiting_since = one.offered_by_id = None
    session.flush()
    if closed and rule.letter:
        tell_company(session, rule.letter, closed[0], at)
    return closed
