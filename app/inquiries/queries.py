"""Questions about drafts and inquiries. An inquiry is read by the company through its secret link only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select

from app.accounts.models import User
from app.directory.models import Branch
from app.extensions import db
from app.inquiries.entering import ConsentHow, EntryChannel
from app.inquiries.links import form_in, id_in, is_genuine, token_for
from app.inquiries.models import DRAFT_LIFE, FILED, Correction, CounterEntry, Draft, Inquiry, Need
from app.kernel.clock import utcnow

DRAFT_ID = re.compile(r"^[A-Za-z0-9_-]{24}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class DraftFact:
    """A draft as the pages read it."""

    id: str
    form_id: str
    data: Mapping[str, Any]
    step: str
    adviser_id: int | None = None
    branch_id: int | None = None
    channel: EntryChannel | None = None

    @property
    def filed(self) -> bool:
        return self.step == FILED


def draft(draft_id: str) -> DraftFact | None:
    """None when it was never opened, or has lived its time, whether or not it is erased yet."""
    found = db.session.get(Draft, draft_id) if DRAFT_ID.match(draft_id) else None
    if found is None or found.updated_at < utcnow() - DRAFT_LIFE:
        return None
    channel = EntryChannel(found.channel) if found.channel else None
    return DraftFact(
        found.id, found.form_id, found.data, found.step, found.adviser_id, found.branch_id, channel
    )


def draft_to_resume(token: str) -> str | None:
    """The id of the draft a resume link leads to; None when the link is not genuine or the draft is gone."""
    form_id = form_in(token)
    return db.session.scalar(select(Draft.id).where(Draft.form_id == form_id)) if form_id else None


def inquiry_of(token: str) -> Inquiry | None:
    """The inquiry behind a secret link; None when the link is not genuine or was revoked."""
    inquiry_id = id_in(token)
    found = db.session.get(Inquiry, inquiry_id) if inquiry_id else None
    if found is None or not is_genuine(token, found.id, found.link_version):
        return None
    return found


@dataclass(frozen=True, slots=True)
class EnteredBy:
    """Who typed an inquiry for a company."""

    person: str
    branch: str
    channel: EntryChannel
    consent_how: ConsentHow
    consent_by: str


def entered_by(inquiry_id: int) -> EnteredBy | None:
    """None when the company filed it itself."""
    row = db.session.execute(
        select(User.name, Branch.name, Inquiry.channel, CounterEntry.consent_how, CounterEntry.consent_by)
        .select_from(CounterEntry)
        .join(Inquiry, Inquiry.id == CounterEntry.inquiry_id)
        .join(User, User.id == CounterEntry.user_id)
        .join(Branch, Branch.id == CounterEntry.branch_id)
        .where(CounterEntry.inquiry_id == inquiry_id)
    ).first()
    if row is None:
        return None
    person, branch, channel, how, by = row
    return EnteredBy(person, branch, EntryChannel(channel), ConsentHow(how), by)


def needs_of(inquiry_id: int) -> list[Need]:
    return list(db.session.scalars(select(Need).where(Need.inquiry_id == inquiry_id).order_by(Need.id)))


def token_of_form(form_id: str) -> str | None:
    """The link of the inquiry filed with this form, as long as it was never revoked."""
    row = db.session.execute(
        select(Inquiry.id, Inquiry.link_version).where(Inquiry.form_id == form_id)
    ).first()
    return token_for(row.id, row.link_version) if row and row.link_version == 1 else None


def at_address(address: str, most: int = 10) -> list[Inquiry]:
    """The inquiries whose address in use is this one, the latest first."""
    wanted = address.strip().lower()
    corrected = select(Correction.inquiry_id).where(func.lower(Correction.email) == wanted)
    asked = select(Inquiry).where(or_(func.lower(Inquiry.email) == wanted, Inquiry.id.in_(corrected)))
    found = db.session.scalars(asked.order_by(Inquiry.id.desc()).limit(most))
    return [one for one in found if (one.contact.email or "").lower() == wanted]
