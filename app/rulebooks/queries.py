"""The rulebook in force on a day, compiled once per process and per hash."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select

from app.extensions import db
from app.routing.reading import read_rulebook
from app.routing.rulebook import Rulebook
from app.rulebooks.models import Edition, EditionStatus

_COMPILED: dict[str, Rulebook] = {}


class NoRulebook(LookupError):
    """No edition is in force: the set-up was not run."""


def in_force(on: date) -> Rulebook:
    """The latest published edition in force that day; before the first, the first. Raises NoRulebook."""
    published = select(Edition.hash).where(Edition.status == EditionStatus.PUBLISHED)
    latest = published.where(Edition.in_force_from <= on).order_by(
        Edition.in_force_from.desc(), Edition.published_at.desc(), Edition.id.desc()
    )
    found = db.session.scalar(latest.limit(1)) or db.session.scalar(
        published.order_by(Edition.in_force_from, Edition.id).limit(1)
    )
    if found is None:
        raise NoRulebook("Aucune édition des règles n’est publiée.")
    return compiled(found)


def published_at(edition_hash: str) -> datetime | None:
    """When this edition was published here."""
    return db.session.scalar(select(Edition.published_at).where(Edition.hash == edition_hash))


def compiled(edition_hash: str) -> Rulebook:
    """The rulebook of that hash; its text never changes, so it is read once. Raises NoRulebook."""
    if edition_hash not in _COMPILED:
        files = db.session.scalar(select(Edition.files).where(Edition.hash == edition_hash))
        if files is None:
            raise NoRulebook(f"L’édition {edition_hash} n’existe pas.")
        _COMPILED[edition_hash] = read_rulebook(files)
    return _COMPILED[edition_hash]
