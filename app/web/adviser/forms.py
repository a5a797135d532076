"""What an adviser sends."""

from __future__ import annotations

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from app.dossiers.choosing import Choices
from app.dossiers.lifecycle import CHOSEN_BY_ADVISER, DeclineReason, Outcome, ReopenReason
from app.kernel.vocabulary import Listed
from app.routing.rulebook import Rulebook
from app.web.adviser.finding_form import FindingFields
from app.web.inputs import stripped

LONGEST_COMMENT = 800
NEVER = -1


def choices(members: Iterable[Listed]) -> list[SelectChoice]:
    """The members of a closed list, to choose from."""
    return [SelectChoice(value=member.value, label=member.label) for member in members]


def number(text: str | None) -> int:
    """A number that was sent; what is none is no row's."""
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else NEVER


class MoveForm(FlaskForm):
    """Every move says which version of the dossier was on the screen."""

    version = HiddenField()

    def seen(self) -> int:
        """The version read; what is not a number was never read."""
        return number(self.version.data)


def comment_field() -> TextAreaField:
    too_long = f"Raccourcissez : {LONGEST_COMMENT} caractères au plus"
    return TextAreaField(
        "Une précision", filters=[stripped], validators=[Length(max=LONGEST_COMMENT, message=too_long)]
    )


class WaitForm(MoveForm):
    comment = comment_field()


class DeclineForm(MoveForm):
    reason = RadioField(
        "Pourquoi refusez-vous ce dossier ?",
        choices=choices(DeclineReason),
        validators=[InputRequired("Choisissez une raison")],
    )
    comment = comment_field()


class ExplainForm(MoveForm):
    sentence = TextAreaField(
        "Pourquoi ce dossier dure",
        validators=[
            DataRequired("Écrivez une phrase pour l’entreprise"),
            Length(max=LONGEST_COMMENT, message="Raccourcissez : 800 caractères au plus"),
        ],
        filters=[stripped],
    )


class CloseForm(FindingFields, MoveForm):
    outcome = RadioField(
        "Qu’a obtenu l’entreprise ?",
        choices=choices(CHOSEN_BY_ADVISER),
        validators=[InputRequired("Choisissez un résultat")],
    )
    comment = comment_field()

    untried = ""
    """Why « injoignable » is not possible yet."""

    def validate_outcome(self, field: Field) -> None:
        if field.data == Outcome.UNREACHABLE and self.untried:
            raise ValidationError(self.untried)


class ReopenForm(MoveForm):
    reason = RadioField(
        "Pourquoi rouvrez-vous ce dossier ?",
        choices=choices(ReopenReason),
        validators=[InputRequired("Choisissez une raison")],
    )
    comment = comment_field()


class ChooseForm(MoveForm):
    """A branch, found by name if need be; « Chercher » keeps what was typed and chooses nothing."""

    words = StringField("Chercher une autre antenne", filters=[stripped], validators=[Length(max=80)])
    search = SubmitField("Chercher")
    branch = StringField("Quelle antenne ?", filters=[stripped])
    knowingly = BooleanField("Je la choisis alors qu’elle a déjà refusé ou passé ce besoin")
    comment = comment_field()

    def chosen(self, found: Choices) -> bool:
        """Was a branch chosen that may be asked?"""
        if not self.validate_on_submit() or self.search.data:
            return False
        choice = found.of(self.branch.data or "")
        if choice is None:
            self.branch.errors = ["Choisissez une antenne"]
        elif choice.refused and not self.knowingly.data:
            self.knowingly.errors = [
                "Cette antenne a déjà refusé ou passé ce besoin. Cochez pour la choisir quand même"
            ]
        return not self.errors


class RequalifyForm(MoveForm):
    need = SelectField(
        "De quel besoin s’agit-il en fait ?", validators=[InputRequired("Choisissez un besoin")]
    )
    comment = comment_field()

    @classmethod
    def about(cls, book: Rulebook) -> RequalifyForm:
        """The needs of the desk, by theme."""
        form = cls()
        themes = {
            theme.label: [SelectChoice(need.key, need.label) for need in book.needs_of(key) if need.in_scope]
            for key, theme in book.themes.items()
        }
        form.need.choices = {label: needs for label, needs in themes.items() if needs}
        return form
