"""What the company does on its page: the call it got or not, its need withdrawn, its contact corrected, its link."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.dossiers.going_on_actions import reopen_by_company
from app.exchanges import follow_actions
from app.inquiries.links import token_for
from app.web.company.acknowledging import Acknowledgement, NeedView, State
from app.web.company.follow_forms import CalledForm, CorrectionForm, WithdrawForm, as_typed
from app.web.company.following import NEED, acknowledgement, blueprint, inquiry_behind
from app.web.company.typed import as_form, typed
from app.web.limits import limited

TOO_LATE = "Ce besoin n’attend plus d’appel. Sa page dit où il en est."
WRITES_TO_ANYONE = "5 per minute; 20 per hour"
"""Each correction writes to an address that anybody may have typed."""
CONTACT_FIELDS = ("contact_name", "phone", "email", "preferred_time")


@blueprint.route(f"/<token>/appel/{NEED}", methods=["GET", "POST"])
@limited("20 per minute")
def called(token: str, need_id: int) -> ResponseReturnValue:
    found, form = inquiry_behind(token), CalledForm()
    if form.validate_on_submit():
        said = follow_actions.say_called(found.id, need_id, form.on.data)
        return _back(token, "Merci. L’appel est noté." if said else TOO_LATE, done=said)
    page = render_template("company/called.html", form=form, token=token, need_id=need_id)
    return (page, 422) if form.is_submitted() else page


@blueprint.post(f"/<token>/pas-encore/{NEED}")
@limited("20 per minute")
def not_called(token: str, need_id: int) -> Response:
    found = inquiry_behind(token)
    said = follow_actions.say_not_called(found.id, need_id)
    return _back(token, "C’est noté. L’organisme est prévenu." if said else TOO_LATE, done=said)


@blueprint.post(f"/<token>/rouvrir/{NEED}")
@limited("20 per minute")
def reopen(token: str, need_id: int) -> Response:
    found = inquiry_behind(token)
    done = reopen_by_company(found.id, need_id)
    return _back(
        token, "Votre demande est rouverte." if done else "Ce besoin n’est pas à rouvrir.", done=done
    )


@blueprint.route("/<token>/retirer", methods=["GET", "POST"])
@limited("20 per minute")
def withdraw(token: str) -> ResponseReturnValue:
    found, form = inquiry_behind(token), WithdrawForm()
    views = _open(acknowledgement(found))
    form.offer(views)
    if not form.is_submitted() and len(views) == 1:
        form.needs.data = [str(views[0].need.id)]
    if form.validate_on_submit():
        count = follow_actions.withdraw_needs(found.id, *form.chosen())
        return _back(token, "C’est retiré. Ceux qui vous suivaient sont prévenus.", done=count > 0)
    page = render_template("company/withdraw.html", form=form, token=token, needs=views)
    return (page, 422) if form.is_submitted() else page


@blueprint.route("/<token>/coordonnees", methods=["GET", "POST"])
@limited(WRITES_TO_ANYONE, methods=["POST"])
def correct(token: str) -> ResponseReturnValue:
    found = inquiry_behind(token)
    if request.method == "POST":
        form = CorrectionForm(formdata=as_form(typed(request.form, CONTACT_FIELDS)))
        if form.validate():
            follow_actions.correct(found.id, form.contact())
            return _back(token, "Vos coordonnées sont corrigées.")
        return render_template("company/correct.html", form=form, token=token), 422
    form = CorrectionForm(formdata=None, data=as_typed(found.contact))
    return render_template("company/correct.html", form=form, token=token)


@blueprint.route("/<token>/lien", methods=["GET", "POST"])
@limited("5 per minute")
def renew(token: str) -> ResponseReturnValue:
    found = inquiry_behind(token)
    if request.method == "POST":
        version = follow_actions.renew_link(found.id)
        return _back(token_for(found.id, version), "Votre lien est remplacé. L’ancien n’ouvre plus rien.")
    return render_template("company/renew.html", inquiry=found, token=token)


def _open(page: Acknowledgement) -> list[NeedView]:
    return [view for view in page.needs if view.state != State.CLOSED]


def _back(token: str, said: str, *, done: bool = True) -> Response:
    flash(said, "success" if done else "warning")
    return redirect(url_for("following.inquiry", token=token), 303)
