"""The team of a branch: who is away, who answers meanwhile, how many new cases a week it can take."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Optional, ValidationError

from app.accounts import absence_actions
from app.accounts.abilities import Role
from app.accounts.absence_actions import NotYourTeam
from app.accounts.absences import absences_of, colleagues
from app.accounts.actions import Impossible
from app.directory.capacity_actions import say_capacity
from app.directory.queries import capacity_of
from app.kernel.clock import today
from app.web.doors import current_viewer
from app.web.inputs import DAYS, FrenchDate
from app.web.manager.pages import blueprint

MOST = 1000
TEAM = "/equipe/<int(max=2147483647):branch_id>/"
Answer = str | tuple[str, int] | Response


class CapacityForm(FlaskForm):
    per_week = StringField("Nouveaux dossiers par semaine")

    def validate_per_week(self, field: StringField) -> None:
        text = (field.data or "").strip()
        good = text.isascii() and text.isdigit() and len(text) < 6 and int(text) <= MOST
        if text and not good:
            raise ValidationError(f"Écrivez un nombre entre 0 et {MOST}, ou rien")

    def said(self) -> int | None:
        text = (self.per_week.data or "").strip()
        return int(text) if text else None


class AbsenceForm(FlaskForm):
    who = SelectField("Qui", validate_choice=False)
    starts_on = FrenchDate("Du", [InputRequired("Donnez le premier jour")], format=DAYS)
    ends_on = FrenchDate("Au", [InputRequired("Donnez le dernier jour")], format=DAYS)
    replaced_by = SelectField("Qui répond à sa place", [Optional()], validate_choice=False)

    def offer(self, team: list[tuple[int, str]]) -> None:
        pairs = [(str(user_id), name) for user_id, name in team]
        self.who.choices = [("", "Choisissez une personne"), *pairs]
        self.replaced_by.choices = [("", "L’équipe"), *pairs]

    def validate_who(self, field: SelectField) -> None:
        if not field.data or field.data not in dict(field.choices or ()):
            raise ValidationError("Choisissez une personne de l’antenne")

    def validate_replaced_by(self, field: SelectField) -> None:
        if field.data and field.data not in dict(field.choices or ()):
            raise ValidationError("Choisissez une personne de l’antenne")


@blueprint.get("/equipe")
def teams() -> Answer:
    """The branches this manager answers for; the only one opens at once."""
    mine = [post for post in current_viewer().posts if post.role is Role.BRANCH_MANAGER]
    if len(mine) == 1:
        return redirect(url_for(".team", branch_id=mine[0].branch_id))
    return render_template("manager/teams.html", posts=mine)


@blueprint.get(TEAM)
def team(branch_id: int) -> Answer:
    return _page(branch_id)


@blueprint.post(f"{TEAM}capacite")
def capacity(branch_id: int) -> Answer:
    _mine(branch_id)
    form = CapacityForm()
    if not form.validate():
        return _page(branch_id, capacity_form=form, status=400)
    say_capacity(branch_id, form.said())
    flash("La capacité de l’antenne est enregistrée.", "success")
    return redirect(url_for(".team", branch_id=branch_id), 303)


@blueprint.post(f"{TEAM}absences")
def absence(branch_id: int) -> Answer:
    form = _absence_form(branch_id)
    if not form.validate():
        return _page(branch_id, form=form, status=400)
    other = int(form.replaced_by.data) if form.replaced_by.data else None

    def enter() -> None:
        absence_actions.enter_absence(
            current_viewer(), branch_id, int(form.who.data), form.starts_on.data, form.ends_on.data, other
        )

    return _done(branch_id, enter, "L’absence est notée.", form)


@blueprint.post(f"{TEAM}absences/<int(max=2147483647):absence_id>/retirer")
def remove_absence(branch_id: int, absence_id: int) -> Answer:
    def remove() -> None:
        absence_actions.remove_absence(current_viewer(), branch_id, absence_id)

    return _done(branch_id, remove, "L’absence est retirée.")


def _done(branch_id: int, act: Callable[[], None], said: str, form: AbsenceForm | None = None) -> Answer:
    try:
        act()
    except NotYourTeam:
        abort(404)
    except Impossible as refusal:
        if form is None or refusal.field is None:
            abort(400)
        form[refusal.field].errors = [refusal.sentence]
        return _page(branch_id, form=form, status=400)
    flash(said, "success")
    return redirect(url_for(".team", branch_id=branch_id), 303)


def _mine(branch_id: int) -> str:
    """The name of a branch this viewer manages; any other does not exist."""
    found = {
        post.branch_id: post.branch_name
        for post in current_viewer().posts
        if post.role is Role.BRANCH_MANAGER
    }
    if branch_id not in found:
        abort(404)
    return found[branch_id]


def _absence_form(branch_id: int, *, blank: bool = False) -> AbsenceForm:
    _mine(branch_id)
    form = AbsenceForm(formdata=None) if blank else AbsenceForm()
    form.offer(list(colleagues(branch_id, today())))
    return form


def _page(
    branch_id: int,
    *,
    form: AbsenceForm | None = None,
    capacity_form: CapacityForm | None = None,
    status: int = 200,
) -> Answer:
    name, said = _mine(branch_id), capacity_of(branch_id)
    shown = capacity_form or CapacityForm(formdata=None, per_week="" if said is None else str(said))
    page = render_template(
        "manager/team.html",
        name=name,
        branch_id=branch_id,
        form=form or _absence_form(branch_id, blank=True),
        capacity_form=shown,
        said=said,
        absences=absences_of(branch_id, today()),
        today=today(),
    )
    return page, status
