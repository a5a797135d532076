"""Questions about what the register said; none of them calls it."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from flask import current_app
from sqlalchemy import select

from app.establishments.asked import Asked
from app.establishments.found import Establishment, from_plain
from app.establishments.models import Completion, LookUp
from app.extensions import db
from app.kernel.clock import utcnow

LIFE = timedelta(days=30)
EMPTY_LIFE = timedelta(days=1)
"""A company born yesterday is in the register tomorrow."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the register said, and when."""

    found: tuple[Establishment, ...]
    fetched_at: datetime


def register_is_on() -> bool:
    return bool(current_app.config["GUICHET"].entreprises_url)


def remembered(asked: Asked) -> Answer | None:
    """The answer kept, while it is fresh enough."""
    row = db.session.get(LookUp, key_of(asked))
    if row is None or row.fetched_at < utcnow() - (LIFE if row.found else EMPTY_LIFE):
        return None
    read = (from_plain(one) for one in row.found)
    return Answer(tuple(one for one in read if one), row.fetched_at)


def key_of(asked: Asked) -> str:
    """Keyed, so that nobody can try every SIRET against a stolen table."""
    secret: str = current_app.config["GUICHET"].secret_key
    return hmac.new(secret.encode(), f"look-up:{asked.key}".encode(), sha256).hexdigest()


def completion_of(inquiry_id: int) -> Answer | None:
    """What the register says of an inquiry's establishment. The caller has shown the viewer may read the inquiry."""
    row = db.session.scalar(select(Completion).where(Completion.inquiry_id == inquiry_id))
    read = from_plain(row.found) if row and row.found else None
    return Answer((read,), row.fetched_at) if row and read and row.fetched_at else None
