"""What a case turned out to be: another need, or a request already made."""

from __future__ import annotations

from flask import flash, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.dossiers.join_actions import join as join_requests
from app.dossiers.requalify_actions import requalify as give_right_name
from app.kernel.clock import today
from app.rulebooks.queries import in_force
from app.web.adviser.entrance import CASE, back_to, blueprint, form_page
from app.web.adviser.forms import MoveForm, RequalifyForm, number
from app.web.doors import current_viewer


@blueprint.route(f"{CASE}/requalifier", methods=["GET", "POST"])
def requalify(dossier_id: int) -> ResponseReturnValue:
    form = RequalifyForm.about(in_force(today()))
    if form.validate_on_submit():
        give_right_name(current_viewer(), dossier_id, form.seen(), form.need.data, form.comment.data)
        flash("Le besoin est requalifié. Le dossier suit la nouvelle décision.", "success")
        return back_to(dossier_id)
    return form_page("adviser/requalify.html", dossier_id, form)


@blueprint.post(f"{CASE}/joindre")
def join(dossier_id: int) -> Response:
    main = number(request.form.get("main"))
    join_requests(current_viewer(), dossier_id, MoveForm().seen(), main)
    flash("Les deux demandes sont jointes. L’entreprise en est prévenue.", "success")
    return back_to(dossier_id)
