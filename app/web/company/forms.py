"""The three steps as forms: text in, parsed values out, every message in French."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from app.inquiries.entering import ConsentHow
from app.kernel.codes import CodeError, Siret
from app.routing.legal_forms import legal_form_of
from app.routing.rulebook import Question, Rulebook
from app.web.company.counting import count_of
from app.web.company.finding import (
    UNKNOWN,
    Found,
    find_activity,
    find_agreement,
    find_commune,
    is_outside,
    suggested_agreements,
)
from app.web.company.questions import field_name, field_of
from app.web.company.recognising import found_in, told_in
from app.web.company.remarks import option
from app.web.company.typed import as_form, first
from app.web.inputs import CheckboxesField

MOST_NEEDS = 5
BANDS: Mapping[str, tuple[str, tuple[int, int | None]]] = {
    "0": ("Aucun", (0, 0)),
    "1-10": ("1 à 10", (1, 10)),
    "11-19": ("11 à 19", (11, 19)),
    "20-49": ("20 à 49", (20, 49)),
    "50-249": ("50 à 249", (50, 249)),
    "250": ("250 et plus", (250, None)),
}
"""Cut where the law cuts: 11, 20, 50 and 250 employees."""
EMAIL = re.compile(r"^[^@\s<>,;\"]{1,64}@[^@\s<>,;\"]+\.[^@\s<>,;\".]{2,}$")
PREFERRED = ("Peu importe", "Le matin", "Entre midi et deux", "L’après-midi", "En fin de journée")


def at_most(length: int) -> Length:
    return Length(max=length, message=f"Raccourcissez : {length} caractères au plus")


def options(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice(value=value, label=label) for value, label in pairs]


LEGAL_FORMS: Mapping[str, str] = {
    "societe": "Société",
    "individuelle": "Entreprise individuelle",
    "micro": "Micro-entreprise",
    "association": "Association",
    "publique": "Organisme public",
}


class NeedForm(FlaskForm):
    words = TextAreaField("Votre besoin, en une ou deux phrases", validators=[at_most(1000)])
    needs = CheckboxesField("Quelle phrase vous ressemble ?", validate_choice=False)

    def offer(self, book: Rulebook) -> None:
        self.needs.choices = options((need.key, need.label) for need in book.needs.values())

    def validate_needs(self, field: CheckboxesField) -> None:
        known = {choice.value for choice in field.choices or ()}
        if any(key not in known for key in field.data or ()):
            raise ValidationError("Choisissez des phrases de la liste")
        if len(set(field.data or ())) > MOST_NEEDS:
            raise ValidationError("Choisissez cinq phrases au plus. Vous pourrez faire une autre demande")
        if not field.data:
            raise ValidationError("Cochez au moins une phrase")


class EstablishmentForm(FlaskForm):
    siret = StringField("Numéro SIRET", validators=[at_most(40)])
    company = StringField("Nom de l’entreprise", validators=[at_most(200)])
    commune = StringField(
        "Commune ou code postal",
        validators=[InputRequired("Écrivez votre commune ou son code postal"), at_most(100)],
    )
    commune_code = RadioField("Laquelle ?", validate_choice=False)
    band = RadioField(
        "Combien de salariés avez-vous, sans vous compter ?",
        choices=options([*((key, label) for key, (label, _) in BANDS.items()), (UNKNOWN, "Je ne sais pas")]),
        validate_choice=False,
    )
    workforce = StringField("Nombre exact", validators=[at_most(40)])
    activity = StringField("Votre activité", validators=[at_most(120)])
    naf = RadioField("Quelle activité ?", validate_choice=False)
    agreement = StringField("Votre convention collective", validators=[at_most(160)])
    idcc = RadioField("Quelle convention ?", validate_choice=False)
    agreements_seen = HiddenField()
    search = StringField("Retrouver votre entreprise", validators=[at_most(120)])
    found = RadioField("Lequel est le vôtre ?", validate_choice=False)
    legal_form = RadioField("Forme juridique", choices=options(LEGAL_FORMS.items()), validate_choice=False)

    def look_up(self, data: Mapping[str, Any]) -> None:
        """Search the directory and the territory once; the fields then offer what was found."""
        self.told = told_in(data)
        self.found.choices = options(option(one) for one in found_in(data))
        self.place = find_commune(self._text("commune"), self._text("commune_code"))
        self.activity_found = find_activity(self._text("activity"), self._text("naf"))
        self.agreement_found = self._agreement()
        self.commune_code.choices = options(self.place.options)
        self.naf.choices = _with_unknown(self.activity_found)
        self.idcc.choices = _with_unknown(self.agreement_found)

    def _agreement(self) -> Found:
        text, chosen = self._text("agreement"), self._text("idcc")
        if text:
            return find_agreement(text, chosen)
        official = self.told.found.idcc if self.told else ()
        return suggested_agreements(self.activity_found, chosen, official)

    @property
    def _agreement_to_ask(self) -> bool:
        """Asked once: with the activity when it is to choose as well, else by itself; then left unknown."""
        return not self.agreements_seen.data and (self.activity_found.settled or not self.activity.data)

    @property
    def agreements_shown(self) -> bool:
        """Are the agreements to choose from on the page?"""
        beside = (self.activity.errors or self.told) and not self.agreement.data
        return bool((self.agreement.errors or self.idcc.data or beside) and self.agreement_found.options)

    def _text(self, name: str) -> str:
        return (self[name].data or "")[:200]

    @property
    def outside(self) -> bool:
        return not self.place.settled and is_outside(self._text("commune"))

    @property
    def workforce_told(self) -> tuple[int, int | None] | None:
        """The exact number wins over the band."""
        exact = count_of(self._text("workforce"))
        if exact is not None:
            return exact, exact
        return BANDS[self.band.data][1] if self.band.data in BANDS else None

    def validate_siret(self, field: StringField) -> None:
        if field.data:
            try:
                Siret(field.data)
            except CodeError as error:
                raise ValidationError(str(error)) from error

    def validate_company(self, field: StringField) -> None:
        if not field.data:
            raise ValidationError("Écrivez le nom de l’entreprise")

    def validate_commune(self, field: StringField) -> None:
        if not field.data or self.place.settled or self.outside:
            return
        if self.place.misspelt:
            raise ValidationError("Aucune commune d’Occitanie ne s’écrit ainsi. Est-ce l’une de celles-ci ?")
        if self.place.options:
            several = len(self.place.options) > 1
            raise ValidationError(
                "Plusieurs communes correspondent. Choisissez la vôtre"
                if several
                else "Est-ce bien cette commune ? Choisissez-la, ou corrigez"
            )
        raise ValidationError("Cette commune n’est pas en Occitanie. Essayez son code postal")

    def validate_band(self, field: RadioField) -> None:
        if field.data and field.data not in BANDS and field.data != UNKNOWN:
            raise ValidationError("Choisissez une réponse de la liste")

    def validate_legal_form(self, field: RadioField) -> None:
        if field.data and field.data not in LEGAL_FORMS:
            raise ValidationError("Choisissez une réponse de la liste")

    @property
    def legal_form_told(self) -> str | None:
        """The register's own category while the owner lets it stand, else the family chosen."""
        known = self.told.found.legal_form if self.told else ""
        chosen = self.legal_form.data or ""
        if known and legal_form_of(known) == chosen:
            return known
        return chosen if chosen in LEGAL_FORMS else None

    def validate_workforce(self, field: StringField) -> None:
        if field.data and count_of(field.data) is None:
            raise ValidationError("Écrivez un nombre entier, en chiffres")

    def validate_activity(self, field: StringField) -> None:
        if not field.data or self.activity_found.settled:
            return
        if self.activity_found.options:
            raise ValidationError("Choisissez votre activité dans la liste, ou « Je ne sais pas »")
        raise ValidationError("Aucune activité trouvée. Essayez un autre mot, ou « Je ne sais pas »")

    def validate_agreement(self, field: StringField) -> None:
        if self.agreement_found.settled or (not field.data and not self._agreement_to_ask):
            return
        if self.agreement_found.options:
            raise ValidationError("Choisissez votre convention dans la liste, ou « Je ne sais pas »")
        if field.data:
            raise ValidationError("Aucune convention trouvée. Essayez un autre mot, ou « Je ne sais pas »")


