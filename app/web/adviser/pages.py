"""Inbox, case and moves. Each page: parse, ask, do, answer."""

from __future__ import annotations

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from app.accounts.abilities import Ability
from app.dossiers import actions
from app.dossiers.desk import Cursor, Tab, cursor_from
from app.dossiers.labels import need_label
from app.dossiers.lifecycle import DeclineReason, IllegalMove, Outcome
from app.dossiers.queries import CaseFile, case_for, desk_counts, desk_of
from app.kernel.clock import today, utcnow
from app.rulebooks.queries import in_force
from app.web.adviser.casepage import CasePage
from app.web.adviser.decisionpage import DecisionPage
from app.web.adviser.forms import LONGEST_COMMENT, CloseForm, DeclineForm, MoveForm
from app.web.adviser.listing import nothing_in, paging_urls, row_status, tab_links, what_happened
from app.web.doors import current_viewer, door

blueprint = door("adviser", __name__, access=Ability.WORK_CASES, url_prefix="/dossiers")

CASE = "/<int(max=2147483647):dossier_id>"


@blueprint.get("/")
def desk() -> str:
    viewer, tab = current_viewer(), _tab(request.args.get("onglet", ""))
    page = desk_of(viewer, tab, _cursor(tab))
    return render_template(
        "adviser/desk.html",
        tab=tab,
        tabs=tab_links(tab, desk_counts(viewer)),
        page=page,
        urls=paging_urls(tab, page),
        need_label=need_label,
        posts=viewer.posts,
        nothing=nothing_in(tab),
        row_status=row_status,
        today=today(),
    )


@blueprint.get(f"{CASE}/")
def case(dossier_id: int) -> str:
    file = _file(dossier_id)
    page = CasePage(file, in_force(today()), current_viewer())
    return render_template("adviser/case.html", file=file, page=page, form=_form(file), today=today())


@blueprint.get(f"{CASE}/decision")
def decision(dossier_id: int) -> str:
    """The whole trace, to read or to print."""
    file = _file(dossier_id)
    page = DecisionPage(file, in_force(today()), current_viewer())
    return render_template("adviser/decision.html", file=file, page=page)


@blueprint.post(f"{CASE}/prendre")
def take(dossier_id: int) -> Response:
    actions.take(current_viewer(), dossier_id, MoveForm().seen())
    flash("Ce dossier est à vous.", "success")
    return _back(dossier_id)


@blueprint.post(f"{CASE}/contact")
def note_contact(dossier_id: int) -> Response:
    actions.note_contact(current_viewer(), dossier_id)
    flash("Le premier échange est noté.", "success")
    return _back(dossier_id)


@blueprint.route(f"{CASE}/decliner", methods=["GET", "POST"])
def decline(dossier_id: int) -> str | tuple[str, int] | Response:
    form = DeclineForm()
    if form.validate_on_submit():
        reason = DeclineReason(form.reason.data)
        actions.decline(current_viewer(), dossier_id, form.seen(), reason, form.comment.data)
        flash("Vous avez refusé ce dossier. Un autre acteur en est prévenu.", "success")
        return _back(dossier_id)
    return _form_page("adviser/decline.html", dossier_id, form)


@blueprint.route(f"{CASE}/clore", methods=["GET", "POST"])
def close(dossier_id: int) -> str | tuple[str, int] | Response:
    form = CloseForm()
    if form.validate_on_submit():
        outcome = Outcome(form.outcome.data)
        actions.close(current_viewer(), dossier_id, form.seen(), outcome, form.comment.data)
        flash("Ce dossier est clos.", "success")
        return _back(dossier_id)
    return _form_page("adviser/close.html", dossier_id, form)


@blueprint.errorhandler(actions.UnknownCase)
def unknown_case(_error: actions.UnknownCase) -> ResponseReturnValue:
    return current_app.handle_user_exception(NotFound())


@blueprint.errorhandler(actions.StaleCase)
def stale_case(error: actions.StaleCase) -> tuple[str, int]:
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


def _form_page(template: str, dossier_id: int, form: MoveForm) -> str | tuple[str, int]:
    file = _file(dossier_id)
    if not form.is_submitted():
        form.version.data = str(file.dossier.version)
    page = CasePage(file, in_force(today()), current_viewer())
    answer = render_template(template, file=file, page=page, form=form)
    return (answer, 400) if form.is_submitted() else answer


def _form(file: CaseFile) -> MoveForm:
    return MoveForm(formdata=None, version=str(file.dossier.version))


def _file(dossier_id: int) -> CaseFile:
    file = case_for(current_viewer(), dossier_id)
    if file is None:
        abort(404)
    return file


def _tab(text: str) -> Tab:
    return Tab(text) if text in set(Tab) else Tab.NEW


def _cursor(tab: Tab) -> Cursor | None:
    backwards = "avant" in request.args
    text = request.args.get("avant" if backwards else "apres", "")
    return cursor_from(text, tab, backwards=backwards) if text else None


def _back(dossier_id: int) -> Response:
    return redirect(url_for("adviser.case", dossier_id=dossier_id), code=303)
