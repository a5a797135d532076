"""A person and their posts, as an administrator types them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from app.accounts.abilities import Role
from app.accounts.actions import NewPerson, NewPost
from app.web.admin.forms import choices
from app.web.inputs import DAYS, FrenchDate, at_most, stripped

MOST_POSTS = 3
"""At the first entry; others are given afterwards."""
ROLES = {role.value: role.label for role in Role}


class PersonForm(FlaskForm):
    """Every change says which state of the person was on the screen."""

    stamp = HiddenField()


class PostForm(PersonForm):
    role = SelectField("Rôle", validate_choice=False)
    branch = SelectField("Antenne", validate_choice=False)
    starts_on = FrenchDate("Du", [Optional(strip_whitespace=True)], format=DAYS)
    ends_on = FrenchDate("Au", [Optional(strip_whitespace=True)], format=DAYS)

    def offer(self, branches: Sequence[tuple[int, str]]) -> None:
        _offer(self.role, self.branch, branches)

    def validate_role(self, field: Field) -> None:
        _check_role(field, required=True)

    def validate_branch(self, field: Field) -> None:
        _check_branch(field)

    def post(self) -> NewPost:
        return _post(self.role, self.branch, self.starts_on.data, self.ends_on.data)


class EndForm(PersonForm):
    on = FrenchDate("Dernier jour", [InputRequired("Donnez le dernier jour du poste")], format=DAYS)


class NewPersonForm(FlaskForm):
    name = StringField(
        "Prénom et nom", [DataRequired("Écrivez le prénom et le nom"), at_most(120)], filters=[stripped]
    )
    email = StringField(
        "Adresse e-mail", [DataRequired("Écrivez l’adresse e-mail"), at_most(254)], filters=[stripped]
    )

    def offer(self, branches: Sequence[tuple[int, str]]) -> None:
        for rank in ranks():
            _offer(self[f"role_{rank}"], self[f"branch_{rank}"], branches)

    def validate(self, extra_validators: object = None) -> bool:
        good: bool = super().validate(extra_validators)
        for rank in ranks():
            for name, check in (
                ("role", _check_first if rank == 1 else _check_role),
                ("branch", _check_branch),
            ):
                field = self[f"{name}_{rank}"]
                try:
                    check(field)
                except ValidationError as error:
                    field.errors = [*field.errors, str(error)]
                    good = False
        return good

    def person(self) -> NewPerson:
        asked = [rank for rank in ranks() if self[f"role_{rank}"].data]
        posts = tuple(
            _post(
                self[f"role_{rank}"],
                self[f"branch_{rank}"],
                self[f"starts_on_{rank}"].data,
                self[f"ends_on_{rank}"].data,
            )
            for rank in asked
        )
        return NewPerson(self.name.data or "", self.email.data or "", posts)

    def field_of(self, name: str, rank: int | None) -> str:
        """The field a refusal speaks of; `rank` counts the posts that were filled in."""
        asked = [one for one in ranks() if self[f"role_{one}"].data]
        return f"{name}_{asked[rank - 1]}" if rank else name


def ranks() -> Iterable[int]:
    return range(1, MOST_POSTS + 1)


for _rank in ranks():
    setattr(NewPersonForm, f"role_{_rank}", SelectField("Rôle", validate_choice=False))
    setattr(NewPersonForm, f"branch_{_rank}", SelectField("Antenne", validate_choice=False))
    for _name, _label in (("starts_on", "Du"), ("ends_on", "Au")):
        _dated = FrenchDate(_label, [Optional(strip_whitespace=True)], format=DAYS)
        setattr(NewPersonForm, f"{_name}_{_rank}", _dated)


def _offer(role: Field, branch: Field, branches: Sequence[tuple[int, str]]) -> None:
    role.choices = choices([("", "Choisissez un rôle"), *ROLES.items()])
    branch.choices = choices([("", "Toute la région"), *((str(key), name) for key, name in branches)])


def _check_first(field: Field) -> None:
    _check_role(field, required=True)


def _check_role(field: Field, *, required: bool = False) -> None:
    if (field.data or required) and field.data not in ROLES:
        raise ValidationError("Choisissez un rôle de la liste")


def _check_branch(field: Field) -> None:
    if field.data and field.data not in {choice.value for choice in field.choices or ()}:
        raise ValidationError("Choisissez une antenne de la liste")


def _post(role: Field, branch: Field, starts_on: date | None, ends_on: date | None) -> NewPost:
    return NewPost(Role(role.data), int(branch.data) if branch.data else None, starts_on, ends_on)
