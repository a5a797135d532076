"""What an administrator sends: text in, parsed values out, every message in French."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    Field,
    Form,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from app.directory.edits import BranchEdit
from app.directory.statuses import BranchStatus
from app.kernel.clock import today
from app.kernel.vocabulary import Opco
from app.web.admin.zones import ZoneError, read_zones
from app.web.inputs import DAYS, FrenchDate, at_most, stripped

EMAIL = re.compile(r"^[^@\s<>,;:\"()\[\]]{1,64}@[^@\s<>,;:\"()\[\]]{1,180}\.[^@\s<>,;:\".()\[\]]{2,}$")
FUNDS = {"FAFCEA": "FAFCEA", "AGEFICE": "AGEFICE", "FIF_PL": "FIF PL", "VIVEA": "VIVEA"}
UNDETERMINED = "inconnu"
NEVER = -1


def choices(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice(value=value, label=label) for value, label in pairs]


class VersionedForm(FlaskForm):
    """Every edit says which version was on the screen."""

    version = HiddenField()

    def seen(self) -> int:
        """The version read; what is not a number was never read."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else NEVER


class BranchForm(VersionedForm):
    name = StringField(
        "Nom de l’antenne", [DataRequired("Écrivez le nom de l’antenne"), at_most(200)], filters=[stripped]
    )
    status = RadioField(
        "État",
        choices=choices((one.value, one.label) for one in BranchStatus),
        default=BranchStatus.TO_CHECK.value,
        validators=[InputRequired("Choisissez un état")],
    )
    mailbox = StringField("Boîte aux lettres", [at_most(254)], filters=[stripped])
    mailbox_verified_on = FrenchDate("Boîte vérifiée le", [Optional(strip_whitespace=True)], format=DAYS)
    zones = TextAreaField("Territoire servi", [at_most(10_000)], filters=[stripped])
    source = StringField(
        "Source", [DataRequired("Dites d’où vient cette information"), at_most(300)], filters=[stripped]
    )

    keeps_zones = False
    """An entry point keeps the zones it has."""
    known: tuple[str | None, date | None] = (None, None)
    """The mailbox and its date as stored."""

    def validate_status(self, field: Field) -> None:
        if field.data not in set(BranchStatus):
            raise ValidationError("Choisissez un état de la liste")

    def validate_mailbox(self, field: Field) -> None:
        if field.data and not EMAIL.match(field.data):
            raise ValidationError("Cette adresse n’est pas complète. Elle ressemble à accueil@exemple.fr")

    def validate_mailbox_verified_on(self, field: Field) -> None:
        if field.data is None:
            return
        if not self.mailbox.data:
            raise ValidationError("Écrivez d’abord la boîte aux lettres que vous avez vérifiée")
        if field.data > today():
            raise ValidationError("Cette date n’est pas encore passée")
        mailbox, verified_on = self.known
        if self.mailbox.data != mailbox and mailbox and field.data == verified_on:
            raise ValidationError("Cette boîte est nouvelle. Donnez le jour où vous l’avez vérifiée")

    def validate_zones(self, field: Field) -> None:
        self.read: tuple[tuple[str, str], ...] = ()
        if self.keeps_zones:
            return
        try:
            self.read = read_zones(field.data or "")
        except ZoneError as error:
            raise ValidationError(str(error)) from error

    def edit(self) -> BranchEdit:
        return BranchEdit(
            self.name.data or "",
            BranchStatus(self.status.data),
            self.mailbox.data or None,
            self.mailbox_verified_on.data,
            self.read,
            self.source.data or None,
        )


class NewBranchForm(BranchForm):
    actor = SelectField("Réseau", validate_choice=False)
    opco = SelectField(
        "OPCO ou fonds, si le réseau en compte plusieurs",
        choices=choices(
            [("", "Sans objet"), *((one.value, one.label) for one in Opco), *FUNDS.items()],
        ),
        validate_choice=False,
    )

    def offer(self, actors: dict[str, str]) -> None:
        pairs = sorted(actors.items(), key=lambda one: one[1])
        self.actor.choices = choices([("", "Choisissez un réseau"), *pairs])

    def validate_actor(self, field: Field) -> None:
        if not field.data or field.data not in {choice.value for choice in field.choices or ()}:
            raise ValidationError("Choisissez un réseau de la liste")

    def validate_opco(self, field: Field) -> None:
        named: dict[str, set[str]] = {"opco": set(Opco), "faf": set(FUNDS)}
        allowed = named.get(self.actor.data or "", set())
        if self.actor.data == "opco" and field.data not in allowed:
            raise ValidationError("Choisissez l’OPCO de cette antenne")
        if field.data and field.data not in allowed:
            raise ValidationError("Ce choix ne va pas avec ce réseau. Laissez « Sans objet »")


class OpcoForm(VersionedForm):
    opco = RadioField(
        "OPCO de cette convention",
        choices=choices(
            [*((one.value, one.label) for one in Opco), (UNDETERMINED, "À déterminer : aucun OPCO établi")]
        ),
        validate_choice=False,
    )
    source = StringField("Source", [at_most(300)], filters=[stripped])

    def validate_opco(self, field: Field) -> None:
        if field.data not in {*Opco, UNDETERMINED}:
            raise ValidationError("Choisissez un OPCO de la liste")

    def validate_source(self, field: Field) -> None:
        if not field.data:
            raise ValidationError("Dites d’où vient cette information, par exemple un arrêté et sa date")

    def stated(self) -> str | None:
        return None if self.opco.data == UNDETERMINED else self.opco.data


class ImportForm(FlaskForm):
    kind = RadioField("Quel fichier importez-vous ?", validate_choice=False)
    file = FileField("Fichier")
    dry_run = BooleanField("Essai à blanc : lire et vérifier sans rien enregistrer", default=True)
    tried = HiddenField()
    """The mark of a file tried before, that need not be chosen again."""

    def validate_kind(self, field: Field) -> None:
        if field.data not in {choice.value for choice in field.choices or ()}:
            raise ValidationError("Choisissez un fichier de la liste")

    def validate_file(self, field: Field) -> None:
        if not self.tried.data and not getattr(field.data, "filename", ""):
            raise ValidationError("Choisissez un fichier sur votre ordinateur")


def say(form: Form, field: str, sentence: str) -> None:
    """Put a refusal beside the field it speaks of."""
    target = form[field]
    target.errors = [*target.errors, sentence]
