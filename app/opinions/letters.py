"""Letters that ask for an opinion or a result. Their links open a page with a button: a scanner that follows every link
answers nothing."""

from __future__ import annotations

from flask import Flask

from app.dossiers.letters import dossier_facts, to_company
from app.mailbox.kinds import Content, Kind, LetterIds, Recipient, register
from app.mailbox.queue import DUE_NOW
from app.opinions.actions import ask_opinions, ask_results
from app.opinions.words import Later

DUTIES = (ask_opinions, ask_results)


def install_opinions(_app: Flask) -> None:
    register(Kind("opinion_asked", "opinion_asked", Recipient.COMPANY, opinion_asked))
    register(Kind("result_asked", "result_asked", Recipient.COMPANY, result_asked))
    DUE_NOW.extend(duty for duty in DUTIES if duty not in DUE_NOW)


def opinion_asked(ids: LetterIds) -> Content:
    facts = dossier_facts(ids)
    return to_company(f"Votre avis sur la demande {facts['inquiry'].reference}", **facts)


def result_asked(ids: LetterIds) -> Content:
    """`version` is how many months passed."""
    facts = dossier_facts(ids) | {"months": ids.version, "answers": tuple(Later)}
    return to_company(f"Demande {facts['inquiry'].reference} : où en êtes-vous ?", **facts)
