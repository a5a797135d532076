"""What an adviser says of a scheme followed: the next step, its day, an amount, a reason."""

from __future__ import annotations

from wtforms import Field, RadioField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import Optional, ValidationError

from app.kernel.clock import today
from app.web.adviser.forms import LONGEST_COMMENT, MoveForm, choices
from app.web.inputs import DAYS, EARLIEST, Euros, FrenchDate, at_most, stripped
from app.workbench.prescription_actions import Progress
from app.workbench.prescriptions import STEPS, Refusal, Step


class SchemeForm(MoveForm):
    step = RadioField("Où en est-on\u00a0?", validate_choice=False)
    on = FrenchDate("Le", [Optional(strip_whitespace=True)], format=DAYS)
    amount = Euros("Montant obtenu, en euros", [at_most(20)], filters=[stripped])
    refusal = SelectField(
        "Raison du refus",
        choices=[SelectChoice(value="", label="Aide non refusée"), *choices(Refusal)],
        validate_choice=False,
    )
    comment = TextAreaField("Une précision", [at_most(LONGEST_COMMENT)], filters=[stripped])

    decides = False
    """Is an answer awaited? An amount and a reason mean nothing before."""

    def offer(self, step: str) -> None:
        """Only what the table lets follow; the likeliest is chosen already."""
        following = STEPS[Step(step)]
        self.step.choices = choices(following)
        self.decides = Step.GRANTED in following or bool(self.amount.data or self.refusal.data)
        if not self.is_submitted() and following:
            self.step.data, self.on.data = following[0].value, today()

    def validate_step(self, field: Field) -> None:
        """Any step of the list: whether it may follow is for the table to say, on the row as it is now."""
        if field.data not in set(Step):
            raise ValidationError("Choisissez une suite")

    def validate_on(self, field: Field) -> None:
        if field.data and not EARLIEST <= field.data <= today():
            raise ValidationError("Cette date n’est pas encore passée, ou elle est trop ancienne")

    def validate_amount(self, field: Field) -> None:
        try:
            typed = self.amount.amount()
        except ValueError as error:
            raise ValidationError(str(error)) from error
        if typed is not None and self.step.data != Step.GRANTED:
            raise ValidationError(
                "Un montant se note quand l’aide est accordée. Effacez-le, ou choisissez « Accordé »"
            )

    def validate_refusal(self, field: Field) -> None:
        if self.step.data != Step.REFUSED:
            return
        if field.data not in set(Refusal):
            raise ValidationError("Choisissez la raison du refus")

    def progress(self) -> Progress:
        step = Step(self.step.data)
        refusal = Refusal(self.refusal.data) if step is Step.REFUSED else None
        return Progress(step, self.on.data or today(), self.amount.amount(), refusal, self.comment.data or "")
