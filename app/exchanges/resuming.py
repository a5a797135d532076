"""What the letters about a draft say: its link, and nothing of what was typed. Never about a draft already filed."""

from __future__ import annotations

from flask import Flask, current_app

from app.exchanges.resuming_actions import remind_of_drafts
from app.extensions import db
from app.inquiries.links import draft_token_for
from app.inquiries.models import DRAFT_LIFE, FILED, Draft, Resumption
from app.kernel.clock import PARIS
from app.mailbox.kinds import Content, Kind, LetterIds, Recipient, register
from app.mailbox.queue import DUE_NOW

SUBJECT = "Votre demande commencée"


def install_resuming(_app: Flask) -> None:
    register(Kind("draft_link", "draft_link", Recipient.COMPANY, left))
    register(Kind("draft_reminder", "draft_reminder", Recipient.COMPANY, left))
    if remind_of_drafts not in DUE_NOW:
        DUE_NOW.append(remind_of_drafts)


def left(ids: LetterIds) -> Content:
    """`version` is the number of the request for the link; once filed or forgotten, there is nobody to write to."""
    asked = db.session.get(Resumption, ids.version)
    draft = db.session.get(Draft, asked.draft_id) if asked else None
    if draft is None or draft.step == FILED:
        return Content(None, SUBJECT)
    until = (draft.updated_at + DRAFT_LIFE).astimezone(PARIS).date()
    address = next(iter(draft.data.get("email") or ()), None)
    return Content(address, SUBJECT, {"link": resume_link(draft.form_id), "until": until})


def resume_link(form_id: str) -> str:
    base: str = current_app.config["GUICHET"].base_url
    return f"{base}/demandes/nouvelle/reprendre/{draft_token_for(form_id)}"
