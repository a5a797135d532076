"""The story: an inquiry arrives → read, decide, write, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.directory.queries import snapshot
from app.dossiers.loads import orient_by_load
from app.dossiers.records import open_case
from app.establishments.found import Establishment
from app.establishments.records import complete, complete_later
from app.extensions import transaction
from app.inquiries.asked import NewInquiry
from app.inquiries.links import token_for
from app.inquiries.models import Inquiry
from app.inquiries.records import add_inquiry, add_need, empty_draft, find_by_form
from app.kernel.clock import PARIS, utcnow
from app.routing.facts import DirectorySnapshot, Orientation, Place
from app.routing.rulebook import Rulebook
from app.rulebooks.queries import in_force

__all__ = ["Filed", "NewInquiry", "OutOfScope", "Told", "decide_only", "receive"]


class OutOfScope(ValueError):
    """The desk cannot open a case for this; the message says where to go."""


@dataclass(frozen=True, slots=True)
class Filed:
    """The acknowledgement; `again` when the very same form had already been received."""

    inquiry_id: int
    reference: str
    token: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What the public register had said of the establishment; `found` is None when it did not answer."""

    found: Establishment | None
    fetched_at: datetime


def receive(new: NewInquiry, at: datetime | None = None, told: Told | None = None) -> Filed:
    """File an inquiry once, whatever the number of times its form is sent. Raises OutOfScope."""
    at = at or utcnow()
    on = at.astimezone(PARIS).date()
    directory, book = snapshot(), in_force(on)
    decided = _decide(new, on, directory, book)
    place = directory.place(new.commune)
    if place is None or not decided:
        raise OutOfScope("Aucun besoin ne relève de ce guichet.")
    try:
        return _write(new, place, decided, book, at, told)
    except IntegrityError:
        # Two copies of one form raced: the other won, its acknowledgement is ours.
        known = _already(new.form_id)
        if known is None:
            raise
        return known


def decide_only(new: NewInquiry, on: date) -> tuple[Orientation, ...]:
    """The orientation of each need, nothing written."""
    directory, book = snapshot(), in_force(on)
    return tuple(_oriented(new, need, on, directory, book) for need in new.needs)


def _oriented(
    new: NewInquiry, need: str, on: date, directory: DirectorySnapshot, book: Rulebook
) -> Orientation:
    return orient_by_load(new.situation(need, on), directory, book, on)


def _decide(
    new: NewInquiry, on: date, directory: DirectorySnapshot, book: Rulebook
) -> tuple[Orientation, ...]:
    decided = [_oriented(new, need, on, directory, book) for need in dict.fromkeys(new.needs)]
    outside = next((one.message for one in decided if not one.in_scope), None)
    kept = tuple(one for one in decided if one.in_scope)
    if outside and not kept:
        raise OutOfScope(outside)
    return kept


def _write(
    new: NewInquiry,
    place: Place,
    decided: tuple[Orientation, ...],
    book: Rulebook,
    at: datetime,
    told: Told | None,
) -> Filed:
    with transaction() as session:
        known = find_by_form(session, new.form_id)
        if known is not None:
            return _filed(known, again=True)
        inquiry = add_inquiry(session, new, place, at)
        if told is not None and new.siret:
            _tell(session, inquiry.id, new.siret, told)
        for orientation in decided:
            theme = book.needs[orientation.need].theme
            need = add_need(session, inquiry, orientation, theme, new.plain_answers())
            open_case(session, inquiry, need, orientation, at)
        empty_draft(session, new.form_id)
        return _filed(inquiry)


def _tell(session: Session, inquiry_id: int, siret: str, told: Told) -> None:
    """Beside what was typed; asked again later when the register did not answer."""
    if told.found is None:
        complete_later(session, inquiry_id, siret, told.fetched_at)
    elif told.found.siret == siret:
        complete(session, inquiry_id, told.found, told.fetched_at)


def _already(form_id: str) -> Filed | None:
    with transaction() as session:
        known = find_by_form(session, form_id)
        return _filed(known, again=True) if known else None


def _filed(inquiry: Inquiry, *, again: bool = False) -> Filed:
    token = token_for(inquiry.id, inquiry.link_version)
    return Filed(inquiry.id, inquiry.reference, token, again)
