"""What the company does on its page: says whether it was called, withdraws, corrects its contact, renews its link."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import ForUpdateArg

from app.dossiers.by_company import confirm_call, dossiers_of, restart_clock, withdraw
from app.dossiers.clocks import local_day
from app.dossiers.indexing import index_again
from app.dossiers.lifecycle import LEFT, OPEN, Move, WithdrawReason
from app.dossiers.models import Dossier
from app.dossiers.queries import lock_needs
from app.dossiers.records import note, resume
from app.exchanges.models import CallAnswer, Withdrawal
from app.exchanges.records import tell_branch
from app.extensions import transaction
from app.inquiries.contacts import Contact
from app.inquiries.models import Inquiry, Need
from app.inquiries.records import correct_contact
from app.kernel.clock import utcnow
from app.mailbox.records import post

LOCKED = ForUpdateArg(key_share=True)
"""Two corrections wait for each other; a letter or a message written meanwhile by whoever holds the case does not
wait for the inquiry it names: each would wait for the other, and one of them fail."""


def say_called(inquiry_id: int, need_id: int, on: date, at: datetime | None = None) -> bool:
    """« On m’a appelé le… ». False when nobody is expected to call any more."""
    at = at or utcnow()
    with transaction() as session:
        lead = _open_lead(session, inquiry_id, need_id)
        if lead is None:
            return False
        if _latest(session, lead) != on:
            _answer(session, lead, on, at)
            confirm_call(session, lead, on, at)
        return True


def say_not_called(inquiry_id: int, need_id: int, at: datetime | None = None) -> bool:
    """« Pas encore »: the first contact is due again and the branch is told, once a day. False as above."""
    at = at or utcnow()
    with transaction() as session:
        lead = _open_lead(session, inquiry_id, need_id)
        if lead is None:
            return False
        if not _said_today(session, lead, at):
            answer = _answer(session, lead, None, at)
            restart_clock(session, lead, at)
            tell_branch(session, lead, "not_called_for_branch", answer.id, at)
        return True


def withdraw_needs(
    inquiry_id: int, need_ids: Sequence[int], reason: WithdrawReason | None, at: datetime | None = None
) -> int:
    """Take needs back; each of their branches is told. Returns how many were still open."""
    at, count = at or utcnow(), 0
    with transaction() as session:
        for need_id in sorted(set(need_ids)):
            closed = withdraw(session, dossiers_of(session, inquiry_id, need_id), reason, at)
            if not closed:
                continue
            count += 1
            row = Withdrawal(need_id=need_id, at=at, reason=reason)
            session.add(row)
            session.flush()
            for one in closed:
                tell_branch(session, one, "withdrawn_for_branch", row.id, at)
    return count


def correct(inquiry_id: int, contact: Contact, at: datetime | None = None) -> None:
    """Another way to reach the company. A changed address is told to the former one as well."""
    at = at or utcnow()
    with transaction() as session:
        lock_needs(session, Need.inquiry_id == inquiry_id)
        inquiry = session.get_one(Inquiry, inquiry_id, with_for_update=LOCKED)
        row = correct_contact(session, inquiry, contact, at)
        if row is None:
            return
        index_again(session, inquiry, Dossier.status.not_in(sorted(LEFT)))
        for lead in session.scalars(select(Dossier).where(Dossier.inquiry_id == inquiry_id, Dossier.leads)):
            note(session, lead, Move.CORRECTED, at, None)
            resume(session, lead, at)
        if row.email != row.former_email:
            for kind in ("contact_changed", "contact_changed_former"):
                post(session, kind, inquiry_id=inquiry_id, version=row.id, at=at)


def renew_link(inquiry_id: int) -> int:
    """The former link opens nothing any more; the new one is sent to the known address. Returns its version."""
    with transaction() as session:
        inquiry = session.get_one(Inquiry, inquiry_id, with_for_update=LOCKED)
        inquiry.link_version += 1
        post(session, "link_renewed", inquiry_id=inquiry_id, version=inquiry.link_version)
        return inquiry.link_version


def _open_lead(session: Session, inquiry_id: int, need_id: int) -> Dossier | None:
    dossiers = dossiers_of(session, inquiry_id, need_id)
    return next((one for one in dossiers if one.leads and one.status in OPEN), None)


def _answer(session: Session, lead: Dossier, on: date | None, at: datetime) -> CallAnswer:
    row = CallAnswer(dossier_id=lead.id, at=at, called_on=on, claimed_on=lead.first_contact_on)
    session.add(row)
    session.flush()
    return row


def _last(session: Session, lead: Dossier) -> CallAnswer | None:
    asked = select(CallAnswer).where(CallAnswer.dossier_id == lead.id).order_by(CallAnswer.id.desc()).limit(1)
    return session.scalar(asked)


def _latest(session: Session, lead: Dossier) -> date | None:
    last = _last(session, lead)
    return last.called_on if last else None


def _said_today(session: Session, lead: Dossier, at: datetime) -> bool:
    """The same « no » twice in a day changes nothing, unless the branch wrote a contact in between."""
    last = _last(session, lead)
    again = last is not None and last.called_on is None and local_day(last.at) == local_day(at)
    return again and lead.first_contact_on is None
