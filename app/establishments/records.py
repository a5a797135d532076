"""What the register said, added to the open transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.establishments.found import Establishment
from app.establishments.models import Completion, LookUp


def keep(session: Session, key: str, found: tuple[Establishment, ...], at: datetime) -> None:
    session.merge(LookUp(key=key, fetched_at=at, found=[one.plain() for one in found]))


def complete(session: Session, inquiry_id: int, found: Establishment, fetched_at: datetime) -> None:
    """The inquiry is filed with what the register had said."""
    session.add(
        Completion(inquiry_id=inquiry_id, siret=found.siret, found=found.plain(), fetched_at=fetched_at)
    )


def complete_later(session: Session, inquiry_id: int, siret: str, at: datetime) -> None:
    """The register did not answer: the worker will ask it again."""
    session.add(Completion(inquiry_id=inquiry_id, siret=siret, due_at=at))
