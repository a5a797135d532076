"""« Reprendre plus tard »: the draft's own link, to keep or to receive; and the way back by that link."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired, ValidationError

from app.exchanges.resuming import resume_link
from app.exchanges.resuming_actions import resume_later
from app.inquiries.queries import draft_to_resume
from app.web.company.entrance import blueprint, go, journey_of, page_gone
from app.web.company.flow import Journey
from app.web.company.forms import EMAIL, at_most
from app.web.company.typed import as_form, typed
from app.web.limits import limited


class LaterForm(FlaskForm):
    email = StringField("E-mail", validators=[InputRequired("Écrivez votre e-mail"), at_most(254)])
    remind = BooleanField("M’envoyer un rappel, une seule fois, si je ne termine pas")

    def validate_email(self, field: StringField) -> None:
        if field.data and not EMAIL.match(field.data):
            raise ValidationError("Vérifiez l’adresse, par exemple nom@entreprise.fr")


@blueprint.get("/<draft_id>/plus-tard")
def later(draft_id: str) -> str:
    journey = _own(draft_id)
    known = {"email": journey.data.get("email") or []}
    return _page(journey, LaterForm(formdata=as_form(known)))


@blueprint.post("/<draft_id>/plus-tard")
@limited("10 per hour")
def send_link(draft_id: str) -> ResponseReturnValue:
    journey = _own(draft_id)
    form = LaterForm(formdata=as_form(typed(request.form, ("email", "remind", "csrf_token"))))
    if not form.validate():
        return _page(journey, form), 422
    sent = resume_later(draft_id, form.email.data or "", remind=bool(form.remind.data))
    return redirect(url_for("company.later", draft_id=draft_id, envoye="oui" if sent else "assez"), 303)


@blueprint.get("/reprendre/<token>")
def resume(token: str) -> ResponseReturnValue:
    draft_id = draft_to_resume(token)
    if draft_id is None:
        abort(page_gone())
    return go(draft_id, journey_of(draft_id).next_step())


def _own(draft_id: str) -> Journey:
    """The company's own draft: what an adviser types for it opens for nobody else, so no link is sent."""
    journey = journey_of(draft_id)
    if journey.assisted:
        abort(404)
    return journey


def _page(journey: Journey, form: LaterForm) -> str:
    link = resume_link(journey.draft.form_id)
    return render_template("company/later.html", form=form, draft=journey.draft, link=link)
