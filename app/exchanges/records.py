"""Messages, their files and the letters that announce them, added to the open transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.directory.models import Branch
from app.dossiers.clocks import local_day
from app.dossiers.lifecycle import Status
from app.dossiers.models import Dossier
from app.dossiers.readers import has_mailbox, persons
from app.exchanges.audiences import Audience, Scan, in_the_case
from app.exchanges.formats import NewFile
from app.exchanges.models import Attachment, Message
from app.exchanges.refusals import RefusedFile
from app.mailbox.choices import wanted
from app.mailbox.kinds import LetterStatus
from app.mailbox.models import Letter
from app.mailbox.records import post
from app.mailbox.topics import Choice

BATCH = timedelta(minutes=5)
"""Messages that follow one another make one letter, which says there is something to read."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A file already written, waiting for the row that makes it exist."""

    file: NewFile
    place: str


def known(session: Session, once: str) -> Message | None:
    return session.scalar(select(Message).where(Message.once == once))


def add_message(session: Session, message: Message, stored: Sequence[Stored]) -> Message:
    """Add it with its files. Raises RefusedFile when the request holds as many as it may."""
    _refuse_too_many(session, message.inquiry_id, len(stored))
    session.add(message)
    session.flush()
    scan = Scan.PENDING if current_app.config["GUICHET"].clamd_url else Scan.NOT_SCANNED
    for one in stored:
        session.add(
            Attachment(
                message_id=message.id,
                inquiry_id=message.inquiry_id,
                place=one.place,
                name=one.file.name,
                media=one.file.media,
                size=len(one.file.data),
                sha256=sha256(one.file.data).hexdigest(),
                scan=scan,
            )
        )
    return message


def tell(session: Session, message: Message) -> None:
    """Write to the other side; to nobody for a note of the team."""
    if message.audience == Audience.TEAM:
        return
    if message.audience == Audience.COMPANY and not message.from_company:
        lead = _dossiers(session, message.need_id)[0]
        batched(session, "answer_for_company", lead.id, None, message.id, message.at)
        return
    kind = "message_for_branch" if message.from_company else "note_for_branch"
    for dossier in _dossiers(session, message.need_id):
        if _is_told(dossier) and dossier.branch_id != message.branch_id:
            tell_branch(session, dossier, kind, message.id, message.at)


def tell_branch(session: Session, dossier: Dossier, kind: str, version: int, at: datetime) -> None:
    """To the branch's mailbox, else to its people as they want; the company's words that nobody there would be
    told of go to the Maison. Never a note between actors."""
    if has_mailbox(dossier.branch_id):
        batched(session, kind, dossier.id, dossier.branch_id, version, at)
        return
    told = False
    for user_id, choice in wanted(persons(dossier, local_day(at)), kind).items():
        if choice is not Choice.NONE:
            batched(session, kind, dossier.id, dossier.branch_id, version, at, user_id, choice)
            told = True
    if not told and kind != "note_for_branch":
        maison = session.scalar(select(Branch.id).where(Branch.slug == dossier.maison))
        batched(session, "message_to_transmit", dossier.id, maison, version, at)


def batched(
    session: Session,
    kind: str,
    dossier_id: int,
    branch_id: int | None,
    version: int,
    at: datetime,
    user_id: int | None = None,
    choice: Choice = Choice.AT_ONCE,
) -> None:
    """One letter for the news of a few minutes. Locked: a letter that is leaving has not read this one."""
    waiting = select(Letter.id).where(
        Letter.kind == kind,
        Letter.dossier_id == dossier_id,
        Letter.branch_id.is_not_distinct_from(branch_id),
        Letter.user_id.is_not_distinct_from(user_id),
        Letter.status.in_((LetterStatus.WAITING, LetterStatus.KEPT)),
        Letter.attempts == 0,
    )
    if session.scalar(waiting.with_for_update()) is None:
        post(
            session,
            kind,
            dossier_id=dossier_id,
            branch_id=branch_id,
            user_id=user_id,
            version=version,
            due_at=at + BATCH,
            at=at,
            kept=choice is Choice.DAILY,
        )


def _dossiers(session: Session, need_id: int) -> list[Dossier]:
    asked = select(Dossier).where(Dossier.need_id == need_id)
    return list(session.scalars(asked.order_by(Dossier.leads.desc(), Dossier.rank, Dossier.id)))


def _is_told(dossier: Dossier) -> bool:
    """The lead, and the supports that took the case: those who only received it read it when they open it."""
    return in_the_case(dossier) and (dossier.leads or dossier.status == Status.TAKEN)


def _refuse_too_many(session: Session, inquiry_id: int, more: int) -> None:
    most: int = current_app.config["GUICHET"].attachments_per_inquiry
    asked = select(func.count()).select_from(Attachment).where(Attachment.inquiry_id == inquiry_id)
    if more and (session.scalar(asked) or 0) + more > most:
        raise RefusedFile(f"Cette demande contient déjà beaucoup de fichiers : {most} au plus.")
