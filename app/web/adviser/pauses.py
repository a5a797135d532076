"""A case that stops and starts again: the company awaited, the case reopened."""

from __future__ import annotations

from flask import flash
from werkzeug.wrappers import Response

from app.dossiers import actions
from app.dossiers.lifecycle import ReopenReason
from app.web.adviser.entrance import CASE, back_to, blueprint, form_page
from app.web.adviser.forms import MoveForm, ReopenForm, WaitForm
from app.web.doors import current_viewer


@blueprint.route(f"{CASE}/attendre", methods=["GET", "POST"])
def wait(dossier_id: int) -> str | tuple[str, int] | Response:
    form = WaitForm()
    if form.validate_on_submit():
        actions.wait(current_viewer(), dossier_id, form.seen(), form.comment.data)
        flash("Ce dossier attend l’entreprise. Ses délais sont arrêtés.", "success")
        return back_to(dossier_id)
    return form_page("adviser/wait.html", dossier_id, form)


@blueprint.post(f"{CASE}/reprendre")
def resume(dossier_id: int) -> Response:
    actions.resume(current_viewer(), dossier_id, MoveForm().seen())
    flash("Ce dossier reprend. Ses délais sont repoussés d’autant.", "success")
    return back_to(dossier_id)


@blueprint.route(f"{CASE}/rouvrir", methods=["GET", "POST"])
def reopen(dossier_id: int) -> str | tuple[str, int] | Response:
    form = ReopenForm()
    if form.validate_on_submit():
        reason = ReopenReason(form.reason.data)
        actions.reopen(current_viewer(), dossier_id, form.seen(), reason, form.comment.data)
        flash("Ce dossier est rouvert. Il est à vous.", "success")
        return back_to(dossier_id)
    return form_page("adviser/reopen.html", dossier_id, form)
