"""Agreements: search one, read what each source says of its OPCO, state another."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.directory import actions, listing
from app.directory.edits import StaleEdit
from app.directory.queries import opco_of, search_agreements
from app.directory.statuses import Origin
from app.kernel.codes import CodeError, Idcc
from app.kernel.vocabulary import Opco
from app.web.admin.desk import blueprint
from app.web.admin.forms import UNDETERMINED, OpcoForm

LABELS = {one.value: one.label for one in Opco}


@blueprint.get("/conventions/")
def agreements() -> str:
    typed = request.args.get("q", "").strip()[:100]
    found = search_agreements(typed) if typed else []
    return render_template(
        "admin/agreements.html",
        typed=typed,
        rows=[(idcc, title, opco_of(idcc)) for idcc, title in found],
        number=_number(typed) if not found else None,
        overrides=listing.overrides(),
        opcos=LABELS,
    )


def _number(typed: str) -> str | None:
    """A number that no list knows may still be stated."""
    try:
        return Idcc(typed)
    except CodeError:
        return None


@blueprint.route("/conventions/<number>/", methods=["GET", "POST"])
def agreement(number: str) -> str | tuple[str, int] | Response:
    idcc = _number(number)
    if idcc is None:
        abort(404)
    form, status = OpcoForm(), 200
    if form.is_submitted():
        status = _stated(idcc, form)
        if status == 303:
            return redirect(url_for(".agreement", number=idcc), code=303)
    sheet = listing.agreement_sheet(idcc)
    if not form.is_submitted():
        _prefill(form, sheet)
    page = render_template(
        "admin/agreement.html",
        form=form,
        sheet=sheet,
        opcos=LABELS,
        origins={one.value: one.label for one in Origin},
        stale=status == 409,
    )
    return page, status


def _prefill(form: OpcoForm, sheet: listing.AgreementSheet) -> None:
    stated = sheet.override
    form.version.data = str(stated.version if stated else 0)
    form.opco.data = sheet.answer.opco or UNDETERMINED
    form.source.data = stated.source if stated else ""


def _stated(idcc: str, form: OpcoForm) -> int:
    """303 when written; otherwise the status of the page that keeps everything typed."""
    withdrawn = "withdraw" in request.form
    if not withdrawn and not form.validate():
        return 400
    try:
        if withdrawn:
            actions.withdraw_override(idcc, form.seen())
            flash("La saisie est retirée. Les autres sources parlent de nouveau.", "success")
        else:
            actions.override_opco(idcc, form.seen(), form.stated(), form.source.data or "")
            flash("L’OPCO de cette convention est enregistré.", "success")
    except StaleEdit as stale:
        form.version.data = str(stale.version)
        return 409
    return 303
