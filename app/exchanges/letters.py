"""What the letters of a conversation say: that there is something to read, never what was written."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app

from app.directory.models import Branch
from app.dossiers.labels import need_label
from app.dossiers.models import Dossier
from app.exchanges.scanning_actions import scan_pending, sweep_orphans
from app.extensions import db
from app.inquiries.links import token_for
from app.inquiries.models import Inquiry
from app.mailbox.kinds import Content, Kind, LetterIds, Recipient, register
from app.mailbox.queue import DUE_NOW

DUTIES = (scan_pending, sweep_orphans)


def install_exchanges(_app: Flask) -> None:
    for kind in (
        Kind("answer_for_company", "answer_for_company", Recipient.COMPANY, answer_for_company),
        Kind("message_for_branch", "message_for_branch", Recipient.BRANCH, message_for_branch),
        Kind("note_for_branch", "note_for_branch", Recipient.BRANCH, note_for_branch),
        Kind("message_to_transmit", "message_to_transmit", Recipient.MAISON, message_to_transmit),
    ):
        register(kind)
    DUE_NOW.extend(duty for duty in DUTIES if duty not in DUE_NOW)


def answer_for_company(ids: LetterIds) -> Content:
    dossier = db.session.get_one(Dossier, ids.dossier_id)
    inquiry = db.session.get_one(Inquiry, dossier.inquiry_id)
    return to_company(
        inquiry, f"Une réponse vous attend : demande {inquiry.reference}", need=need_label(dossier.need_key)
    )


def message_for_branch(ids: LetterIds) -> Content:
    return _to_desk(ids, "Message de l’entreprise")


def note_for_branch(ids: LetterIds) -> Content:
    return _to_desk(ids, "Note d’un autre acteur")


def message_to_transmit(ids: LetterIds) -> Content:
    return _to_desk(ids, "Message à transmettre")


def to_company(inquiry: Inquiry, subject: str, **facts: Any) -> Content:
    """At the address in use today, with the link in use today."""
    link = f"{_base_url()}/demandes/{token_for(inquiry.id, inquiry.link_version)}/"
    return Content(inquiry.contact.email, subject, facts | {"inquiry": inquiry, "link": link})


def _to_desk(ids: LetterIds, what: str) -> Content:
    dossier = db.session.get_one(Dossier, ids.dossier_id)
    inquiry = db.session.get_one(Inquiry, dossier.inquiry_id)
    reader = db.session.get_one(Branch, ids.branch_id)
    facts = {
        "inquiry": inquiry,
        "need": need_label(dossier.need_key),
        "branch": db.session.get_one(Branch, dossier.branch_id).name,
        "link": f"{_base_url()}/dossiers/{dossier.id}/",
    }
    address = reader.mailbox if reader.mailbox_verified_on else None
    return Content(address, f"{what} : dossier {inquiry.reference}", facts)


def _base_url() -> str:
    url: str = current_app.config["GUICHET"].base_url
    return url
