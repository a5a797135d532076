"""The company writes to those who follow its need, and gets the files they joined."""

from __future__ import annotations

from flask import Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.exchanges.actions import UnknownNeed, company_writes
from app.exchanges.queries import attachment_of_company
from app.exchanges.refusals import RefusedFile
from app.web.company.conversing import form_name
from app.web.company.following import NEED, blueprint, follow_page, inquiry_behind
from app.web.downloads import given, sandboxed
from app.web.limits import limited
from app.web.writing import write_form


@blueprint.post(f"/<token>/messages/{NEED}")
@limited("20 per minute")
def write(token: str, need_id: int) -> ResponseReturnValue:
    found, form = inquiry_behind(token), write_form(form_name(need_id), sent=True)
    if form.validate_on_submit():
        try:
            company_writes(found.id, need_id, form.written())
        except RefusedFile as refusal:
            form.refuse_files(refusal)
        except UnknownNeed:
            abort(404)
        else:
            flash("Votre message est envoyé.", "success")
            return redirect(url_for("following.inquiry", token=token, _anchor=f"messages-{need_id}"), 303)
    return follow_page(token, found, {need_id: form}), 422


@blueprint.get("/<token>/pieces/<int(max=2147483647):attachment_id>")
@sandboxed
def piece(token: str, attachment_id: int) -> Response:
    found = inquiry_behind(token)
    return given(attachment_of_company(found.id, attachment_id), "company.html")
