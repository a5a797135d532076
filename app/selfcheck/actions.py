"""Counting the answers of an owner who agrees to it; without consent nothing is ever written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.extensions import db, transaction
from app.kernel.clock import today
from app.kernel.quarters import quarter_of
from app.selfcheck.models import AnswerCount, SentForm
from app.selfcheck.points import Answer

KEPT = timedelta(days=100)
"""A form older than that cannot be sent again: its page has expired long before."""
NUMBER = ""
TRIES = 3


def count(form_id: str, departement: str, answers: Mapping[str, Answer]) -> bool:
    """False when this form was counted already, or says nothing."""
    if not answers:
        return False
    digest = sha256(form_id.encode()).hexdigest()
    for _ in range(TRIES):
        try:
            return _counted(digest, departement, answers)
        except IntegrityError:
            # The same form, or the first answer of somebody else, written at this very moment: looked at again.
            db.session.rollback()
    return False


def _counted(digest: str, departement: str, answers: Mapping[str, Answer]) -> bool:
    quarter = quarter_of(today())
    with transaction() as session:
        if session.get(SentForm, digest) is not None:
            return False
        session.execute(delete(SentForm).where(SentForm.on < quarter.first - KEPT))
        session.add(SentForm(digest=digest, on=quarter.first))
        session.flush()
        for question, answer in {NUMBER: NUMBER, **answers}.items():
            _one_more(session, quarter.name, departement, question, answer)
    return True


def _one_more(session: Session, when: str, departement: str, question: str, answer: str) -> None:
    key = when, departement, question, answer
    row = session.get(AnswerCount, key, with_for_update=True)
    if row is None:
        session.add(
            AnswerCount(quarter=when, departement=departement, question=question, answer=answer, companies=1)
        )
        session.flush()
    else:
        row.companies += 1
