"""A task as it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, SelectChoice, SelectField, StringField
from wtforms.validators import DataRequired, ValidationError

from app.kernel.clock import today
from app.web.inputs import DAYS, FrenchDate, at_most, stripped
from app.workbench.todo import NewTask

FURTHEST = timedelta(days=3 * 366)


class TaskForm(FlaskForm):
    stamp = HiddenField()
    title = StringField(
        "Que faut-il faire\u00a0?",
        [DataRequired("Écrivez ce qu’il faut faire"), at_most(200)],
        filters=[stripped],
    )
    due = FrenchDate("Pour le", [DataRequired("Donnez une date")], format=DAYS)
    owner = SelectField("Qui s’en charge", validate_choice=False)

    known_due: date | None = None
    """The date a late task already has: it may keep it."""

    def offer(self, people: Sequence[tuple[int, str]]) -> None:
        named = [SelectChoice(value=str(user_id), label=name) for user_id, name in people]
        self.owner.choices = [SelectChoice(value="", label="Toute l’équipe"), *named]

    def fill(self, task: NewTask) -> None:
        self.stamp.data, self.title.data, self.due.data = task.stamp(), task.title, task.due
        self.owner.data = str(task.owner_id) if task.owner_id else ""

    def validate_due(self, field: Field) -> None:
        if field.data and field.data != self.known_due and not today() <= field.data <= today() + FURTHEST:
            raise ValidationError("Donnez une date à venir, d’ici trois ans")

    def validate_owner(self, field: Field) -> None:
        if (field.data or "") not in {choice.value for choice in field.choices}:
            raise ValidationError("Choisissez une personne de la liste")

    def task(self) -> NewTask:
        owner = int(self.owner.data) if self.owner.data else None
        return NewTask(self.title.data or "", self.due.data or today(), owner)
