"""Letters about a case that changes hands, or that was not what it seemed; read at the moment of sending."""

from __future__ import annotations

from typing import Any

from app.accounts.models import User
from app.directory.models import Branch
from app.dossiers.letters import address_of, dossier_facts, to_company, to_desk
from app.dossiers.lifecycle import Move
from app.dossiers.models import Dossier
from app.dossiers.queries import last_move, team_of_need
from app.extensions import db
from app.mailbox.kinds import Content, Kind, LetterIds, Recipient, register


def install_letters_of_moves(_app: object) -> None:
    for kind in (
        Kind("hand_over_offer", "hand_over_offer", Recipient.BRANCH, hand_over_offer),
        Kind("hand_over_refused", "hand_over_refused", Recipient.BRANCH, hand_over_refused),
        Kind("hand_over_lapsed", "hand_over_lapsed", Recipient.BRANCH, hand_over_lapsed),
        Kind("case_withdrawn", "case_withdrawn", Recipient.BRANCH, case_withdrawn),
        Kind("reassigned", "reassigned", Recipient.PERSON, reassigned),
        Kind("corrected", "corrected", Recipient.COMPANY, corrected),
        Kind("requalified", "requalified", Recipient.COMPANY, requalified),
        Kind("joined", "joined", Recipient.COMPANY, joined),
    ):
        register(kind)


def hand_over_offer(ids: LetterIds) -> Content:
    return _to_branch(ids, "Relais proposé")


def hand_over_refused(ids: LetterIds) -> Content:
    return _to_branch(ids, "Relais refusé")


def hand_over_lapsed(ids: LetterIds) -> Content:
    return _to_branch(ids, "Relais sans réponse")


def case_withdrawn(ids: LetterIds) -> Content:
    return _to_branch(ids, "Dossier plus demandé")


def reassigned(ids: LetterIds) -> Content:
    """To who was given the dossier, as long as it is still theirs."""
    facts = dossier_facts(ids)
    person = db.session.get_one(User, ids.user_id)
    holds = person.active and facts["dossier"].taken_by_id == person.id
    move = last_move(facts["dossier"].id, Move.REASSIGNED)
    subject = f"Un dossier vous est confié : {facts['inquiry'].reference}"
    return to_desk(person.email if holds else None, subject, **facts, by=move.who if move else None)


def corrected(ids: LetterIds) -> Content:
    return to_company("Un message de notre part était une erreur", **_company_facts(ids))


def requalified(ids: LetterIds) -> Content:
    return to_company("Votre besoin est précisé", **_company_facts(ids))


def joined(ids: LetterIds) -> Content:
    return to_company("Vos demandes sont réunies", **_company_facts(ids))


def _company_facts(ids: LetterIds) -> dict[str, Any]:
    facts = dossier_facts(ids)
    move = last_move(facts["dossier"].id, Move.JOINED)
    return facts | {"why": move.why if move else None}


def _to_branch(ids: LetterIds, subject: str) -> Content:
    """Who reads it, the branch it concerns, who leads, and what was said."""
    facts = dossier_facts(ids)
    reader = db.session.get_one(Branch, ids.branch_id)
    dossier: Dossier = facts["dossier"]
    team = team_of_need(dossier.need_id)
    lead = next((one for one in team if one.leads), None)
    refused = last_move(dossier.id, Move.OFFER_REFUSED)
    own = next((one.dossier_id for one in team if one.branch == reader.name), dossier.id)
    more = {"lead": lead.branch if lead else "", "why": refused.why if refused else None}
    return to_desk(address_of(ids), f"{subject} : {facts['inquiry'].reference}", own=own, **facts | more)
