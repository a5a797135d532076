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


def count(form_id: str, departement: str, answers: Mapping[str, Answer]) -> bool:
    """False when this form was counted already, or says nothing."""
    if not answers:
        return False
    digest, on = sha256(form_id.encode()).hexdigest(), today()
    try:
        with transaction() as session:
            session.execute(delete(SentForm).where(SentForm.on < on - KEPT))
            session.add(SentForm(digest=digest, on=on))
            session.flush()
            for question, answer in {NUMBER: NUMBER, **answers}.items():
                _one_more(session, quarter_of(on).name, departement, question, answer)
    except IntegrityError:
        db.session.rollback()
        return False
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
