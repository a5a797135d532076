"""Working days: the lines of the service, those entered for a need or an actor, who changed what and when."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired

from app.dossiers.clocks import Steps
from app.dossiers.deadline_actions import StaleLines, enter_line, withdraw_line
from app.dossiers.deadline_lines import history, last_change, lines_in_force
from app.dossiers.deadlines import BOOK, BadLine, Target
from app.kernel.clock import today
from app.kernel.vocabulary import Urgency
from app.rulebooks.queries import NoRulebook, in_force
from app.web.admin.desk import actor_labels, blueprint
from app.web.admin.forms import VersionedForm, choices, say
from app.web.doors import current_viewer

NAMES = {
    "first_contact": "Premier contact promis",
    "reminder": "Premier rappel",
    "second": "Second rappel",
    "manager": "Responsable d’antenne",
    "maison": "Maison de Ma Région",
    "explain": "Clore ou expliquer",
    "silence": "Clos sans nouvelles",
}
Answer = str | tuple[str, int] | Response


class LineForm(VersionedForm):
    urgency = RadioField(
        "Urgence",
        choices=choices((one.value, one.label) for one in Urgency),
        validate_choice=False,
    )
    need = SelectField("Besoin", validate_choice=False)
    actor = SelectField("Réseau", validate_choice=False)

    def offer(self) -> None:
        self.need.choices = choices([("", "Tous les besoins"), *needs().items()])
        self.actor.choices = choices([("", "Tous les réseaux"), *actor_labels().items()])

    def validate(self, extra_validators: object = None) -> bool:
        good: bool = super().validate(extra_validators)
        if self.urgency.data not in set(Urgency):
            say(self, "urgency", "Choisissez une urgence")
            good = False
        for field in (self.need, self.actor):
            if field.data and field.data not in {choice.value for choice in field.choices or ()}:
                say(self, field.name, "Choisissez dans la liste")
                good = False
        return good

    def target(self) -> Target:
        return Target(self.urgency.data, self.need.data or None, self.actor.data or None)

    def steps(self) -> Steps:
        return Steps(**{name: self[name].data for name in NAMES})


class Days(IntegerField):
    """A whole number of working days, its error in French."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = (valuelist[0] if valuelist else "").strip()
        if not (text.isascii() and text.isdigit() and len(text) < 6):
            self.data = None
            raise ValueError("Écrivez un nombre entier de jours ouvrés")
        self.data = int(text)


for _name, _label in NAMES.items():
    setattr(LineForm, _name, Days(_label, [InputRequired("Écrivez un nombre de jours ouvrés")]))


class WithdrawForm(VersionedForm):
    pass


def needs() -> dict[str, str]:
    try:
        found = in_force(today()).needs
    except NoRulebook:
        return {}
    return {key: need.label for key, need in found.items() if need.in_scope}


@blueprint.route("/delais/", methods=["GET", "POST"])
def deadlines() -> Answer:
    form = LineForm()
    form.offer()
    if form.validate_on_submit():
        status = _entered(form)
        if status == 303:
            flash("Ces délais valent pour les dossiers qui arrivent.", "success")
            return redirect(url_for(".deadlines"), 303)
        return _page(form, status)
    return _page(form, 400 if form.is_submitted() else 200)


@blueprint.post("/delais/retirer")
def withdraw_deadline() -> Answer:
    form = WithdrawForm()
    wanted = [request.form.get(name, "")[:40] or None for name in ("urgency", "need", "actor")]
    try:
        withdraw_line(current_viewer().user_id, form.seen(), Target(wanted[0] or "", wanted[1], wanted[2]))
    except StaleLines:
        return _page(_blank(), 409)
    flash("Cette ligne est retirée. Les délais plus généraux valent de nouveau.", "success")
    return redirect(url_for(".deadlines"), 303)


def _entered(form: LineForm) -> int:
    """303 when written; otherwise the status of the page that keeps everything typed."""
    try:
        enter_line(current_viewer().user_id, form.seen(), form.target(), form.steps())
    except BadLine as refused:
        say(form, refused.field, refused.sentence)
        return 400
    except StaleLines:
        return 409
    return 303


def _blank() -> LineForm:
    form = LineForm(formdata=None)
    form.offer()
    return form


def _page(form: LineForm, status: int) -> Answer:
    if not form.is_submitted() or status == 409:
        form.version.data = str(last_change())
    page = render_template(
        "admin/deadlines.html",
        form=form,
        names=NAMES,
        book=BOOK,
        lines=lines_in_force(),
        history=history(),
        urgencies=Urgency,
        needs=needs(),
        actors=actor_labels(),
        seen=last_change(),
        stale=status == 409,
    )
    return page, status