class ContactForm(FlaskForm):
    contact_name = StringField("Prénom et nom", validators=[InputRequired("Écrivez votre nom"), at_most(120)])
    phone = StringField("Téléphone", validators=[at_most(30)])
    email = StringField("E-mail", validators=[at_most(254)])
    preferred_time = RadioField(
        "Quand vous appeler ?", choices=options((text, text) for text in PREFERRED), validate_choice=False
    )
    consent = BooleanField(
        "J’accepte que ma demande soit transmise à l’organisme qui va me rappeler et à ceux qui l’aident.",
        validators=[DataRequired("Cochez la case pour nous permettre de transmettre votre demande")],
    )

    def validate_phone(self, field: StringField) -> None:
        if field.data:
            try:
                phone_of(field.data)
            except ValueError as error:
                raise ValidationError(str(error)) from error
        elif not self.email.data:
            raise ValidationError("Donnez un téléphone ou un e-mail : un seul suffit")

    def validate_email(self, field: StringField) -> None:
        if field.data and not EMAIL.match(field.data):
            raise ValidationError("Vérifiez l’adresse, par exemple nom@entreprise.fr")

    def validate_preferred_time(self, field: RadioField) -> None:
        if field.data and field.data not in PREFERRED:
            raise ValidationError("Choisissez une réponse de la liste")


