"""A person says how they want their letters: theirs alone, the last word counts."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from app.accounts.abilities import Viewer
from app.accounts.models import User
from app.extensions import transaction
from app.mailbox.models import MailChoice
from app.mailbox.topics import Choice, Topic


def choose(viewer: Viewer, chosen: Mapping[Topic, Choice]) -> None:
    """From the next letter on: those already written keep their way. Chosen twice, it is one row."""
    with transaction() as session:
        session.get_one(User, viewer.user_id, with_for_update=True)
        asked = select(MailChoice).where(MailChoice.user_id == viewer.user_id)
        known = {row.topic: row for row in session.scalars(asked)}
        for topic, choice in chosen.items():
            if topic in known:
                known[topic].choice = choice
            else:
                session.add(MailChoice(user_id=viewer.user_id, topic=topic, choice=choice))
