"""A case passed to another branch, or a branch asked for support; the answer of the one asked."""

from __future__ import annotations

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.dossiers import handover_actions as relay
from app.dossiers.choosing import Choices, choices
from app.dossiers.lifecycle import DeclineReason
from app.kernel.clock import today
from app.rulebooks.queries import in_force
from app.web.adviser.casepage import CasePage
from app.web.adviser.entrance import CASE, back_to, blueprint, case_file, form_page
from app.web.adviser.forms import ChooseForm, DeclineForm, MoveForm
from app.web.doors import current_viewer


@blueprint.route(f"{CASE}/passer", methods=["GET", "POST"])
def hand_over(dossier_id: int) -> ResponseReturnValue:
    form, found = _asked(dossier_id)
    if form.chosen(found):
        relay.offer(
            current_viewer(),
            dossier_id,
            form.seen(),
            form.branch.data,
            form.comment.data,
            knowingly=form.knowingly.data,
        )
        flash("Le relais est proposé. Vous restez responsable jusqu’à la réponse.", "success")
        return back_to(dossier_id)
    return _choose("adviser/hand_over.html", dossier_id, form, found)


@blueprint.route(f"{CASE}/appui", methods=["GET", "POST"])
def ask_support(dossier_id: int) -> ResponseReturnValue:
    form, found = _asked(dossier_id)
    if form.chosen(found):
        relay.ask_support(
            current_viewer(),
            dossier_id,
            form.seen(),
            form.branch.data,
            form.comment.data,
            knowingly=form.knowingly.data,
        )
        flash("L’appui est demandé. Vous restez pilote.", "success")
        return back_to(dossier_id)
    return _choose("adviser/ask_support.html", dossier_id, form, found)


@blueprint.post(f"{CASE}/relais/accepter")
def accept(dossier_id: int) -> Response:
    relay.accept(current_viewer(), dossier_id, MoveForm().seen())
    flash("Ce dossier est à vous. L’entreprise en est prévenue.", "success")
    return back_to(dossier_id)


@blueprint.route(f"{CASE}/relais/refuser", methods=["GET", "POST"])
def refuse_relay(dossier_id: int) -> ResponseReturnValue:
    form = DeclineForm()
    if form.validate_on_submit():
        reason = DeclineReason(form.reason.data)
        relay.refuse(current_viewer(), dossier_id, form.seen(), reason, form.comment.data)
        flash("Vous avez refusé le relais. Celui qui le proposait en est prévenu.", "success")
        return back_to(dossier_id)
    return form_page("adviser/refuse_relay.html", dossier_id, form)


@blueprint.post(f"{CASE}/relais/retirer")
def end_offer(dossier_id: int) -> Response:
    relay.end_offer(current_viewer(), dossier_id, MoveForm().seen())
    flash("Le relais n’est plus proposé. Vous gardez ce dossier.", "success")
    return back_to(dossier_id)


def _asked(dossier_id: int) -> tuple[ChooseForm, Choices]:
    form = ChooseForm()
    return form, choices(current_viewer(), dossier_id, form.words.data or "")


def _choose(template: str, dossier_id: int, form: ChooseForm, found: Choices) -> ResponseReturnValue:
    file = case_file(dossier_id)
    if not form.is_submitted():
        form.version.data = str(file.dossier.version)
    page = CasePage(file, in_force(today()), current_viewer())
    answer = render_template(template, file=file, page=page, form=form, found=found)
    return (answer, 400) if form.errors else answer