def phone_of(text: str) -> str:
    """Ten French digits by pairs, or an international number. Raises ValueError with a French sentence."""
    digits = re.sub(r"[\s.\-()/\u00a0\u202f]", "", text)
    digits = re.sub(r"^(\+|00)33(\(0\)|0)?", "0", digits)
    if digits.startswith("+") and digits[1:].isascii() and digits[1:].isdigit() and 8 <= len(digits) <= 16:
        return digits
    if not digits.isascii() or not digits.isdigit():
        raise ValueError("Écrivez le téléphone en chiffres seulement")
    if len(digits) != 10:
        raise ValueError(_phone_gap(10 - len(digits)))
    if digits[0] != "0" or digits[1] == "0":
        raise ValueError("Un numéro français commence par 01 à 09")
    return " ".join(digits[n : n + 2] for n in range(0, 10, 2))


def _phone_gap(gap: int) -> str:
    if gap < 0:
        return "Il y a trop de chiffres. Écrivez les 10 chiffres."
    return f"Il manque {'un chiffre' if gap == 1 else f'{gap} chiffres'}. Écrivez les 10 chiffres."


def _with_unknown(found: Found) -> list[SelectChoice]:
    return options((*found.options, (UNKNOWN, "Je ne sais pas")))


def _guard(sent: bool) -> dict[str, Any]:
    """A form that is only read back from the draft was guarded when it was sent."""
    return {} if sent else {"csrf": False}


def need_form(data: Mapping[str, Any], book: Rulebook, *, sent: bool = True) -> NeedForm:
    form = NeedForm(formdata=as_form(data), meta=_guard(sent))
    form.offer(book)
    return form


def establishment_form(data: Mapping[str, Any], *, sent: bool = True) -> EstablishmentForm:
    form = EstablishmentForm(formdata=as_form(data), meta=_guard(sent))
    form.look_up(data)
    return form


class CounterContactForm(ContactForm):
    """The contact step typed by an adviser: the agreement of the company is theirs to report."""

    contact_name = StringField(
        "Prénom et nom de la personne à rappeler", validators=[InputRequired("Écrivez son nom"), at_most(120)]
    )
    consent_how = RadioField(
        "Comment l’entreprise a-t-elle donné son accord ?",
        choices=options((one.value, one.label) for one in ConsentHow),
        validate_choice=False,
    )
    consent_by = StringField(
        "Qui a donné cet accord ?",
        validators=[InputRequired("Écrivez le nom de la personne qui a donné son accord"), at_most(120)],
    )
    consent = BooleanField(
        "J’ai lu cette phrase à l’entreprise, et elle accepte.",
        validators=[DataRequired("Cochez la case : sans accord de l’entreprise, rien n’est transmis")],
    )

    def validate_consent_how(self, field: RadioField) -> None:
        if field.data not in set(ConsentHow):
            raise ValidationError("Dites comment l’accord a été donné")


def contact_form(
    data: Mapping[str, Any], questions: Iterable[Question], *, sent: bool = True, assisted: bool = False
) -> ContactForm:
    """The contact step with the questions of the day, asked first."""
    asked = {field_name(question.key): field_of(question) for question in questions}
    form_class = type("AskedContactForm", (CounterContactForm if assisted else ContactForm,), asked)
    form: ContactForm = form_class(formdata=as_form(data), meta=_guard(sent))
    return form


def chosen_needs(data: Mapping[str, Any], book: Rulebook) -> tuple[str, ...]:
    values = data.get("needs")
    keys = values if isinstance(values, list) else []
    return tuple(dict.fromkeys(key for key in keys if key in book.needs))


def words_typed(data: Mapping[str, Any]) -> str:
    return first(data, "words")
