"""What one need says of its place, read from the need and its case as they stand."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.collective.families import family_of
from app.collective.words import Unanswered
from app.dossiers.clocks import local_day
from app.dossiers.labels import theme_of
from app.dossiers.lifecycle import Outcome, Status
from app.dossiers.models import Dossier, Event
from app.inquiries.models import Inquiry, Need
from app.kernel.vocabulary import ZoneKind
from app.routing.rulebook import REGIONAL_DESK
from app.territory.queries import commune
from app.workbench.captured import rome_held, rome_of
from app.workbench.models import Captured

KEY_LENGTH = 32
OUT_OF_CATALOGUE = "hc_"
MOST_POSTS = 100_000
NOT_ASKED = frozenset({Status.WITHDRAWN, Status.REROUTED})


def read_signal(session: Session, need: Need) -> dict[str, Any]:
    """The columns of the signal of this need, but those of its own life (id, collective need)."""
    inquiry = session.get_one(Inquiry, need.inquiry_id)
    dossiers = session.scalars(select(Dossier).where(Dossier.need_id == need.id)).all()
    lead = next((one for one in dossiers if one.leads), None)
    gone = need.joined_to_id is not None or (lead is not None and lead.outcome == Outcome.WITHDRAWN)
    rome = _rome(need)
    answered = lead is not None and lead.outcome in (Outcome.HELPED, Outcome.STEERED)
    return {
        "inquiry_id": inquiry.id,
        "company": company_key(inquiry),
        "filed_on": local_day(inquiry.filed_at),
        "rome": rome,
        "family": family_of(rome) if rome else None,
        "theme": need.theme or theme_of(need.key),
        "need_key": need.key,
        **_place(inquiry),
        "head_count": _posts(session, need),
        "answered": answered,
        "unanswered": None if answered or gone else _unanswered(need, dossiers),
        "counted": not gone,
        "event_id": session.scalar(select(func.max(Event.id)).where(Event.need_id == need.id)) or 0,
    }


def company_key(inquiry: Inquiry) -> str:
    """A keyed hash of the SIREN, else of the address or number given, else of the request itself.

    The key keeps it from being found again by trying every SIREN; what is missing counts fewer companies, never more
    than there are, except for who writes without SIRET, address nor number."""
    contact = inquiry.contact
    told = inquiry.siret[:9] if inquiry.siret else (contact.email or "").lower() or contact.phone
    key: str = current_app.config["GUICHET"].link_key
    what = f"company:{told or f'inquiry:{inquiry.id}'}"
    return hmac.new(key.encode(), what.encode(), sha256).hexdigest()[:KEY_LENGTH]


def _rome(need: Need) -> str | None:
    """Captured by an adviser, else answered by the company: a job guessed from its words is not counted."""
    told = need.answers.get("metier")
    return rome_held(need.id) or (rome_of(told) if isinstance(told, str) else None)


def _place(inquiry: Inquiry) -> dict[str, Any]:
    found = commune(inquiry.commune)
    return {
        "commune": inquiry.commune,
        "epci": inquiry.epci,
        "bassin_bmo": found.zones.get(ZoneKind.BASSIN_BMO) if found else None,
        "departement": inquiry.departement,
    }


def _posts(session: Session, need: Need) -> int | None:
    noted = select(Captured.posts).where(Captured.need_id == need.id, Captured.posts.is_not(None))
    told = session.scalar(noted.order_by(Captured.id.desc()).limit(1)) or need.answers.get("nb_postes")
    return told if isinstance(told, int) and not isinstance(told, bool) and 0 < told <= MOST_POSTS else None


def _unanswered(need: Need, dossiers: Sequence[Dossier]) -> Unanswered | None:
    """Why nobody could answer, None while somebody still may."""
    lead = next((one for one in dossiers if one.leads), None)
    if need.key.startswith(OUT_OF_CATALOGUE):
        return Unanswered.OUTSIDE
    if lead is None:
        return None
    if lead.status == Status.CLOSED and lead.outcome == Outcome.NO_HELP:
        return Unanswered.NO_HELP
    if lead.actor != REGIONAL_DESK:
        return None
    # A branch that is no longer asked, or was asked for what the need is not, could not answer.
    others = {one.status for one in dossiers if one.actor != REGIONAL_DESK} - NOT_ASKED
    if not others:
        return Unanswered.ALONE
    return Unanswered.DECLINED if others == {Status.DECLINED} else None
