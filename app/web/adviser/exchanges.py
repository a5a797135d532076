"""Writing to one of the three audiences of a case. Each has its own address: the form that was sent says who reads."""

from __future__ import annotations

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.dossiers.lifecycle import IllegalMove
from app.exchanges.actions import adviser_writes
from app.exchanges.audiences import Audience
from app.exchanges.queries import attachment_for
from app.exchanges.refusals import RefusedFile
from app.web.adviser.casework import case_page
from app.web.adviser.entrance import CASE, blueprint, case_file
from app.web.adviser.threads import TABS
from app.web.doors import current_viewer
from app.web.downloads import given, sandboxed
from app.web.limits import limited
from app.web.writing import write_form

SENT = {
    Audience.COMPANY: "Votre message est envoyé à l’entreprise.",
    Audience.ACTORS: "Votre note est partagée avec les acteurs du dossier. L’entreprise ne la lit pas.",
    Audience.TEAM: "Votre note est gardée pour votre équipe seule.",
}


@blueprint.post(f"{CASE}/message-a-l-entreprise")
@limited("60 per minute")
def write_company(dossier_id: int) -> ResponseReturnValue:
    return _write(dossier_id, Audience.COMPANY)


@blueprint.post(f"{CASE}/note-aux-acteurs")
@limited("60 per minute")
def write_actors(dossier_id: int) -> ResponseReturnValue:
    return _write(dossier_id, Audience.ACTORS)


@blueprint.post(f"{CASE}/note-de-l-equipe")
@limited("60 per minute")
def write_team(dossier_id: int) -> ResponseReturnValue:
    return _write(dossier_id, Audience.TEAM)


@blueprint.get(f"{CASE}/pieces/<int(max=2147483647):attachment_id>")
@sandboxed
def piece(dossier_id: int, attachment_id: int) -> Response:
    return given(attachment_for(case_file(dossier_id), attachment_id), "desk.html")


def _write(dossier_id: int, audience: Audience) -> ResponseReturnValue:
    form, status = write_form(TABS[audience], sent=True), 422
    if form.validate_on_submit():
        try:
            adviser_writes(current_viewer(), dossier_id, audience, form.written())
        except RefusedFile as refusal:
            form.refuse_files(refusal)
        except IllegalMove as refusal:
            form.text.errors, status = [refusal.sentence], 409
        else:
            flash(SENT[audience], "success")
            url = url_for("adviser.case", dossier_id=dossier_id, fil=TABS[audience], _anchor="echanges")
            return redirect(url, 303)
    return case_page(case_file(dossier_id), form, audience), status
