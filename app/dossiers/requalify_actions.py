"""A need taken for another: the engine decides again, at once, and the case follows its new decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.abilities import Viewer
from app.directory.queries import snapshot
from app.dossiers import records
from app.dossiers.clocks import local_day
from app.dossiers.lifecycle import IllegalMove, Move, Verb, check_move
from app.dossiers.loads import orient_by_load
from app.dossiers.models import Dossier
from app.dossiers.moving import UnknownCase, is_repeat, own, refuse_stale, said
from app.dossiers.queries import dossier_seen
from app.dossiers.rerouting import follow
from app.dossiers.standing import standing_of
from app.extensions import db, transaction
from app.inquiries.models import Inquiry, Need, PastDecision
from app.kernel.clock import utcnow
from app.routing.facts import Orientation
from app.routing.rulebook import Rulebook
from app.routing.situation import read_situation
from app.rulebooks.queries import in_force

ALREADY = "Cette demande contient déjà ce besoin."
OUT_OF_SCOPE = "Ce besoin ne relève pas du guichet. Choisissez-en un autre."


def requalify(
    viewer: Viewer,
    dossier_id: int,
    version: int,
    need_key: str,
    comment: str | None = None,
    at: datetime | None = None,
) -> None:
    """Give the need its right name; the former decision is kept. Raises IllegalMove."""
    at = at or utcnow()
    seen = dossier_seen(viewer, dossier_id)
    if seen is None:
        raise UnknownCase(dossier_id)
    book = in_force(local_day(at))
    decided = _decide(seen, need_key, book, at)
    with transaction() as session:
        dossier = own(session, viewer, dossier_id)
        need = session.get_one(Need, dossier.need_id)
        if need.key == need_key and is_repeat(viewer, dossier, Verb.REQUALIFY):
            return
        refuse_stale(dossier, version)
        check_move(Verb.REQUALIFY, dossier)
        _refuse_known(session, need, need_key)
        before = standing_of(session, need.id)
        words = f"« {_label(book, need.key)} » devient « {_label(book, need_key)} »."
        records.end_offers(session, dossier, at, viewer.user_id)
        _rewrite(session, need, decided, book, at)
        lead = follow(records.opening_of(session, dossier, at, viewer.user_id), dossier)
        line = f"{words} {said(comment) or ''}".strip()
        records.note(session, dossier, Move.REQUALIFIED, at, viewer.user_id, why=line, before=before)
        session.flush()
        records.tell_company(session, "requalified", lead, at)


def _decide(seen: Dossier, need_key: str, book: Rulebook, at: datetime) -> Orientation:
    """What the engine says today of the same establishment, with the answers already given."""
    wanted = book.needs.get(need_key)
    if wanted is None or not wanted.in_scope:
        raise IllegalMove(OUT_OF_SCOPE)
    inquiry = db.session.get_one(Inquiry, seen.inquiry_id)
    told = {name: getattr(inquiry, name) for name in ("commune", "naf", "naf_version", "idcc", "answers")}
    situation = read_situation({**told, "need": need_key}, book, local_day(at))
    low = inquiry.workforce_low
    workforce = None if low is None else (low, inquiry.workforce_high)
    known = replace(situation, workforce=workforce, legal_form=inquiry.legal_form)
    decided = orient_by_load(known, snapshot(), book, local_day(at))
    if not decided.in_scope:
        raise IllegalMove(decided.message or OUT_OF_SCOPE)
    return decided


def _refuse_known(session: Session, need: Need, need_key: str) -> None:
    same = select(Need.id).where(Need.inquiry_id == need.inquiry_id, Need.key == need_key)
    if session.scalar(same) is not None:
        raise IllegalMove(ALREADY)


def _rewrite(session: Session, need: Need, decided: Orientation, book: Rulebook, at: datetime) -> None:
    """The former decision becomes history, the new one is that of the need."""
    session.add(PastDecision(need_id=need.id, key=need.key, decision=need.decision, replaced_at=at))
    need.key, need.theme = decided.need, book.needs[decided.need].theme
    need.urgency, need.decision, need.rulebook_hash = decided.urgency, decided.trace(), decided.rulebook
    session.flush()
    records.carry_theme(session, need)


def _label(book: Rulebook, key: str) -> str:
    known = book.needs.get(key)
    return known.label if known else key
