"""What the letter of the day says: the subject of each letter kept for it, and where to read."""

from __future__ import annotations

from datetime import date

from flask import Flask, current_app
from sqlalchemy import select

from app.accounts.models import User
from app.extensions import db
from app.mailbox.digest_actions import DIGEST, send_digests
from app.mailbox.kinds import KINDS, Content, Kind, LetterIds, Recipient, register
from app.mailbox.models import Letter
from app.mailbox.queue import DUE_NOW

SHOWN = 50
"""Beyond, the desk says it better than a letter."""


def install_digests(_app: Flask) -> None:
    register(Kind(DIGEST, DIGEST, Recipient.PERSON, digest))
    if send_digests not in DUE_NOW:
        DUE_NOW.append(send_digests)


def digest(ids: LetterIds) -> Content:
    """`version` is the day. What has no reader any more by now is left out; nothing left, nobody to write to."""
    person = db.session.get_one(User, ids.user_id)
    asked = select(Letter).where(
        Letter.user_id == person.id, Letter.digest_on == date.fromordinal(ids.version)
    )
    written = [KINDS[one.kind].content(one) for one in db.session.scalars(asked.order_by(Letter.id))]
    lines = list(dict.fromkeys((one.subject, one.facts["link"]) for one in written if one.address))
    base: str = current_app.config["GUICHET"].base_url
    facts = {
        "lines": lines[:SHOWN],
        "more": max(len(lines) - SHOWN, 0),
        "desk": f"{base}/dossiers/",
        "choices": f"{base}/dossiers/courriels",
    }
    subject = f"Vos dossiers : {len(lines)} nouvelles" if len(lines) > 1 else "Vos dossiers : une nouvelle"
    return Content(person.email if person.active and lines else None, subject, facts)
