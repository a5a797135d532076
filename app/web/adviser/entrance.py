"""The door itself, what its pages share, and how it answers a move that cannot be made."""

from __future__ import annotations

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from app.accounts.abilities import Ability
from app.dossiers.lifecycle import IllegalMove
from app.dossiers.moving import StaleCase, UnknownCase
from app.dossiers.queries import CaseFile, case_for
from app.kernel.clock import today, utcnow
from app.rulebooks.queries import in_force
from app.web.adviser.casepage import CasePage
from app.web.adviser.forms import LONGEST_COMMENT, MoveForm
from app.web.adviser.listing import what_happened
from app.web.doors import current_viewer, door

blueprint = door("adviser", __name__, access=Ability.WORK_CASES, url_prefix="/dossiers")

CASE = "/<int(max=2147483647):dossier_id>"


@blueprint.errorhandler(UnknownCase)
def unknown_case(_error: UnknownCase) -> ResponseReturnValue:
    return current_app.handle_user_exception(NotFound())


@blueprint.errorhandler(StaleCase)
def stale_case(error: StaleCase) -> tuple[str, int]:
    dossier_id = (request.view_args or {})["dossier_id"]
    sentence = what_happened(error.event, current_viewer(), utcnow())
    comment = request.form.get("comment", "")[:LONGEST_COMMENT]
    page = render_template(
        "adviser/too_late.html", event=error.event, sentence=sentence, dossier_id=dossier_id, comment=comment
    )
    return page, 409


@blueprint.errorhandler(IllegalMove)
def illegal_move(error: IllegalMove) -> tuple[str, int]:
    dossier_id = (request.view_args or {})["dossier_id"]
    return render_template("adviser/refused.html", sentence=error.sentence, dossier_id=dossier_id), 409


def form_page(template: str, dossier_id: int, form: MoveForm) -> str | tuple[str, int]:
    file = case_file(dossier_id)
    if not form.is_submitted():
        form.version.data = str(file.dossier.version)
    page = CasePage(file, in_force(today()), current_viewer())
    answer = render_template(template, file=file, page=page, form=form)
    return (answer, 400) if form.is_submitted() else answer


def case_file(dossier_id: int) -> CaseFile:
    file = case_for(current_viewer(), dossier_id)
    if file is None:
        abort(404)
    return file


def back_to(dossier_id: int) -> Response:
    return redirect(url_for("adviser.case", dossier_id=dossier_id), code=303)
