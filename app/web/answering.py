"""The pages where model answers are written, opened alike in the doors of those who write some."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import Field as Input
from wtforms import HiddenField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, ValidationError

from app.web.doors import current_viewer
from app.web.inputs import at_most, number_of, stripped
from app.workbench import model_answer_actions as actions
from app.workbench.merging import Field, unknown_fields
from app.workbench.model_answers import AnswerRow, answer_of, readable, writable_places
from app.workbench.stale import StaleRow

ADDRESS = "/reponses-types/"
EVERYWHERE = "region"
NEVER = -1


class AnswerForm(FlaskForm):
    version = HiddenField()
    place = SelectField("Pour qui", validate_choice=False)
    title = StringField(
        "Nom", [DataRequired("Donnez un nom, celui que l’on choisira"), at_most(120)], filters=[stripped]
    )
    body = TextAreaField("Texte", [DataRequired("Écrivez le texte"), at_most(5000)], filters=[stripped])

    def offer(self, places: list[tuple[int | None, str]]) -> None:
        self.place.choices = [SelectChoice(value=str(key or EVERYWHERE), label=name) for key, name in places]

    def validate_body(self, field: Input) -> None:
        wrong = unknown_fields(field.data or "")
        if wrong:
            named = ", ".join(f"{{{name}}}" if name not in "{}" else name for name in wrong)
            raise ValidationError(f"Champ inconnu\u00a0: {named}. Choisissez dans la liste des champs")

    def validate_place(self, field: Input) -> None:
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError("Choisissez pour qui")

    def branch_id(self) -> int | None:
        return None if self.place.data == EVERYWHERE else int(self.place.data)

    def seen(self) -> int:
        """The version read; what is not a number was never read."""
        seen = number_of(self.version.data or "")
        return NEVER if seen is None else seen


def install_answers(blueprint: Blueprint) -> None:
    """The list, a new one, one to change."""
    blueprint.add_url_rule(ADDRESS, "model_answers", _list)
    blueprint.add_url_rule(f"{ADDRESS}nouvelle", "new_model_answer", _new, methods=["GET", "POST"])
    one = f"{ADDRESS}<int(max=2147483647):model_id>/"
    blueprint.add_url_rule(one, "model_answer", _one, methods=["GET", "POST"])


def _list() -> str:
    viewer = current_viewer()
    places = [place for place, _ in writable_places(viewer)]
    return render_template("answers/list.html", rows=readable(viewer), places=places)


def _new() -> ResponseReturnValue:
    form, places = AnswerForm(), writable_places(current_viewer())
    if not places:
        abort(404)
    form.offer(places)
    if form.validate_on_submit():
        actions.write_answer(current_viewer(), form.branch_id(), form.title.data or "", form.body.data or "")
        flash("La réponse type est enregistrée.", "success")
        return redirect(url_for(".model_answers"), code=303)
    page = render_template("answers/form.html", form=form, row=None, fields=Field, stale=False)
    return page, 400 if form.is_submitted() else 200


def _one(model_id: int) -> ResponseReturnValue:
    form, row, status = AnswerForm(), _found(model_id), 200
    del form.place
    if form.is_submitted():
        status = _written(row, form)
        if status == 303:
            return redirect(url_for(".model_answers"), code=303)
    else:
        form.title.data, form.body.data = row.title, row.body
    if status != 400:
        row = _found(model_id)
        form.version.data = str(row.version)
    page = render_template("answers/form.html", form=form, row=row, fields=Field, stale=status == 409)
    return page, status


def _written(row: AnswerRow, form: AnswerForm) -> int:
    """303 when written; otherwise the status of the page that keeps everything typed."""
    try:
        if "withdraw" in request.form:
            actions.withdraw_answer(current_viewer(), row.id, form.seen())
            flash("La réponse type est retirée.", "success")
            return 303
        if not form.validate():
            return 400
        title, body = form.title.data or "", form.body.data or ""
        actions.change_answer(current_viewer(), row.id, form.seen(), title, body)
    except StaleRow:
        return 409
    flash("La réponse type est enregistrée.", "success")
    return 303


def _found(model_id: int) -> AnswerRow:
    row = answer_of(current_viewer(), model_id)
    if row is None:
        abort(404)
    return row
