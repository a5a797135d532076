"""A corrected contact is the one in use; what was filed stays."""

from __future__ import annotations

from flask import Flask

from app.extensions import db, transaction
from app.inquiries.contacts import Contact
from app.inquiries.models import Inquiry
from app.inquiries.records import correct_contact
from app.kernel.clock import utcnow
from tests.cases import a_desk, a_maison, an_orientation, file_need

NEW = Contact("Paul Vidal", "paul@vidal.exemple.fr", "06 39 98 00 00", "Le matin")


def test_the_latest_correction_is_in_use_and_what_was_filed_stays(context: Flask) -> None:
    a_maison()
    file_need(an_orientation(("opco", a_desk("opco", "opco-ep").slug)), email="claire@vidal.exemple.fr")
    for contact in (NEW, Contact("Paul Vidal", None, NEW.phone, None)):
        with transaction() as session:
            inquiry = session.query(Inquiry).one()
            assert correct_contact(session, inquiry, contact, utcnow()) is not None
            assert correct_contact(session, inquiry, contact, utcnow()) is None, "nothing new, no row"
            assert inquiry.contact == contact
    inquiry = db.session.query(Inquiry).one()
    assert [one.former_email for one in inquiry.corrections] == ["claire@vidal.exemple.fr", NEW.email]
    assert inquiry.email == "claire@vidal.exemple.fr" and inquiry.contact.email is None
