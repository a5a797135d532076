"""Keeping a list of the inbox under a name, and forgetting it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select

from app.accounts.abilities import Viewer
from app.accounts.models import User
from app.dossiers.models import SavedList
from app.extensions import transaction
from app.kernel.clock import utcnow

MOST = 20


class TooManyLists(Exception):
    """This person already keeps as many lists as the page can show."""


def save_list(viewer: Viewer, name: str, asked: Mapping[str, str]) -> None:
    """The same name again replaces what it kept. Raises TooManyLists."""
    with transaction() as session:
        # Locked: two clicks at once are one list.
        session.get_one(User, viewer.user_id, with_for_update=True)
        own = SavedList.user_id == viewer.user_id
        known = session.scalar(select(SavedList).where(own, SavedList.name == name))
        if known is not None:
            known.asked, known.saved_at = dict(asked), utcnow()
            return
        if (session.scalar(select(func.count()).where(own)) or 0) >= MOST:
            raise TooManyLists
        session.add(SavedList(user_id=viewer.user_id, name=name, asked=dict(asked), saved_at=utcnow()))


def forget_list(viewer: Viewer, list_id: int) -> bool:
    """False when this person has no such list."""
    with transaction() as session:
        found = session.get(SavedList, list_id)
        if found is None or found.user_id != viewer.user_id:
            return False
        session.delete(found)
        return True
