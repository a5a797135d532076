"""A collective action as a Maison types it: planned, held, abandoned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from flask_wtf import FlaskForm
from wtforms import (
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, NumberRange, Optional, ValidationError

from app.collective.acting import ActionKind, Result, names_one_of
from app.collective.planned import Asked
from app.collective.planning_actions import NewAction, Outcome
from app.kernel.clock import today
from app.web.inputs import DAYS, CheckboxesField, FrenchDate, at_most, number_of, stripped

FURTHEST = timedelta(days=2 * 366)
NEVER = -1


def to_come(field: Field) -> None:
    """Raises ValidationError for a day that is past, or too far."""
    if field.data and not today() <= field.data <= today() + FURTHEST:
        raise ValidationError("Donnez une date à venir, d’ici deux ans")


def _as_read(field: Field) -> str:
    named = {one.value: one.label for one in getattr(field, "choices", None) or ()}
    return str(named.get(field.data, field.raw_data[0]))


class Seen(FlaskForm):
    """A form at the version it was read at. What it says is read outside the desk: `silent_about` are the companies
    of the need, which it may not name."""

    version = HiddenField()
    silent_about: Sequence[str] = ()

    def names_nobody(self, field: Field) -> None:
        """Raises ValidationError, without saying which: who typed it knows, nobody else learns it."""
        if names_one_of(field.data or "", self.silent_about):
            raise ValidationError(
                "Une entreprise de ce besoin y est nommée, et d’autres le liront. Retirez son nom"
            )

    def typed(self) -> list[tuple[str, str]]:
        """(label, text) of what was filled in, to give it back when the form itself is no longer shown."""
        shown = (one for one in self if not isinstance(one, HiddenField) and one.raw_data)
        return [(one.label.text, _as_read(one)) for one in shown if one.raw_data[0]]

    def seen(self) -> int:
        found = number_of(self.version.data or "")
        return NEVER if found is None else found


class PlanForm(Seen):
    kind = RadioField(
        "Quelle action\u00a0?",
        choices=[SelectChoice(value=one.value, label=one.label) for one in ActionKind],
        validate_choice=False,
    )
    title = StringField(
        "Son nom", [DataRequired("Donnez un nom à l’action"), at_most(120)], filters=[stripped]
    )
    bearer = SelectField("Qui la porte\u00a0?", validate_choice=False)
    on = FrenchDate("Quel jour\u00a0?", [DataRequired("Donnez une date")], format=DAYS)
    asked = CheckboxesField("Les demandes dont l’entreprise est interrogée", validate_choice=False)

    def offer(self, bearers: Sequence[tuple[str, str]], companies: Sequence[Asked]) -> None:
        named = [SelectChoice(value=slug, label=name) for slug, name in bearers]
        self.bearer.choices = [SelectChoice(value="", label="Choisir une antenne"), *named]
        self.silent_about = [one.company for one in companies]
        self.asked.choices = [
            SelectChoice(value=str(one.inquiry_id), label=f"{one.reference} · {one.place}")
            for one in companies
        ]

    def validate_title(self, field: Field) -> None:
        self.names_nobody(field)

    def validate_kind(self, field: Field) -> None:
        if field.data not in set(ActionKind):
            raise ValidationError("Choisissez une action")

    def validate_bearer(self, field: Field) -> None:
        if not field.data or field.data not in {one.value for one in field.choices}:
            raise ValidationError("Choisissez une antenne de la liste")

    def validate_on(self, field: Field) -> None:
        to_come(field)

    def validate_asked(self, field: Field) -> None:
        if not set(field.data or ()) & {one.value for one in field.choices}:
            raise ValidationError("Choisissez au moins une demande")

    def new(self) -> NewAction:
        known = {one.value for one in self.asked.choices}
        asked = [int(one) for one in self.asked.data or () if one in known]
        return NewAction(
            ActionKind(self.kind.data),
            self.title.data or "",
            self.bearer.data,
            self.on.data or today(),
            asked,
        )


class HeldForm(Seen):
    result = SelectField(
        "Ce qu’elle a donné",
        choices=[
            SelectChoice(value="", label="Choisir"),
            *(SelectChoice(value=one.value, label=one.label) for one in Result),
        ],
        validate_choice=False,
    )
    people = IntegerField(
        "Combien de personnes\u00a0?",
        [Optional(), NumberRange(0, 100_000, "Donnez un nombre, 0 ou plus")],
    )
    words = TextAreaField("En quelques mots, pour les entreprises", [at_most(800)], filters=[stripped])

    def validate_result(self, field: Field) -> None:
        if field.data not in set(Result):
            raise ValidationError("Choisissez un résultat")

    def validate_words(self, field: Field) -> None:
        self.names_nobody(field)

    def outcome(self) -> Outcome:
        return Outcome(Result(self.result.data), self.people.data, self.words.data or None)


class MoveForm(Seen):
    on = FrenchDate("Quel jour\u00a0?", [DataRequired("Donnez une date")], format=DAYS)
    reason = StringField(
        "Pourquoi\u00a0?", [DataRequired("Dites pourquoi"), at_most(200)], filters=[stripped]
    )

    def validate_on(self, field: Field) -> None:
        to_come(field)

    def validate_reason(self, field: Field) -> None:
        self.names_nobody(field)


class AbandonForm(Seen):
    why = TextAreaField(
        "Pourquoi\u00a0?", [DataRequired("Dites pourquoi aux entreprises"), at_most(800)], filters=[stripped]
    )

    def validate_why(self, field: Field) -> None:
        self.names_nobody(field)
