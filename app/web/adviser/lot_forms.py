"""What is asked once for all the dossiers chosen."""

from __future__ import annotations

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, TextAreaField
from wtforms.validators import InputRequired

from app.dossiers.lifecycle import CHOSEN_BY_ADVISER
from app.web.adviser.forms import LONGEST_COMMENT, choices
from app.web.inputs import at_most, stripped


class LotForm(FlaskForm):
    """What every gesture on several dossiers has in common: its lines, which are no field."""


class TakeLot(LotForm):
    """Nothing more to say."""


class GiveLot(LotForm):
    colleague = RadioField(
        "À qui confiez-vous ces dossiers ?", validators=[InputRequired("Choisissez une personne")]
    )
    comment = TextAreaField("Une précision", filters=[stripped], validators=[at_most(LONGEST_COMMENT)])

    def offer(self, people: Iterable[tuple[int, str]]) -> None:
        self.colleague.choices = [SelectChoice(value=str(one), label=name) for one, name in people]


class CloseLot(LotForm):
    outcome = RadioField(
        "Qu’ont obtenu ces entreprises ?",
        choices=choices(CHOSEN_BY_ADVISER),
        validators=[InputRequired("Choisissez un résultat")],
    )
    comment = TextAreaField("Une précision", filters=[stripped], validators=[at_most(LONGEST_COMMENT)])
