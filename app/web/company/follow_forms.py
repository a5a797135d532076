"""What a company sends from its page."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from flask_wtf import FlaskForm
from wtforms import RadioField, StringField
from wtforms.validators import DataRequired, ValidationError

from app.dossiers.lifecycle import WithdrawReason
from app.inquiries.contacts import Contact
from app.kernel.clock import today
from app.web.company.forms import ContactForm, options, phone_of
from app.web.inputs import DAYS, CheckboxesField, FrenchDate, at_most, stripped

if TYPE_CHECKING:
    from app.web.company.acknowledging import NeedView

OLDEST = timedelta(days=366)


class CalledForm(FlaskForm):
    """« On m’a appelé le… »."""

    on = FrenchDate("Quel jour ?", [DataRequired("Donnez le jour de l’appel")], format=DAYS)

    def validate_on(self, field: FrenchDate) -> None:
        if field.data and not today() - OLDEST <= field.data <= today():
            raise ValidationError("Donnez un jour passé, ou aujourd’hui")


class WithdrawForm(FlaskForm):
    needs = CheckboxesField("Que retirez-vous ?", validate_choice=False)
    reason = RadioField(
        "Pourquoi ?",
        choices=options((one.value, one.label) for one in WithdrawReason),
        validate_choice=False,
    )

    def offer(self, views: list[NeedView]) -> None:
        self.needs.choices = options((str(view.need.id), view.label) for view in views)

    def validate_needs(self, field: CheckboxesField) -> None:
        known = {choice.value for choice in field.choices or ()}
        if not field.data:
            raise ValidationError("Cochez ce que vous retirez")
        if any(key not in known for key in field.data):
            raise ValidationError("Choisissez dans la liste. Ce besoin est peut-être déjà clos")

    def validate_reason(self, field: RadioField) -> None:
        if field.data and field.data not in set(WithdrawReason):
            raise ValidationError("Choisissez une réponse de la liste")

    def chosen(self) -> tuple[list[int], WithdrawReason | None]:
        return [int(key) for key in self.needs.data], WithdrawReason(
            self.reason.data
        ) if self.reason.data else None


class CorrectionForm(ContactForm):
    """The contact step again, without the consent already given."""

    consent = None

    def contact(self) -> Contact:
        return Contact(
            contact_name=self.contact_name.data or None,
            email=self.email.data or None,
            phone=phone_of(self.phone.data) if self.phone.data else None,
            preferred_time=self.preferred_time.data or None,
        )


class LostLinkForm(FlaskForm):
    asked = StringField(
        "Votre référence ou votre e-mail",
        validators=[DataRequired("Écrivez votre référence ou votre e-mail"), at_most(254)],
        filters=[stripped],
    )


def as_typed(contact: Contact) -> dict[str, Any]:
    """The contact in use, to correct."""
    return {
        "contact_name": contact.contact_name,
        "email": contact.email,
        "phone": contact.phone,
        "preferred_time": contact.preferred_time,
    }
