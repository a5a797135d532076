"""Letters added to the open transaction: they exist if and only if what they announce does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from flask import current_app
from sqlalchemy import or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.kernel.clock import utcnow
from app.mailbox.kinds import KINDS, LetterStatus, Recipient
from app.mailbox.models import Heartbeat, Letter

INSERTS: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
POSTED = "letters_posted"
"""Mark left on the session so that the worker is woken once the transaction is committed."""


def post(
    session: Session,
    kind: str,
    *,
    inquiry_id: int | None = None,
    dossier_id: int | None = None,
    branch_id: int | None = None,
    user_id: int | None = None,
    version: int = 1,
    due_at: datetime | None = None,
    at: datetime | None = None,
    kept: bool = False,
) -> Letter:
    """Add one letter, written now or `at`, due at once unless told otherwise; `kept` for the digest of its person.

    The same kind for the same rows and version is one letter, however often it is asked.
    """
    person = f"/u{user_id}" if user_id else ""
    once = f"{kind}/i{inquiry_id or 0}/d{dossier_id or 0}/b{branch_id or 0}/v{version}{person}"
    known = session.scalar(select(Letter).where(Letter.once == once))
    if known is not None:
        return known
    at = at or utcnow()
    letter = Letter(
        kind=kind,
        once=once,
        version=version,
        message_id=f"<{uuid4().hex}@{_domain()}>",
        recipient=Recipient.PERSON if user_id else KINDS[kind].recipient,
        inquiry_id=inquiry_id,
        dossier_id=dossier_id,
        branch_id=branch_id,
        user_id=user_id,
        status=LetterStatus.KEPT if kept else LetterStatus.WAITING,
        due_at=due_at or at,
        attempts=0,
        posted_at=at,
    )
    session.add(letter)
    session.info[POSTED] = session.info.get(POSTED, False) or not kept
    return letter


def call_back(session: Session, inquiry_id: int, dossier_ids: Sequence[int], at: datetime) -> list[Letter]:
    """Take back the letters written at that very moment: what they announce is undone.

    Those nobody has begun to send are no more; returns the others, which have left or may have."""
    about = or_(Letter.inquiry_id == inquiry_id, Letter.dossier_id.in_(dossier_ids))
    written = select(Letter).where(about, Letter.posted_at == at).with_for_update()
    gone = []
    for letter in session.scalars(written).all():
        if letter.status in (LetterStatus.WAITING, LetterStatus.KEPT) and not letter.attempts:
            session.delete(letter)
        elif letter.status != LetterStatus.NO_ADDRESS:
            gone.append(letter)
    return gone


def beat(session: Session, name: str, at: datetime) -> None:
    """Note that a process is alive; two processes that beat at once write one row."""
    insert = INSERTS[session.get_bind().dialect.name]
    row = insert(Heartbeat).values(name=name, seen_at=at)
    session.execute(row.on_conflict_do_update(index_elements=[Heartbeat.name], set_={"seen_at": at}))


def _domain() -> str:
    return urlsplit(current_app.config["GUICHET"].base_url).hostname or "localhost"
