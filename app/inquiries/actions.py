"""Keep what an owner types, forget it when abandoned, revoke a link."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.extensions import transaction
from app.inquiries.entering import EntryChannel
from app.inquiries.models import DRAFT_LIFE, FILED, Draft, Inquiry
from app.kernel.clock import utcnow

__all__ = ["DRAFT_LIFE", "forget_drafts", "revoke_link", "save_draft", "start_draft"]


def start_draft(
    data: Mapping[str, Any],
    *,
    adviser_id: int | None = None,
    branch_id: int | None = None,
    channel: EntryChannel | None = None,
) -> str:
    """Open a draft and return its unguessable id; abandoned drafts are forgotten on the way.

    With an adviser, it is theirs alone: they type for a company that came by this channel."""
    now = utcnow()
    draft = Draft(
        id=secrets.token_urlsafe(18),
        data=dict(data),
        created_at=now,
        updated_at=now,
        adviser_id=adviser_id,
        branch_id=branch_id,
        channel=channel,
    )
    with transaction() as session:
        _forget(session, now)
        session.add(draft)
        return draft.id


def forget_drafts() -> None:
    """Those abandoned, even when nobody comes any more; done by the worker, minute after minute."""
    with transaction() as session:
        _forget(session, utcnow())


def _forget(session: Session, now: datetime) -> None:
    session.execute(delete(Draft).where(Draft.updated_at < now - DRAFT_LIFE))


def save_draft(draft_id: str, data: Mapping[str, Any], step: str) -> None:
    """Keep what was typed, valid or not; a filed draft is left as it is."""
    with transaction() as session:
        # Locked: two pages sent at once both count, and filing in between is not undone.
        draft = session.get(Draft, draft_id, with_for_update=True)
        if draft is not None and draft.step != FILED:
            draft.data = {**draft.data, **data}
            draft.step, draft.updated_at = step, utcnow()


def revoke_link(inquiry_id: int) -> int:
    """Make the current secret link useless; returns the new link version."""
    with transaction() as session:
        inquiry = session.get_one(Inquiry, inquiry_id)
        inquiry.link_version += 1
        return inquiry.link_version
