"""A call noted in one click."""

from __future__ import annotations

from flask import abort, flash, request
from werkzeug.wrappers import Response

from app.dossiers.call_actions import log_call
from app.dossiers.calls import Call
from app.web.adviser.entrance import CASE, back_to, blueprint
from app.web.adviser.forms import LONGEST_COMMENT
from app.web.doors import current_viewer
from app.web.inputs import stripped

SAID = {
    Call.REACHED: "L’échange avec l’entreprise est noté.",
    Call.NO_ANSWER: "L’appel sans réponse est noté.",
    Call.MESSAGE_LEFT: "Le message laissé est noté.",
}


@blueprint.post(f"{CASE}/appels")
def call(dossier_id: int) -> Response:
    result = request.form.get("call", "")
    if result not in set(Call):
        abort(400)
    note = (stripped(request.form.get("note")) or "")[:LONGEST_COMMENT]
    log_call(current_viewer(), dossier_id, Call(result), note)
    flash(SAID[Call(result)], "success")
    return back_to(dossier_id)
