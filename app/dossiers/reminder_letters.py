"""What the letters of the clocks say: reminders to whoever must call, news to the company. Read at sending."""

from __future__ import annotations

from typing import Any

from flask import Flask

from app.directory.models import Branch
from app.dossiers.clocks import Step
from app.dossiers.letters import address_of, dossier_facts, to_company, to_desk
from app.dossiers.models import Dossier, StepTaken
from app.extensions import db
from app.kernel.clock import today
from app.kernel.workdays import workdays_between
from app.mailbox.kinds import Content, Kind, LetterIds, Recipient, register


def install_reminder_letters(_app: Flask) -> None:
    for kind in (
        Kind("reminder", "reminder", Recipient.BRANCH, reminder),
        Kind("courtesy_reminder", "courtesy_reminder", Recipient.BRANCH, courtesy_reminder),
        Kind("manager_reminder", "manager_reminder", Recipient.BRANCH, manager_reminder),
        Kind("relieved", "relieved", Recipient.BRANCH, relieved),
        Kind("close_or_explain", "close_or_explain", Recipient.BRANCH, close_or_explain),
        Kind("company_back", "company_back", Recipient.BRANCH, company_back),
        Kind("given_back", "given_back", Recipient.BRANCH, given_back),
        Kind("letter_returned", "letter_returned", Recipient.BRANCH, letter_returned),
        Kind("still_to_transmit", "case_to_transmit", Recipient.MAISON, still_to_transmit),
        Kind("partner_silent", "partner_silent", Recipient.MAISON, partner_silent),
        Kind("taken_over", "taken_over", Recipient.COMPANY, taken_over),
        Kind("second_path", "second_path", Recipient.COMPANY, second_path),
        Kind("no_news", "no_news", Recipient.COMPANY, no_news),
    ):
        register(kind)


def reminder(ids: LetterIds) -> Content:
    facts = _late_facts(ids)
    return _to_readers(ids, f"{facts['rank']} : dossier {facts['inquiry'].reference}", facts)


def courtesy_reminder(ids: LetterIds) -> Content:
    facts = _late_facts(ids)
    return _to_readers(ids, f"Dossier {facts['inquiry'].reference} : l’entreprise attend votre appel", facts)


def manager_reminder(ids: LetterIds) -> Content:
    facts = _late_facts(ids)
    return _to_readers(ids, f"Dossier {facts['inquiry'].reference} sans premier contact", facts)


def relieved(ids: LetterIds) -> Content:
    facts = dossier_facts(ids)
    return _to_readers(ids, f"La Maison reprend le dossier {facts['inquiry'].reference}", facts)


def close_or_explain(ids: LetterIds) -> Content:
    facts = dossier_facts(ids)
    return _to_readers(ids, f"Dossier {facts['inquiry'].reference} : à clore ou à expliquer", facts)


def company_back(ids: LetterIds) -> Content:
    facts = dossier_facts(ids)
    return _to_readers(ids, f"Dossier {facts['inquiry'].reference} : l’entreprise revient vers vous", facts)


def given_back(ids: LetterIds) -> Content:
    facts = dossier_facts(ids)
    return _to_readers(ids, f"Dossier {facts['inquiry'].reference} : à reprendre par l’équipe", facts)


def letter_returned(ids: LetterIds) -> Content:
    facts = dossier_facts(ids)
    return _to_readers(ids, f"Dossier {facts['inquiry'].reference} : un e-mail n’est pas arrivé", facts)


def still_to_transmit(ids: LetterIds) -> Content:
    facts = dossier_facts(ids)
    return _to_readers(ids, f"Toujours à transmettre : dossier {facts['inquiry'].reference}", facts)


def partner_silent(ids: LetterIds) -> Content:
    facts = _late_facts(ids)
    return _to_readers(ids, f"Dossier {facts['inquiry'].reference} : appelez l’entreprise", facts)


def taken_over(ids: LetterIds) -> Content:
    facts = dossier_facts(ids)
    previous = db.session.get(Dossier, facts["dossier"].previous_id)
    late = db.session.get_one(Branch, previous.branch_id).name if previous else None
    return to_company("Votre demande change d’interlocuteur", late=late, **facts)


def second_path(ids: LetterIds) -> Content:
    return to_company("La Maison de Ma Région vous aide aussi", **dossier_facts(ids))


def no_news(ids: LetterIds) -> Content:
    return to_company("Votre demande est close, faute de nouvelles", **dossier_facts(ids))


def _late_facts(ids: LetterIds) -> dict[str, Any]:
    """`rank` of the reminder; `late` working days since the promised day, 0 before it."""
    facts = dossier_facts(ids)
    step = db.session.get(StepTaken, ids.version)
    rank = "Rappel" if step is None or step.step == Step.REMINDER else "Second rappel"
    return facts | {"rank": rank, "late": workdays_between(facts["dossier"].first_contact_due, today())}


def _to_readers(ids: LetterIds, subject: str, facts: dict[str, Any]) -> Content:
    return to_desk(address_of(ids), subject, **facts)
