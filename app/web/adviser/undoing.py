"""« Annuler »: one's own last move, the same day."""

from __future__ import annotations

from flask import flash
from werkzeug.wrappers import Response

from app.dossiers.undo_actions import undo as undo_last
from app.web.adviser.entrance import CASE, back_to, blueprint
from app.web.adviser.forms import MoveForm
from app.web.doors import current_viewer


@blueprint.post(f"{CASE}/annuler")
def undo(dossier_id: int) -> Response:
    told = undo_last(current_viewer(), dossier_id, MoveForm().seen())
    more = " L’entreprise avait déjà reçu un message : un autre le corrige." if told else ""
    flash(f"C’est annulé.{more}", "success")
    return back_to(dossier_id)
