"""What a need teaches, captured from the case in a few clicks."""

from __future__ import annotations

from flask import abort, flash, render_template
from flask.typing import ResponseReturnValue

from app.web.adviser.entrance import CASE, back_to, blueprint, case_file
from app.web.adviser.finding_form import FindingFields
from app.web.doors import current_viewer
from app.workbench import capture_actions
from app.workbench.captured import Told, told
from app.workbench.findings import Findings
from app.workbench.stale import StaleRow


@blueprint.route(f"{CASE}/constat", methods=["GET", "POST"])
def capture(dossier_id: int) -> ResponseReturnValue:
    if not case_file(dossier_id).workable:
        abort(404)
    form, status = FindingFields(), 200
    if form.is_submitted():
        status = _captured(dossier_id, form)
        if status == 303:
            flash("C’est noté. Merci\u00a0: ces faits éclairent le territoire.", "success")
            return back_to(dossier_id)
    own = own_findings(dossier_id)
    if not form.is_submitted():
        recall(form, own)
    if status == 409:
        form.last.data = str(own.id if own else 0)
    file = case_file(dossier_id)
    return render_template("adviser/capture.html", file=file, form=form, own=own, stale=status == 409), status


def own_findings(dossier_id: int) -> Told | None:
    """What this very dossier has on record."""
    return next((one for one in told(current_viewer(), dossier_id) if one.dossier_id == dossier_id), None)


def recall(form: FindingFields, own: Told | None) -> None:
    form.tell(own.findings if own else Findings(), own.id if own else 0)


def kept(dossier_id: int, form: FindingFields) -> bool:
    """Capture along with another move; False, the reason beside the field, when a colleague wrote meanwhile."""
    try:
        capture_actions.capture(current_viewer(), dossier_id, form.last_seen(), form.findings())
    except StaleRow:
        own = own_findings(dossier_id)
        form.last.data = str(own.id if own else 0)
        words = own.findings.words() if own else ""
        form.job.errors = [
            *form.job.errors,
            f"Un collègue a noté\u00a0: {words or 'rien'}. Relisez, puis enregistrez",
        ]
        return False
    return True


def _captured(dossier_id: int, form: FindingFields) -> int:
    """303 when written; otherwise the status of the page that keeps everything typed."""
    if not form.validate():
        return 400
    try:
        capture_actions.capture(current_viewer(), dossier_id, form.last_seen(), form.findings())
    except StaleRow:
        return 409
    return 303
