"""What the letters of a case say, read at the moment of sending; registered at boot with the mailbox."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app
from sqlalchemy import select

from app.accounts.absences import away
from app.accounts.models import Post, User
from app.accounts.queries import held_on
from app.directory.models import Branch
from app.dossiers.labels import need_label
from app.dossiers.lifecycle import Outcome, Part, Status
from app.dossiers.models import Dossier
from app.dossiers.queries import TeamMember, team_of_need
from app.extensions import db
from app.inquiries.links import token_for
from app.inquiries.models import Inquiry, Need
from app.kernel.clock import today
from app.mailbox.kinds import Content, Kind, LetterIds, Recipient, register


def install_letters(_app: Flask) -> None:
    for kind in (
        Kind("acknowledgement", "acknowledgement", Recipient.COMPANY, acknowledgement),
        Kind("taken", "taken", Recipient.COMPANY, taken),
        Kind("passed_on", "passed_on", Recipient.COMPANY, passed_on),
        Kind("closed", "closed", Recipient.COMPANY, closed),
        Kind("reopened", "reopened", Recipient.COMPANY, reopened),
        Kind("case_for_branch", "case_for_branch", Recipient.BRANCH, case_for_branch),
        Kind("case_to_transmit", "case_to_transmit", Recipient.MAISON, case_to_transmit),
    ):
        register(kind)


def acknowledgement(ids: LetterIds) -> Content:
    inquiry = db.session.get_one(Inquiry, ids.inquiry_id)
    needs = [_need_facts(need) for need in _needs(inquiry)]
    return to_company(f"Votre demande {inquiry.reference} est envoyée", inquiry=inquiry, needs=needs)


def taken(ids: LetterIds) -> Content:
    facts = dossier_facts(ids)
    return to_company(f"{facts['who']} s’occupe de votre demande", **facts)


def passed_on(ids: LetterIds) -> Content:
    facts = dossier_facts(ids)
    return to_company("Votre demande change d’interlocuteur", **facts)


def closed(ids: LetterIds) -> Content:
    facts = dossier_facts(ids)
    return to_company("Votre demande est close", **facts)


def reopened(ids: LetterIds) -> Content:
    facts = dossier_facts(ids)
    return to_company("Votre demande est rouverte", **facts)


def case_for_branch(ids: LetterIds) -> Content:
    facts = dossier_facts(ids)
    return to_desk(address_of(ids), f"Nouveau dossier {facts['inquiry'].reference}", **facts)


def case_to_transmit(ids: LetterIds) -> Content:
    facts = dossier_facts(ids)
    return to_desk(address_of(ids), f"À transmettre : dossier {facts['inquiry'].reference}", **facts)


def to_company(subject: str, **facts: Any) -> Content:
    inquiry: Inquiry = facts["inquiry"]
    link = f"{_base_url()}/demandes/{token_for(inquiry.id, inquiry.link_version)}/"
    return Content(inquiry.contact.email, subject, facts | {"link": link})


def address_of(ids: LetterIds) -> str | None:
    """Of one person, as long as they work where the letter is for; else of the branch, once it was verified."""
    if ids.user_id is None:
        reader = db.session.get_one(Branch, ids.branch_id)
        return reader.mailbox if reader.told else None
    person = db.session.get_one(User, ids.user_id)
    held = select(Post.id).where(Post.user_id == person.id, Post.branch_id == ids.branch_id, held_on(today()))
    return person.email if person.active and db.session.scalar(held.limit(1)) else None


def to_desk(address: str | None, subject: str, *, own: int | None = None, **facts: Any) -> Content:
    """To whoever works there; `own` is their own dossier of the need, when the letter is about another."""
    link = f"{_base_url()}/dossiers/{own or facts['dossier'].id}/"
    return Content(
        address, subject, facts | {"link": link, "transmit": f"{_base_url()}/maison/a-transmettre"}
    )


def dossier_facts(ids: LetterIds) -> dict[str, Any]:
    dossier = db.session.get_one(Dossier, ids.dossier_id)
    team = team_of_need(dossier.need_id)
    member = next(one for one in team if one.dossier_id == dossier.id)
    return {
        "dossier": dossier,
        "inquiry": db.session.get_one(Inquiry, dossier.inquiry_id),
        "branch": member.branch,
        "who": member.branch if _is_away(dossier) else member.person or member.branch,
        "told": _told(dossier),
        "leads": dossier.role == Part.LEAD,
        "need": need_label(dossier.need_key),
        "outcome": Outcome(dossier.outcome).label if dossier.outcome else None,
    }


def _is_away(dossier: Dossier) -> bool:
    """Somebody away is never promised."""
    return dossier.taken_by_id is not None and bool(away((dossier.taken_by_id,), today()))


def _need_facts(need: Need) -> dict[str, Any]:
    team = team_of_need(need.id)
    lead = next(one for one in team if one.leads)
    dossier = db.session.get_one(Dossier, lead.dossier_id)
    return {
        "label": need_label(need.key),
        "lead": lead.branch,
        "told": _told(dossier),
        "due": dossier.first_contact_due,
        "supports": [one.branch for one in team if _supports(one)],
    }


def _supports(member: TeamMember) -> bool:
    """A branch only asked to take over does not help yet."""
    at_work = member.status in (Status.RECEIVED, Status.TAKEN)
    return at_work and not member.leads and member.role != Part.OFFERED


def _told(dossier: Dossier) -> bool:
    """Has the branch been told, by its verified mailbox or by the Maison?"""
    branch = db.session.get_one(Branch, dossier.branch_id)
    return bool(dossier.transmitted_at or (branch.mailbox and branch.mailbox_verified_on))


def _needs(inquiry: Inquiry) -> list[Need]:
    return list(db.session.query(Need).where(Need.inquiry_id == inquiry.id).order_by(Need.id))


def _base_url() -> str:
    url: str = current_app.config["GUICHET"].base_url
    return url
