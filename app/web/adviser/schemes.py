"""Schemes followed from the case: propose one in a click, then say what became of it."""

from __future__ import annotations

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.kernel.clock import today
from app.rulebooks.queries import in_force
from app.web.adviser.bench import PrescriptionView
from app.web.adviser.entrance import CASE, back_to, blueprint, case_file
from app.web.adviser.scheme_forms import SchemeForm
from app.web.doors import current_viewer
from app.workbench.prescribed import prescribed
from app.workbench.prescription_actions import advance
from app.workbench.prescription_actions import propose as follow
from app.workbench.stale import StaleRow

LONGEST_KEY = 60


@blueprint.post(f"{CASE}/aides")
def propose(dossier_id: int) -> Response:
    follow(current_viewer(), dossier_id, request.form.get("scheme", "")[:LONGEST_KEY])
    flash("L’aide est proposée. L’entreprise la voit sur sa page de suivi.", "success")
    return back_to(dossier_id)


@blueprint.route(f"{CASE}/aides/<int(max=2147483647):prescription_id>", methods=["GET", "POST"])
def scheme(dossier_id: int, prescription_id: int) -> ResponseReturnValue:
    form, status = SchemeForm(), 200
    view = _view(dossier_id, prescription_id)
    form.offer(view.step)
    if form.is_submitted():
        status = _noted(dossier_id, prescription_id, form)
        if status == 303:
            flash("C’est noté.", "success")
            return back_to(dossier_id)
    if status == 409:
        view = _view(dossier_id, prescription_id)
        form.offer(view.step)
    if status != 400:
        form.version.data = str(view.version)
    file = case_file(dossier_id)
    page = render_template("adviser/scheme.html", file=file, scheme=view, form=form, stale=status == 409)
    return page, status


def _view(dossier_id: int, prescription_id: int) -> PrescriptionView:
    rows = prescribed(current_viewer(), dossier_id)
    row = next((one for one in rows if one.id == prescription_id), None)
    if row is None:
        abort(404)
    return PrescriptionView(row, in_force(today()))


def _noted(dossier_id: int, prescription_id: int, form: SchemeForm) -> int:
    """303 when written; otherwise the status of the page that keeps everything typed."""
    if not form.validate():
        return 400
    try:
        advance(current_viewer(), dossier_id, prescription_id, form.seen(), form.progress())
    except StaleRow:
        return 409
    return 303
