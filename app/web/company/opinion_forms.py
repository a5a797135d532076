"""Four questions at closing, one some months later."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired

from app.opinions.actions import Given
from app.opinions.words import Later, LedTo, Useful
from app.web.company.forms import options
from app.web.inputs import at_most, stripped

YES, NO = "oui", "non"
LONGEST = 2000


class OpinionForm(FlaskForm):
    contacted = RadioField(
        "Vous a-t-on contacté ?",
        choices=options(((YES, "Oui"), (NO, "Non"))),
        validators=[InputRequired("Dites si l’on vous a contacté")],
    )
    useful = RadioField(
        "Était-ce utile ?",
        choices=options((one.value, one.label) for one in Useful),
        validators=[InputRequired("Dites si c’était utile")],
    )
    led_to = RadioField(
        "À quoi cela a-t-il mené ?",
        choices=options((one.value, one.label) for one in LedTo),
        validate_choice=False,
    )
    comment = TextAreaField("Un mot de plus", validators=[at_most(LONGEST)], filters=[stripped])

    def given(self) -> Given:
        led_to = LedTo(self.led_to.data) if self.led_to.data in set(LedTo) else None
        return Given(self.contacted.data == YES, Useful(self.useful.data), led_to, self.comment.data or None)


class ResultForm(FlaskForm):
    reponse = RadioField(
        "Où en est votre besoin ?",
        choices=options((one.value, one.label) for one in Later),
        validators=[InputRequired("Choisissez une réponse")],
    )
