"""What a Maison answers to a collective need."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, RadioField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import ValidationError

from app.collective.need_actions import CLOSING
from app.collective.words import Reason, State
from app.web.inputs import at_most, number_of, stripped

LONGEST = 800
LABELS = {
    State.TREATED: "C’est traité : les entreprises ont eu une réponse",
    State.NOT_RELEVANT: "Il n’y a pas lieu d’agir",
}
NEVER = -1


class AnswerForm(FlaskForm):
    version = HiddenField()
    said = RadioField(
        "Votre réponse",
        choices=[SelectChoice(value=one.value, label=LABELS[one]) for one in CLOSING],
        validate_choice=False,
    )
    reason = SelectField(
        "Pourquoi n’y a-t-il pas lieu d’agir ?",
        choices=[
            SelectChoice(value="", label="Choisir une raison"),
            *(SelectChoice(value=one.value, label=one.label) for one in Reason),
        ],
        validate_choice=False,
    )
    words = TextAreaField("Une précision", [at_most(LONGEST)], filters=[stripped])

    def validate_said(self, field: Field) -> None:
        if field.data not in CLOSING:
            raise ValidationError("Choisissez une réponse")

    def validate_reason(self, field: Field) -> None:
        if self.said.data == State.NOT_RELEVANT and field.data not in set(Reason):
            raise ValidationError("Choisissez une raison")

    def validate_words(self, field: Field) -> None:
        if self.given_reason is Reason.OTHER and not field.data:
            raise ValidationError("Écrivez la raison")

    @property
    def given_reason(self) -> Reason | None:
        """Only a refusal to act has one: what another answer left in the list is not read."""
        known = self.reason.data in set(Reason) and self.said.data == State.NOT_RELEVANT
        return Reason(self.reason.data) if known else None

    def seen(self) -> int:
        """The version read; what is not a number was never read."""
        found = number_of(self.version.data or "")
        return NEVER if found is None else found
