"""How people want their letters: read for all those a letter concerns in one question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from app.extensions import db
from app.mailbox.models import MailChoice
from app.mailbox.topics import TOPIC_OF, UNLESS_TOLD, Choice, Topic


def choices_of(user_id: int) -> dict[Topic, Choice]:
    """What this person chose of each topic, or what applies to who chose nothing."""
    asked = select(MailChoice.topic, MailChoice.choice).where(MailChoice.user_id == user_id)
    told = {Topic(topic): Choice(choice) for topic, choice in db.session.execute(asked)}
    return {topic: told.get(topic, UNLESS_TOLD[topic]) for topic in Topic}


def wanted(user_ids: Iterable[int], kind: str) -> Mapping[int, Choice]:
    """How each of these people wants a letter of this kind."""
    people = list(user_ids)
    topic = TOPIC_OF.get(kind)
    if topic is None:
        return dict.fromkeys(people, Choice.AT_ONCE)
    asked = select(MailChoice.user_id, MailChoice.choice).where(
        MailChoice.user_id.in_(people), MailChoice.topic == topic
    )
    told = {user_id: Choice(choice) for user_id, choice in db.session.execute(asked)}
    return {user_id: told.get(user_id, UNLESS_TOLD[topic]) for user_id in people}
