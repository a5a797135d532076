"""« Recevoir mon lien à nouveau »: what is asked is kept, then looked up by the worker, so that the page answers the
same, in the same time, whether a company is known here or not."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.exchanges.models import LinkRequest
from app.extensions import db, transaction
from app.inquiries.models import Inquiry
from app.inquiries.queries import at_address
from app.inquiries.references import REFERENCE
from app.kernel.clock import utcnow
from app.mailbox.records import post

AT_ONCE = 50
HOUR = 3600


def ask_for_link(asked: str, at: datetime | None = None) -> None:
    """Keep a reference or an address, whichever it is."""
    with transaction() as session:
        session.add(LinkRequest(asked=asked, at=at or utcnow()))


def answer_link_requests() -> None:
    """Write to the known address of each request found, once an hour at most; forget what was typed."""
    if db.session.scalar(select(LinkRequest.id).limit(1)) is None:
        return
    with transaction() as session:
        rows = select(LinkRequest).order_by(LinkRequest.id).limit(AT_ONCE).with_for_update(skip_locked=True)
        for row in session.scalars(rows).all():
            found = _found(session, row.asked)
            if found is not None:
                hour = int(row.at.timestamp()) // HOUR
                post(session, "link_again", inquiry_id=found.id, version=hour)
            session.delete(row)


def _found(session: Session, asked: str) -> Inquiry | None:
    """The latest request of this reference or address; its letter lists the others."""
    reference = REFERENCE.search(asked.upper())
    if reference:
        return session.scalar(select(Inquiry).where(Inquiry.reference == reference[0]))
    return next(iter(at_address(asked)), None)
