"""One choice for each topic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flask_wtf import FlaskForm
from wtforms import RadioField

from app.mailbox.topics import Choice, Topic
from app.web.adviser.forms import choices


def _asked(topic: Topic) -> RadioField:
    return RadioField(topic.label, choices=choices(Choice), name=topic.value)


class LettersForm(FlaskForm):
    new_case = _asked(Topic.NEW_CASE)
    relay = _asked(Topic.RELAY)
    reminder = _asked(Topic.REMINDER)
    company = _asked(Topic.COMPANY)
    note = _asked(Topic.NOTE)
    returned = _asked(Topic.RETURNED)

    def fill(self, told: Mapping[Topic, Choice]) -> None:
        for topic, field in self._fields_by_topic():
            field.data = told[topic].value

    def chosen(self) -> dict[Topic, Choice]:
        return {topic: Choice(field.data) for topic, field in self._fields_by_topic()}

    def _fields_by_topic(self) -> Iterator[tuple[Topic, RadioField]]:
        return ((topic, self[topic.value]) for topic in Topic)
