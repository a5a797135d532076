"""The company and a branch who write at the same moment wait for each other, and never in a circle."""

from __future__ import annotations

import threading

from flask import Flask
from sqlalchemy import select

from app.dossiers.models import Dossier
from app.dossiers.moving import own
from app.exchanges.follow_actions import correct
from app.extensions import db, transaction
from app.inquiries.contacts import Contact
from app.inquiries.models import Correction
from tests.capabilities.exchanges.conftest import Case

NEW = Contact(contact_name="Anna Vidal", email="anna@vidal.exemple.fr", phone=None, preferred_time=None)


def test_a_correction_waits_for_whoever_moves_the_case(context: Flask, case: Case) -> None:
    """The branch holds one dossier, and needs the others; the correction writes on each of them."""
    failures: list[Exception] = []
    support = case.dossier(case.cma)

    def correct_it() -> None:
        with context.app_context():
            try:
                correct(case.inquiry_id, NEW)
            except Exception as error:
                failures.append(error)

    late = threading.Thread(target=correct_it)
    with transaction() as session:
        own(session, case.cma.viewer, support)
        late.start()
        late.join(0.5)
        every = select(Dossier).where(Dossier.inquiry_id == case.inquiry_id)
        session.scalars(every.with_for_update()).all()
    late.join()
    assert failures == []
    assert db.session.query(Correction).count() == 1
