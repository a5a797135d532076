"""What an adviser does with a case: take, refuse, close."""

from __future__ import annotations

from flask import flash
from werkzeug.wrappers import Response

from app.dossiers import actions
from app.dossiers.lifecycle import DeclineReason, Outcome
from app.web.adviser.bench import unreachable_refused
from app.web.adviser.capturing import kept, own_findings, recall
from app.web.adviser.entrance import CASE, back_to, blueprint, case_file, form_page
from app.web.adviser.forms import CloseForm, DeclineForm, MoveForm
from app.web.doors import current_viewer


@blueprint.post(f"{CASE}/prendre")
def take(dossier_id: int) -> Response:
    actions.take(current_viewer(), dossier_id, MoveForm().seen())
    flash("Ce dossier est à vous.", "success")
    return back_to(dossier_id)


@blueprint.route(f"{CASE}/decliner", methods=["GET", "POST"])
def decline(dossier_id: int) -> str | tuple[str, int] | Response:
    form = DeclineForm()
    if form.validate_on_submit():
        reason = DeclineReason(form.reason.data)
        actions.decline(current_viewer(), dossier_id, form.seen(), reason, form.comment.data)
        flash("Vous avez refusé ce dossier. Un autre acteur en est prévenu.", "success")
        return back_to(dossier_id)
    return form_page("adviser/decline.html", dossier_id, form)


@blueprint.route(f"{CASE}/clore", methods=["GET", "POST"])
def close(dossier_id: int) -> str | tuple[str, int] | Response:
    form = CloseForm()
    form.untried = unreachable_refused(case_file(dossier_id))
    if not form.is_submitted():
        recall(form, own_findings(dossier_id))
    elif form.validate() and kept(dossier_id, form):
        outcome = Outcome(form.outcome.data)
        actions.close(current_viewer(), dossier_id, form.seen(), outcome, form.comment.data)
        flash("Ce dossier est clos.", "success")
        return back_to(dossier_id)
    return form_page("adviser/close.html", dossier_id, form)
