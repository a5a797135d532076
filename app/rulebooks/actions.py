"""Publish an edition."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app.extensions import transaction
from app.kernel.clock import utcnow
from app.routing.checks import check
from app.routing.reading import read_rulebook
from app.rulebooks.edition import texts
from app.rulebooks.models import Edition, EditionStatus


def publish_first_edition() -> str:
    """Publish the edition of this version of the product, once; its hash. Raises RulebookError."""
    files = texts()
    book = read_rulebook(files)
    check(book, files)
    with transaction() as session:
        if session.scalar(select(Edition.id).where(Edition.hash == book.hash)) is None:
            session.add(
                Edition(
                    hash=book.hash,
                    key=book.key,
                    title=book.title,
                    status=EditionStatus.PUBLISHED,
                    in_force_from=date.fromisoformat(book.in_force_from),
                    published_at=utcnow(),
                    files=files,
                )
            )
    return book.hash
