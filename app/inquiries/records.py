"""Inquiries and needs added to the open transaction."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.inquiries.asked import NewInquiry
from app.inquiries.contacts import Contact
from app.inquiries.models import FILED, Correction, CounterEntry, Draft, Inquiry, Need, TurnedAway
from app.inquiries.references import drawn
from app.inquiries.turned_away import Count
from app.kernel.clock import PARIS
from app.routing.facts import Orientation, Place


def find_by_form(session: Session, form_id: str) -> Inquiry | None:
    return session.scalar(select(Inquiry).where(Inquiry.form_id == form_id))


def add_inquiry(session: Session, new: NewInquiry, place: Place, at: datetime) -> Inquiry:
    """Add what was asked, under a new reference."""
    low, high = new.workforce or (None, None)
    inquiry = Inquiry(
        reference=_free_reference(session, at),
        form_id=new.form_id,
        filed_at=at,
        channel=new.channel,
        words=new.words,
        siret=new.siret and str(new.siret),
        company=new.company,
        place=place.name,
        commune=place.commune,
        departement=place.departement,
        epci=place.epci,
        naf=new.naf and str(new.naf),
        naf_version=new.naf.version if new.naf else None,
        idcc=new.idcc and str(new.idcc),
        workforce_low=low,
        workforce_high=high,
        legal_form=new.legal_form,
        contact_name=new.contact_name,
        email=new.email,
        phone=new.phone,
        preferred_time=new.preferred_time,
        consent_at=at,
        consent_version=new.consent_version,
        answers=new.plain_answers(),
        is_demo=new.is_demo,
    )
    session.add(inquiry)
    session.flush()
    if new.entry is not None:
        entry = new.entry
        session.add(
            CounterEntry(
                inquiry_id=inquiry.id,
                user_id=entry.user_id,
                branch_id=entry.branch_id,
                consent_how=entry.consent_how,
                consent_by=entry.consent_by,
            )
        )
    return inquiry


def add_need(
    session: Session, inquiry: Inquiry, orientation: Orientation, theme: str, answers: dict[str, object]
) -> Need:
    """Add one need with the decision as it stands today."""
    need = Need(
        inquiry_id=inquiry.id,
        key=orientation.need,
        theme=theme,
        urgency=orientation.urgency,
        answers=answers,
        decision=orientation.trace(),
        rulebook_hash=orientation.rulebook,
    )
    session.add(need)
    session.flush()
    return need


def empty_draft(session: Session, form_id: str) -> None:
    """Once filed, nothing typed stays in the draft; its form id still leads to the acknowledgement. A form that was
    turned away, then mended and filed, was not turned away."""
    draft = session.scalar(select(Draft).where(Draft.form_id == form_id).with_for_update())
    if draft is not None:
        for one in sorted(draft.turned_away):
            _one_less(session, Count(*one))
        draft.data, draft.step, draft.turned_away = {}, FILED, []


def one_more(session: Session, count: Count) -> None:
    """One more form under this name. Two first ones at once: the second raises IntegrityError."""
    row = session.get(TurnedAway, tuple(count), with_for_update=True)
    if row is None:
        session.add(TurnedAway(**count._asdict(), forms=1))
        session.flush()
    else:
        row.forms += 1


def _one_less(session: Session, count: Count) -> None:
    row = session.get(TurnedAway, tuple(count), with_for_update=True)
    if row is not None and row.forms > 1:
        row.forms -= 1
    elif row is not None:
        session.delete(row)


def _free_reference(session: Session, at: datetime) -> str:
    while True:
        reference = drawn(at.astimezone(PARIS).date())
        if session.scalar(select(Inquiry.id).where(Inquiry.reference == reference)) is None:
            return reference


def correct_contact(session: Session, inquiry: Inquiry, contact: Contact, at: datetime) -> Correction | None:
    """Keep the contact given now; None when it is the one already in use."""
    if contact == inquiry.contact:
        return None
    correction = Correction(
        inquiry_id=inquiry.id, at=at, former_email=inquiry.contact.email, **asdict(contact)
    )
    session.add(correction)
    session.flush()
    session.expire(inquiry, ["corrections"])
    return correction
