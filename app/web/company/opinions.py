"""The company gives its opinion, then the result. A link in a letter opens a page: only its button answers."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.opinions.actions import give_opinion, give_result
from app.opinions.queries import opinions_of, results_of
from app.opinions.words import MONTHS, Later
from app.web.company.acknowledging import NeedView, State
from app.web.company.following import NEED, acknowledgement, blueprint, inquiry_behind
from app.web.company.opinion_forms import NO, YES, OpinionForm, ResultForm
from app.web.limits import limited

OPEN_AGAIN = "Ce besoin est rouvert : vous donnerez votre avis quand il sera clos."
NOT_ASKED = "Cette question n’est pas encore posée."


@blueprint.route(f"/<token>/avis/{NEED}", methods=["GET", "POST"])
@limited("20 per minute")
def opinion(token: str, need_id: int) -> ResponseReturnValue:
    found, form = inquiry_behind(token), OpinionForm()
    view = _view(acknowledgement(found).needs, need_id)
    if form.validate_on_submit():
        done = give_opinion(found.id, need_id, form.given())
        return _thanked(token, OPEN_AGAIN if not done else "Merci. Votre avis est noté.", done)
    known = opinions_of(found.id).get(need_id)
    if known is not None and known.answered_at and not form.is_submitted():
        form.contacted.data, form.useful.data = YES if known.contacted else NO, known.useful
        form.led_to.data, form.comment.data = known.led_to, known.comment
    closed = view.state == State.CLOSED
    page = render_template("company/opinion.html", form=form, token=token, need=view, closed=closed)
    return (page, 422) if form.is_submitted() else page


@blueprint.route(f"/<token>/resultat/{NEED}/<int(max=12):months>", methods=["GET", "POST"])
@limited("20 per minute")
def result(token: str, need_id: int, months: int) -> ResponseReturnValue:
    found, form = inquiry_behind(token), ResultForm()
    view = _view(acknowledgement(found).needs, need_id)
    if months not in MONTHS:
        abort(404)
    if form.validate_on_submit():
        answer = Later(form.reponse.data)
        done = give_result(found.id, need_id, months, answer)
        return _thanked(token, "Merci. Votre réponse est notée." if done else NOT_ASKED, done)
    if not form.is_submitted() and request.args.get("reponse", "") in set(Later):
        form.reponse.data = request.args["reponse"]
    asked = any(one.need_id == need_id and one.months == months for one in results_of(found.id))
    page = render_template(
        "company/result.html", form=form, token=token, need=view, months=months, asked=asked
    )
    return (page, 422) if form.is_submitted() else page


def _view(views: list[NeedView], need_id: int) -> NeedView:
    found = next((one for one in views if one.need.id == need_id), None)
    return found or abort(404)


def _thanked(token: str, said: str, done: bool) -> Response:
    flash(said, "success" if done else "warning")
    return redirect(url_for("following.inquiry", token=token), 303)
