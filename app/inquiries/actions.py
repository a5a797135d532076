"""Keep what an owner types, forget it when abandoned, revoke a link."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import delete

from app.extensions import transaction
from app.inquiries.models import Draft, Inquiry
from app.kernel.clock import utcnow

DRAFT_LIFE = timedelta(days=7)


def start_draft(data: Mapping[str, Any]) -> str:
    """Open a draft and return its unguessable id; abandoned drafts are forgotten on the way."""
    now = utcnow()
    draft = Draft(id=secrets.token_urlsafe(18), data=dict(data), created_at=now, updated_at=now)
    with transaction() as session:
        session.execute(delete(Draft).where(Draft.updated_at < now - DRAFT_LIFE))
        session.add(draft)
        return draft.id


def save_draft(draft_id: str, data: Mapping[str, Any], step: str) -> None:
    """Keep what was typed, valid or not; a filed draft is left as it is."""
    with transaction() as session:
        draft = session.get(Draft, draft_id)
        if draft is not None and draft.step != "envoye":
            draft.data = {**draft.data, **data}
            draft.step, draft.updated_at = step, utcnow()


def revoke_link(inquiry_id: int) -> int:
    """Make the current secret link useless; returns the new link version."""
    with transaction() as session:
        inquiry = session.get_one(Inquiry, inquiry_id)
        inquiry.link_version += 1
        return inquiry.link_version
