"""What the letters of a conversation say: that there is something to read, never what was written."""

from __future__ import annotations

from flask import Flask, current_app

from app.dossiers.letters import address_of, dossier_facts, to_company, to_desk
from app.dossiers.undoing import ACTED
from app.exchanges.link_actions import answer_link_requests
from app.exchanges.queries import written_since
from app.exchanges.scanning_actions import scan_pending, sweep_orphans
from app.extensions import db
from app.inquiries.links import token_for
from app.inquiries.models import Correction, Inquiry
from app.inquiries.queries import at_address
from app.mailbox.kinds import Content, Kind, LetterIds, Recipient, register
from app.mailbox.queue import DUE_NOW

DUTIES = (answer_link_requests, scan_pending, sweep_orphans)


def install_exchanges(_app: Flask) -> None:
    for kind in (
        Kind("answer_for_company", "answer_for_company", Recipient.COMPANY, answer_for_company),
        Kind("message_for_branch", "message_for_branch", Recipient.BRANCH, message_for_branch),
        Kind("note_for_branch", "note_for_branch", Recipient.BRANCH, note_for_branch),
        Kind("message_to_transmit", "message_to_transmit", Recipient.MAISON, message_to_transmit),
        Kind("not_called_for_branch", "not_called_for_branch", Recipient.BRANCH, not_called_for_branch),
        Kind("withdrawn_for_branch", "withdrawn_for_branch", Recipient.BRANCH, withdrawn_for_branch),
        Kind("withdrawn", "withdrawn", Recipient.COMPANY, withdrawn),
        Kind("contact_changed", "contact_changed", Recipient.COMPANY, contact_changed),
        Kind("contact_changed_former", "contact_changed_former", Recipient.COMPANY, contact_changed_former),
        Kind("link_renewed", "link_renewed", Recipient.COMPANY, link_renewed),
        Kind("link_again", "link_again", Recipient.COMPANY, link_again),
    ):
        register(kind)
    if written_since not in ACTED:
        ACTED.append(written_since)
    DUE_NOW.extend(duty for duty in DUTIES if duty not in DUE_NOW)


def answer_for_company(ids: LetterIds) -> Content:
    facts = dossier_facts(ids)
    return to_company(f"Une réponse vous attend : demande {facts['inquiry'].reference}", **facts)


def message_for_branch(ids: LetterIds) -> Content:
    return _to_desk(ids, "Message de l’entreprise")


def note_for_branch(ids: LetterIds) -> Content:
    return _to_desk(ids, "Note d’un autre acteur")


def message_to_transmit(ids: LetterIds) -> Content:
    return _to_desk(ids, "Message à transmettre")


def not_called_for_branch(ids: LetterIds) -> Content:
    return _to_desk(ids, "L’entreprise n’a pas été appelée")


def withdrawn_for_branch(ids: LetterIds) -> Content:
    return _to_desk(ids, "Besoin retiré par l’entreprise")


def withdrawn(ids: LetterIds) -> Content:
    return to_company("Votre demande est retirée", **dossier_facts(ids))


def contact_changed(ids: LetterIds) -> Content:
    return to_company("Cette adresse suit maintenant votre demande", inquiry=_inquiry(ids))


def contact_changed_former(ids: LetterIds) -> Content:
    """Told where the letters went until then, without the link: that address is no longer the company's."""
    correction = db.session.get_one(Correction, ids.version)
    facts = {"inquiry": _inquiry(ids), "territories": f"{_base_url()}/territoires/"}
    return Content(correction.former_email, "L’adresse de votre demande a changé", facts)


def link_renewed(ids: LetterIds) -> Content:
    return to_company("Votre nouveau lien de suivi", inquiry=_inquiry(ids))


def link_again(ids: LetterIds) -> Content:
    """Every request this address follows today, each with its link."""
    inquiry = _inquiry(ids)
    known = at_address(inquiry.contact.email) if inquiry.contact.email else []
    links = [(one, f"{_base_url()}/demandes/{token_for(one.id, one.link_version)}/") for one in known]
    return to_company("Votre lien de suivi", inquiry=inquiry, links=links)


def _to_desk(ids: LetterIds, what: str) -> Content:
    facts = dossier_facts(ids)
    return to_desk(address_of(ids), f"{what} : dossier {facts['inquiry'].reference}", **facts)


def _inquiry(ids: LetterIds) -> Inquiry:
    return db.session.get_one(Inquiry, ids.inquiry_id)


def _base_url() -> str:
    url: str = current_app.config["GUICHET"].base_url
    return url
