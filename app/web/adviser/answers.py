"""A model answer filled for a case; the pages where a branch writes its own."""

from __future__ import annotations

from flask import abort, render_template, request

from app.web.adviser.entrance import CASE, blueprint, case_file
from app.web.answering import install_answers
from app.web.doors import current_viewer
from app.workbench.model_answers import filled, offered

install_answers(blueprint)


@blueprint.get(f"{CASE}/reponse")
def answer(dossier_id: int) -> str:
    """The text to copy; nothing is sent from here."""
    file, number = case_file(dossier_id), request.args.get("modele", "")
    known = number.isascii() and number.isdigit() and len(number) < 10
    text = filled(current_viewer(), int(number), dossier_id) if known else ""
    if not text:
        abort(404)
    models = offered(current_viewer(), dossier_id)
    return render_template("adviser/answer.html", file=file, text=text, models=models, chosen=int(number))
