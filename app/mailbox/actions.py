"""Sending what waits: claim, send, settle. At least once, always with the same Message-ID."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from flask import render_template
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.extensions import db, transaction
from app.kernel.clock import utcnow
from app.mailbox.kinds import FAILED, KINDS, LetterStatus
from app.mailbox.models import Letter
from app.mailbox.queries import WORKER
from app.mailbox.records import POSTED, beat
from app.mailbox.transport import send

LEASE = timedelta(minutes=10)
"""A claimed letter whose sender died is due again after this long."""

BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))
"""Waits after each failure; one more failure and the letter is dead."""

MANY = 500
"""Letters sent again in one go; one more click sends the rest."""

PERMANENT = 500
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Claim:
    """A letter this sender holds until its lease ends."""

    id: int
    kind: str
    message_id: str
    attempts: int
    inquiry_id: int | None
    dossier_id: int | None
    branch_id: int | None
    user_id: int | None
    version: int


@dataclass(frozen=True, slots=True)
class SendReport:
    sent: int = 0
    failed: int = 0
    no_address: int = 0


def send_waiting(limit: int = 100) -> SendReport:
    """Send the letters that are due, oldest first; each failure concerns its letter alone."""
    results = [_deliver(claim) for claim in _claim(limit)]
    return SendReport(
        sent=results.count(LetterStatus.SENT),
        failed=results.count(LetterStatus.WAITING) + results.count(LetterStatus.DEAD),
        no_address=results.count(LetterStatus.NO_ADDRESS),
    )


def settle_unsent(before: datetime) -> int:
    """Letters written before then are settled as they would have been, and none leaves: those of a
    demonstration's past. Returns how many."""
    unsent = Letter.status.in_((LetterStatus.WAITING, LetterStatus.KEPT))
    due = select(Letter).where(unsent, Letter.posted_at < before)
    read = [(letter.id, _has_address(_claim_of(letter))) for letter in db.session.scalars(due).all()]
    with transaction() as session:
        for letter_id, told in read:
            letter = session.get_one(Letter, letter_id)
            letter.status = LetterStatus.SENT if told else LetterStatus.NO_ADDRESS
            letter.sent_at = letter.posted_at if told else None
    return len(read)


def _has_address(claim: Claim) -> bool:
    return bool(KINDS[claim.kind].content(claim).address)


def resend(letter_id: int) -> bool:
    """Give a letter that did not arrive another life; its Message-ID stays. False when it did not fail."""
    with transaction() as session:
        letter = session.get(Letter, letter_id, with_for_update=True)
        if letter is None or letter.status not in FAILED:
            return False
        letter.status, letter.attempts, letter.due_at = LetterStatus.WAITING, 0, utcnow()
        session.info[POSTED] = True
        return True


def resend_dead(limit: int = MANY) -> int:
    """Give every dead letter another life, the oldest first: after the mail server came back."""
    with transaction() as session:
        chosen = select(Letter).where(Letter.status == LetterStatus.DEAD).order_by(Letter.due_at, Letter.id)
        letters = session.scalars(chosen.limit(limit).with_for_update(skip_locked=True)).all()
        for letter in letters:
            letter.status, letter.attempts, letter.due_at = LetterStatus.WAITING, 0, utcnow()
        session.info[POSTED] = bool(letters)
        return len(letters)


def note_alive() -> None:
    with transaction() as session:
        beat(session, WORKER, utcnow())


def _claim(limit: int) -> list[Claim]:
    """Take letters away from other senders: rows locked by another are skipped (PostgreSQL), or the whole
    database is (SQLite); pushing the due date back makes the claim outlive the lock."""
    now = utcnow()
    with transaction() as session:
        letters = _due(session, now, limit)
        for letter in letters:
            letter.due_at, letter.attempts = now + LEASE, letter.attempts + 1
        return [_claim_of(letter) for letter in letters]


def _due(session: Session, now: datetime, limit: int) -> list[Letter]:
    waiting = select(Letter).where(Letter.status == LetterStatus.WAITING, Letter.due_at <= now)
    chosen = waiting.order_by(Letter.due_at, Letter.id).limit(limit).with_for_update(skip_locked=True)
    return list(session.scalars(chosen))


def _claim_of(letter: Letter) -> Claim:
    return Claim(
        letter.id,
        letter.kind,
        letter.message_id,
        letter.attempts,
        letter.inquiry_id,
        letter.dossier_id,
        letter.branch_id,
        letter.user_id,
        letter.version,
    )


def _deliver(claim: Claim) -> LetterStatus:
    try:
        status = _write_and_send(claim)
    except Exception as error:  # one letter's trouble, whatever it is, never stops the others
        log.warning("letter_failed", letter=claim.id, kind=claim.kind, error=_without_data(error))
        return _settle_failure(claim, error)
    _settle(claim, status)
    return status


def _write_and_send(claim: Claim) -> LetterStatus:
    kind = KINDS[claim.kind]
    content = kind.content(claim)
    if not content.address:
        return LetterStatus.NO_ADDRESS
    facts = content.facts | {"subject": content.subject}
    text = render_template(f"mail/{kind.template}.txt", **facts)
    html = render_template(f"mail/{kind.template}.html", **facts)
    send(claim.kind, claim.message_id, content.address, content.subject, text, html)
    return LetterStatus.SENT


def _settle(claim: Claim, status: LetterStatus) -> None:
    with transaction() as session:
        letter = session.get_one(Letter, claim.id)
        letter.status, letter.last_error = status, None
        letter.sent_at = utcnow() if status is LetterStatus.SENT else None


def _settle_failure(claim: Claim, error: Exception) -> LetterStatus:
    dead = claim.attempts > len(BACK_OFF) or _is_permanent(error)
    status = LetterStatus.DEAD if dead else LetterStatus.WAITING
    with transaction() as session:
        letter = session.get_one(Letter, claim.id)
        letter.status, letter.last_error = status, _without_data(error)
        if not dead:
            letter.due_at = utcnow() + BACK_OFF[claim.attempts - 1]
    return status


def _is_permanent(error: Exception) -> bool:
    """The other server said this recipient will never be accepted; a sender refused may be our own mistake."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(int(code) >= PERMANENT for code, _ in error.recipients.values())


def _without_data(error: Exception) -> str:
    """The error's name and code: its text may quote an address."""
    code = getattr(error, "smtp_code", None)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()))[0]
    return type(error).__name__ + (f" {code}" if code else "")
