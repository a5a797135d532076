"""Letters about a collective action, to the companies whose requests led to it and to who bears it; read at sending."""

from __future__ import annotations

from flask import Flask, current_app
from sqlalchemy import select

from app.collective.acting import PURPOSE, ActionKind
from app.collective.agreement_actions import remind_silent
from app.collective.models import CollectiveAction, CollectiveEvent, CollectiveNeed
from app.collective.places import place_name
from app.collective.planned import action_of
from app.dossiers.letters import address_of, to_company
from app.extensions import db
from app.inquiries.models import Inquiry
from app.mailbox.kinds import Content, Kind, LetterIds, Recipient, register
from app.mailbox.queue import DUE_NOW


def install_collective_actions(_app: Flask) -> None:
    for kind, subject in (
        ("action_asked", "Une action avec d’autres entreprises\u00a0: participez-vous\u00a0?"),
        ("action_asked_again", "Rappel\u00a0: participez-vous à cette action\u00a0?"),
        ("action_result", "Ce à quoi votre demande a contribué"),
        ("action_abandoned", "L’action prévue n’aura pas lieu"),
    ):
        register(Kind(kind, kind, Recipient.COMPANY, _Told(subject)))
    register(Kind("action_moved", "action_moved", Recipient.COMPANY, action_moved))
    register(Kind("action_moved_bearer", "action_moved_bearer", Recipient.BRANCH, action_moved_bearer))
    register(Kind("action_borne", "action_borne", Recipient.BRANCH, action_borne))
    if remind_silent not in DUE_NOW:
        DUE_NOW.append(remind_silent)


class _Told:
    """What a company reads of an action; `version` is its number."""

    def __init__(self, subject: str) -> None:
        self.subject = subject

    def __call__(self, ids: LetterIds) -> Content:
        inquiry = db.session.get_one(Inquiry, ids.inquiry_id)
        return to_company(f"{self.subject} ({inquiry.reference})", inquiry=inquiry, **_facts(ids.version))


def action_borne(ids: LetterIds) -> Content:
    base: str = current_app.config["GUICHET"].base_url
    facts = _facts(ids.version) | {"link": f"{base}/dossiers/actions-collectives"}
    return Content(address_of(ids), f"Votre antenne porte une action collective : {facts['place']}", facts)


def action_moved(ids: LetterIds) -> Content:
    inquiry = db.session.get_one(Inquiry, ids.inquiry_id)
    subject = f"L’action a changé de jour ({inquiry.reference})"
    return to_company(subject, inquiry=inquiry, **_moved(ids.version))


def action_moved_bearer(ids: LetterIds) -> Content:
    base: str = current_app.config["GUICHET"].base_url
    facts = _moved(ids.version) | {"link": f"{base}/dossiers/actions-collectives"}
    return Content(address_of(ids), f"Une action que vous portez change de jour : {facts['place']}", facts)


def _moved(line_id: int) -> dict[str, object]:
    """Of the line of the journal that says it: the action as it is, the two days and why."""
    line = db.session.get_one(CollectiveEvent, line_id)
    known = select(CollectiveAction.id).where(CollectiveAction.collective_need_id == line.collective_need_id)
    return _facts(db.session.scalars(known).one()) | {"moved": line.words}


def _facts(action_id: int) -> dict[str, object]:
    row = db.session.get_one(CollectiveAction, action_id)
    need = db.session.get_one(CollectiveNeed, row.collective_need_id)
    return {
        "action": action_of(need.id),
        "purpose": PURPOSE[ActionKind(row.kind)],
        "place": place_name(need.place_kind, need.place_code),
    }
