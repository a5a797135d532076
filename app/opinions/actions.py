"""Asking and answering. A tick asks « what is due now? »: a row made twice is refused by its table, a missed run caught
up, and a letter exists if and only if its row does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.dossiers.by_company import dossiers_of
from app.dossiers.clocks import local_day
from app.dossiers.lifecycle import Move, Outcome, Status
from app.dossiers.models import Dossier
from app.dossiers.records import note
from app.extensions import db, transaction
from app.kernel.clock import PARIS, utcnow
from app.mailbox.records import post
from app.opinions.models import LaterResult, Opinion
from app.opinions.queries import never_asked
from app.opinions.words import Later, LedTo, Useful, due_now, first_ask, next_ask

AT_ONCE = 100
PUT_OFF = timedelta(days=30)
"""A need opened again is not asked for its result while somebody works on it."""


@dataclass(frozen=True, slots=True)
class Given:
    contacted: bool
    useful: Useful
    led_to: LedTo | None
    comment: str | None


def ask_opinions(at: datetime | None = None) -> int:
    """Ask about the needs closed before today: on the day itself a closing may still be undone."""
    at = at or utcnow()
    today_began = datetime.combine(local_day(at), time.min, PARIS)
    with transaction() as session:
        dossiers = never_asked(session, today_began, AT_ONCE)
        for dossier in dossiers:
            session.add(_opinion(dossier, asked_at=at))
            post(session, "opinion_asked", inquiry_id=dossier.inquiry_id, dossier_id=dossier.id, at=at)
        return len(dossiers)


def ask_results(at: datetime | None = None) -> int:
    """Ask for the results due after three and six months."""
    at = at or utcnow()
    due = select(Opinion).where(Opinion.next_on <= local_day(at)).order_by(Opinion.next_on, Opinion.id)
    if db.session.scalar(due.limit(1)) is None:
        return 0
    with transaction() as session:
        rows = session.scalars(due.limit(AT_ONCE).with_for_update(skip_locked=True)).all()
        return sum(_ask_result(session, one, at) for one in rows)


def give_opinion(inquiry_id: int, need_id: int, given: Given, at: datetime | None = None) -> bool:
    """The company's word, the latest in force. False while its need is not closed."""
    at = at or utcnow()
    with transaction() as session:
        lead = _closed_lead(session, inquiry_id, need_id)
        if lead is None:
            return False
        row = session.scalar(select(Opinion).where(Opinion.need_id == need_id))
        if row is None:
            row = _opinion(lead, asked_at=None)
            session.add(row)
        if row.answered_at is None:
            note(session, lead, Move.OPINION, at, None)
        # Closed again since it was asked: the opinion is about the closing the company knows.
        row.dossier_id, row.outcome = lead.id, lead.outcome or row.outcome
        row.contacted, row.useful = given.contacted, given.useful
        row.led_to, row.comment, row.answered_at = given.led_to, given.comment, at
        return True


def give_result(
    inquiry_id: int, need_id: int, months: int, result: Later, at: datetime | None = None
) -> bool:
    """Where the need stands, the latest word in force. False when nobody asked."""
    at = at or utcnow()
    with transaction() as session:
        lead = next(iter(dossiers_of(session, inquiry_id, need_id)), None)
        asked = select(LaterResult).where(LaterResult.need_id == need_id, LaterResult.months == months)
        row = session.scalar(asked.where(LaterResult.overtaken.is_(False)))
        if lead is None or row is None:
            return False
        if row.answered_at is None:
            note(session, lead, Move.RESULT, at, None, why=f"{months} mois après")
        row.result, row.answered_at = result, at
        return True


def _opinion(dossier: Dossier, *, asked_at: datetime | None) -> Opinion:
    closed_on = _closed_on(dossier)
    outcome = dossier.outcome or Outcome.NO_NEWS
    months, day = first_ask(outcome, closed_on)
    return Opinion(
        need_id=dossier.need_id,
        inquiry_id=dossier.inquiry_id,
        dossier_id=dossier.id,
        outcome=outcome,
        closed_on=closed_on,
        asked_at=asked_at,
        next_months=months,
        next_on=day,
    )


def _closed_on(dossier: Dossier) -> date:
    return local_day(dossier.closed_at or utcnow())


def _ask_result(session: Session, opinion: Opinion, at: datetime) -> bool:
    lead = session.scalar(select(Dossier).where(Dossier.need_id == opinion.need_id, Dossier.leads))
    if lead is None or lead.status != Status.CLOSED or opinion.next_months is None:
        opinion.next_on = local_day(at) + PUT_OFF
        return False
    months, overtaken = due_now(opinion.next_months, opinion.closed_on, local_day(at))
    for one in (*overtaken, months):
        session.add(
            LaterResult(
                need_id=opinion.need_id,
                inquiry_id=opinion.inquiry_id,
                months=one,
                asked_at=at,
                overtaken=one != months,
            )
        )
    opinion.next_months, opinion.next_on = next_ask(months, opinion.closed_on)
    post(session, "result_asked", inquiry_id=opinion.inquiry_id, dossier_id=lead.id, version=months, at=at)
    return True


def _closed_lead(session: Session, inquiry_id: int, need_id: int) -> Dossier | None:
    dossiers = dossiers_of(session, inquiry_id, need_id)
    return next((one for one in dossiers if one.leads and one.status == Status.CLOSED), None)
