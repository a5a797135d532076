"""The index of words follows what it indexes, in the same transaction; a record, not an action.

Whoever changes what an inquiry says of its company calls `index_again`: an erasure for every dossier, a correction
for those of the branches still concerned, a branch called back for its own.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.orm import Session

from app.dossiers.models import Dossier, DossierWord
from app.dossiers.words import words_of
from app.inquiries.models import Inquiry


def index_dossier(session: Session, dossier: Dossier, inquiry: Inquiry) -> None:
    """Add the words of a dossier just opened (flushed)."""
    _add(session, dossier.id, dossier.branch_id, words_of_inquiry(inquiry))


def index_again(session: Session, inquiry: Inquiry, *kept: ColumnElement[bool]) -> None:
    """The dossiers of this inquiry, or those `kept`, are found by what is known of the company today."""
    session.flush()
    words = words_of_inquiry(inquiry)
    opened = select(Dossier.id, Dossier.branch_id).where(Dossier.inquiry_id == inquiry.id, *kept)
    for dossier_id, branch_id in session.execute(opened).all():
        session.execute(delete(DossierWord).where(DossierWord.dossier_id == dossier_id))
        _add(session, dossier_id, branch_id, words)


def words_of_inquiry(inquiry: Inquiry) -> list[str]:
    """What is known first, the owner's sentence last: it is the part that may be cut."""
    contact = inquiry.contact
    known = (inquiry.reference, inquiry.siret, inquiry.company, inquiry.place)
    return words_of(*known, contact.contact_name, contact.phone, contact.email, inquiry.words)


def _add(session: Session, dossier_id: int, branch_id: int, words: list[str]) -> None:
    rows = [{"branch_id": branch_id, "word": word, "dossier_id": dossier_id} for word in words]
    if rows:
        session.execute(insert(DossierWord), rows)
