"""Three steps and a check page. Each page: parse, ask, do, answer."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app import intake
from app.inquiries.actions import save_draft, start_draft
from app.inquiries.queries import DraftFact, draft, token_of_form
from app.kernel.clock import today
from app.routing.rulebook import Rulebook
from app.rulebooks.queries import NoRulebook, in_force
from app.web.company import needs
from app.web.company.checking import sections
from app.web.company.flow import (
    CONTACT,
    ELSEWHERE,
    ESTABLISHMENT,
    NEED,
    REVIEW,
    Journey,
)
from app.web.company.forms import EstablishmentForm, contact_form, establishment_form
from app.web.company.leaving import ways_out
from app.web.company.questions import field_name
from app.web.company.typed import typed
from app.web.doors import ANYONE, door
from app.web.limits import limited

blueprint = door("company", __name__, access=ANYONE, url_prefix="/demandes/nouvelle")

ESTABLISHMENT_FIELDS = (
    "siret",
    "company",
    "commune",
    "commune_code",
    "band",
    "workforce",
    "activity",
    "naf",
    "agreement",
    "idcc",
)
CONTACT_FIELDS = ("contact_name", "phone", "email", "preferred_time", "consent")
ENDPOINTS = {
    NEED: "company.need",
    ESTABLISHMENT: "company.establishment",
    CONTACT: "company.contact",
    REVIEW: "company.review",
    ELSEWHERE: "company.elsewhere",
}


@blueprint.get("")
def start() -> str:
    return needs.page({}, _book(), request.args)


@blueprint.post("")
@limited("120 per minute")
def begin() -> ResponseReturnValue:
    sent, book = needs.sent(request.form), _book()
    form = needs.judged(sent, book, needs.part_of(request.form))
    if form is not None and not any(any(values) for values in sent.values()):
        return needs.page(sent, book, request.args, form), 422
    draft_id = start_draft(sent)
    if form is not None:
        return needs.page(sent, book, request.args, form, draft_id), 422
    return _go(draft_id, _after_need(sent, _journey(draft_id)))


@blueprint.get("/<draft_id>/besoin")
def need(draft_id: str) -> ResponseReturnValue:
    journey = _journey(draft_id)
    return needs.page(journey.data, journey.book, request.args, draft_id=draft_id)


@blueprint.post("/<draft_id>/besoin")
def keep_need(draft_id: str) -> ResponseReturnValue:
    journey, sent = _journey(draft_id), needs.sent(request.form)
    save_draft(draft_id, sent, NEED)
    data = {**journey.data, **sent}
    form = needs.judged(data, journey.book, needs.part_of(request.form))
    if form is not None:
        return needs.page(data, journey.book, request.args, form, draft_id), 422
    return _go(draft_id, _after_need(sent, _journey(draft_id)))


@blueprint.get("/<draft_id>/etablissement")
def establishment(draft_id: str) -> str:
    journey = _journey(draft_id)
    return _establishment_page(journey, establishment_form(journey.data))


@blueprint.post("/<draft_id>/etablissement")
def keep_establishment(draft_id: str) -> ResponseReturnValue:
    journey, sent = _journey(draft_id), typed(request.form, ESTABLISHMENT_FIELDS)
    save_draft(draft_id, sent, ESTABLISHMENT)
    form = establishment_form({**journey.data, **sent})
    if not form.validate():
        return _establishment_page(journey, form), 422
    return _go(draft_id, _journey(draft_id).next_step())


def _establishment_page(journey: Journey, form: EstablishmentForm) -> str:
    return render_template("company/establishment.html", form=form, draft=journey.draft)


@blueprint.get("/<draft_id>/contact")
def contact(draft_id: str) -> ResponseReturnValue:
    journey = _journey(draft_id)
    if (missing := journey.next_step()) not in (CONTACT, REVIEW):
        return _go(draft_id, missing)
    return _contact_page(journey, contact_form(journey.data, journey.questions()))


@blueprint.post("/<draft_id>/contact")
def keep_contact(draft_id: str) -> ResponseReturnValue:
    journey = _journey(draft_id)
    asked = [field_name(question.key) for question in journey.questions()]
    sent = typed(request.form, (*asked, *CONTACT_FIELDS))
    save_draft(draft_id, sent, CONTACT)
    form = contact_form({**journey.data, **sent}, journey.questions())
    if not form.validate():
        return _contact_page(journey, form), 422
    return _go(draft_id, _journey(draft_id).next_step())


def _contact_page(journey: Journey, form: object) -> str:
    names = [field_name(question.key) for question in journey.questions()]
    return render_template("company/contact.html", form=form, asked=names, draft=journey.draft)


@blueprint.get("/<draft_id>/relire")
def review(draft_id: str) -> ResponseReturnValue:
    journey = _journey(draft_id)
    if (missing := journey.next_step()) != REVIEW:
        return _go(draft_id, missing)
    return render_template("company/review.html", draft=journey.draft, sections=sections(journey))


@blueprint.post("/<draft_id>/relire")
@limited("60 per minute")
def file(draft_id: str) -> ResponseReturnValue:
    journey = _journey(draft_id)
    if (missing := journey.next_step()) != REVIEW:
        return _go(draft_id, missing)
    try:
        filed = intake.receive(journey.inquiry())
    except intake.OutOfScope:
        return _go(draft_id, ELSEWHERE)
    return redirect(url_for("following.inquiry", token=filed.token), 303)


@blueprint.get("/<draft_id>/ailleurs")
def elsewhere(draft_id: str) -> str:
    journey = _journey(draft_id)
    return render_template("company/elsewhere.html", draft=journey.draft, **ways_out(journey))


@blueprint.get("/ailleurs")
def outside() -> str:
    """Reached by « mon établissement est hors d’Occitanie »; who came by mistake finds the draft again."""
    found = draft(request.args.get("brouillon", ""))
    return render_template("company/elsewhere.html", draft=found, **ways_out(None))


@blueprint.errorhandler(NoRulebook)
def not_ready(_error: NoRulebook) -> ResponseReturnValue:
    """The set-up was not run: say so rather than fail."""
    return render_template("company/not_ready.html"), 503


def _book() -> Rulebook:
    return in_force(today())


def _journey(draft_id: str) -> Journey:
    """The draft, if it still lives; once filed, its acknowledgement is the only answer."""
    found = draft(draft_id)
    if found is None:
        abort(_page_gone())
    if found.filed:
        abort(_acknowledged(found))
    return Journey(found, _book(), today())


def _acknowledged(found: DraftFact) -> Response:
    token = token_of_form(found.form_id)
    return redirect(url_for("following.inquiry", token=token), 303) if token else _page_gone()


def _page_gone() -> Response:
    return Response(render_template("company/gone.html"), 404, mimetype="text/html")


def _after_need(sent: dict[str, list[str]], journey: Journey) -> str:
    """Words alone lead to the sentences they call up; ticked sentences lead on."""
    return journey.next_step() if "needs" in sent else NEED


def _go(draft_id: str, step: str) -> Response:
    return redirect(url_for(ENDPOINTS[step], draft_id=draft_id), 303)
