"""A report comes back: the letter it speaks of is noted as returned, once."""

from __future__ import annotations

from sqlalchemy import select

from app.extensions import transaction
from app.mailbox.bounces import read_bounces
from app.mailbox.kinds import LetterStatus
from app.mailbox.models import Letter


def note_bounces(raw: bytes) -> int:
    """How many letters this report makes undelivered; a report read twice, or of a letter sent again, is 0."""
    told = read_bounces(raw)
    if not told:
        return 0
    noted = 0
    with transaction() as session:
        for bounce in told:
            asked = select(Letter).where(Letter.message_id == bounce.message_id).with_for_update()
            letter = session.scalar(asked)
            if letter is not None and letter.status == LetterStatus.SENT:
                letter.status, letter.last_error = LetterStatus.BOUNCED, f"Bounce {bounce.code or ''}".strip()
                noted += 1
    return noted
