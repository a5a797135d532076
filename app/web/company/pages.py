"""Three steps and a check page. Each page: parse, ask, do, answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import intake
from app.inquiries.actions import save_draft, start_draft
from app.inquiries.queries import draft
from app.inquiries.turned_away import Aside
from app.web.company import establishing, needs, resuming
from app.web.company.checking import sections
from app.web.company.entrance import aside, blueprint, book_of_today, go, journey_of
from app.web.company.flow import CONTACT, ELSEWHERE, NEED, NOT_EMPLOYER, PROFILE, REVIEW, Journey
from app.web.company.forms import MOST_NEEDS, ContactForm, contact_form
from app.web.company.leaving import ways_out
from app.web.company.prompting import JOB_FIELD, prompted
from app.web.company.questions import field_name
from app.web.company.turning_away import turn_away
from app.web.company.typed import first, typed
from app.web.limits import limited

__all__ = ["blueprint", "establishing", "resuming"]

TO_PRINT = "Imprimez cette page pour l’entreprise : elle porte son lien secret."
"""Said to the adviser alone, in their own browser."""
CONTACT_FIELDS = ("contact_name", "phone", "email", "preferred_time", "consent", "consent_how", "consent_by")


@blueprint.get("")
def start() -> str:
    return needs.page({}, book_of_today(), request.args)


@blueprint.post("")
@limited("120 per minute")
def begin() -> ResponseReturnValue:
    sent, book = needs.sent(request.form), book_of_today()
    form = needs.judged(sent, book, needs.part_of(request.form))
    if form is not None and not any(any(values) for values in sent.values()):
        return needs.page(sent, book, request.args, form), 422
    draft_id = start_draft(sent)
    if form is not None:
        return needs.page(sent, book, request.args, form, draft_id), 422
    return go(draft_id, _after_need(sent, journey_of(draft_id)))


@blueprint.get("/<draft_id>/besoin")
def need(draft_id: str) -> ResponseReturnValue:
    journey = journey_of(draft_id)
    return needs.page(journey.data, journey.book, request.args, draft_id=draft_id)


@blueprint.post("/<draft_id>/besoin")
def keep_need(draft_id: str) -> ResponseReturnValue:
    journey, sent = journey_of(draft_id), needs.sent(request.form)
    save_draft(draft_id, sent, NEED)
    if (way := aside(draft_id)) is not None:
        return way
    data = {**journey.data, **sent}
    form = needs.judged(data, journey.book, needs.part_of(request.form))
    if form is not None:
        return needs.page(data, journey.book, request.args, form, draft_id), 422
    return go(draft_id, _after_need(sent, journey_of(draft_id)))


@blueprint.get("/<draft_id>/contact")
def contact(draft_id: str) -> ResponseReturnValue:
    journey = journey_of(draft_id)
    if (missing := journey.next_step()) not in (CONTACT, REVIEW):
        return go(draft_id, missing)
    told = prompted(journey.data, JOB_FIELD)
    return _contact_page(journey, _contact_form(journey, told), told)


@blueprint.post("/<draft_id>/contact")
def keep_contact(draft_id: str) -> ResponseReturnValue:
    journey = journey_of(draft_id)
    asked = [field_name(question.key) for question in journey.questions()]
    sent = typed(request.form, (*asked, *CONTACT_FIELDS))
    save_draft(draft_id, sent, CONTACT)
    if (way := aside(draft_id)) is not None:
        return way
    form = _contact_form(journey, sent)
    if not form.validate():
        return _contact_page(journey, form), 422
    return go(draft_id, journey_of(draft_id).next_step())


def _contact_form(journey: Journey, told: Mapping[str, Any]) -> ContactForm:
    return contact_form({**journey.data, **told}, journey.questions(), assisted=journey.assisted)


def _contact_page(journey: Journey, form: object, told: object = ()) -> str:
    names = [field_name(question.key) for question in journey.questions()]
    return render_template("company/contact.html", form=form, asked=names, draft=journey.draft, prompted=told)


@blueprint.get("/<draft_id>/relire")
def review(draft_id: str) -> ResponseReturnValue:
    journey = journey_of(draft_id)
    if (missing := journey.next_step()) != REVIEW:
        return go(draft_id, missing)
    more = len(journey.needs) < MOST_NEEDS
    return render_template("company/review.html", draft=journey.draft, sections=sections(journey), more=more)


@blueprint.post("/<draft_id>/relire")
@limited("60 per minute")
def file(draft_id: str) -> ResponseReturnValue:
    journey = journey_of(draft_id)
    if (missing := journey.next_step()) != REVIEW:
        return go(draft_id, missing)
    try:
        filed = intake.receive(journey.inquiry(), told=journey.told())
    except intake.OutOfScope:
        return go(draft_id, ELSEWHERE)
    if journey.assisted:
        flash(TO_PRINT, "success")
    return redirect(url_for("following.inquiry", token=filed.token), 303)


@blueprint.get("/<draft_id>/ailleurs")
def elsewhere(draft_id: str) -> str:
    return _elsewhere_page(journey_of(draft_id))


@blueprint.post("/<draft_id>/ailleurs")
@limited("60 per minute")
def say_profile(draft_id: str) -> ResponseReturnValue:
    """Who writes, if not a company: told where to go in one sentence, and counted as such. Never asked twice."""
    journey, sent = journey_of(draft_id), typed(request.form, (field_name(PROFILE),))
    if journey.elsewhere() is not NOT_EMPLOYER:
        return go(draft_id, journey.next_step())
    if first(sent, field_name(PROFILE)) not in journey.profiles:
        return _elsewhere_page(journey, missing=True), 422
    save_draft(draft_id, sent, NEED)
    return go(draft_id, ELSEWHERE)


def _elsewhere_page(journey: Journey, *, missing: bool = False) -> str:
    return render_template(
        "company/elsewhere.html",
        draft=journey.draft,
        missing=missing,
        profile_field=field_name(PROFILE),
        **ways_out(journey),
    )


@blueprint.get("/ailleurs")
def outside() -> str:
    """Reached by « mon établissement est hors d’Occitanie »; who came by mistake finds the draft again."""
    found = draft(request.args.get("brouillon", ""))
    return render_template("company/elsewhere.html", draft=found, **ways_out(None))


def _after_need(sent: dict[str, list[str]], journey: Journey) -> str:
    """Words alone lead to the sentences they call up, or to being told that they call up none; ticked sentences lead
    on."""
    if "needs" in sent:
        return journey.step_after_change()
    if not journey.needs and needs.read_off_topic(journey.data):
        turn_away(journey, Aside.WORDS)
    return NEED
