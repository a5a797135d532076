"""The second step: the establishment. Whatever button is pressed, what was typed is kept first."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.inquiries.actions import save_draft
from app.web.company.entrance import blueprint, go, journey_of
from app.web.company.flow import ELSEWHERE, ESTABLISHMENT, Journey
from app.web.company.forms import EstablishmentForm, establishment_form
from app.web.company.prompting import COMMUNE, prompted
from app.web.company.typed import typed

FIELDS = (
    "siret",
    "company",
    "commune",
    "commune_code",
    "band",
    "workforce",
    "activity",
    "naf",
    "agreement",
    "agreements_seen",
    "idcc",
)


@blueprint.get("/<draft_id>/etablissement")
def establishment(draft_id: str) -> str:
    journey = journey_of(draft_id)
    told = prompted(journey.data, COMMUNE)
    return _page(journey, establishment_form({**journey.data, **told}), told)


@blueprint.post("/<draft_id>/etablissement")
def keep_establishment(draft_id: str) -> ResponseReturnValue:
    journey, sent = journey_of(draft_id), typed(request.form, FIELDS)
    save_draft(draft_id, sent, ESTABLISHMENT)
    if request.form.get("then") == ELSEWHERE:
        return redirect(url_for("company.outside", brouillon=draft_id), 303)
    form = establishment_form({**journey.data, **sent})
    if not form.validate():
        return _page(journey, form), 422
    return go(draft_id, journey_of(draft_id).step_after_change())


def _page(journey: Journey, form: EstablishmentForm, told: object = ()) -> str:
    return render_template("company/establishment.html", form=form, draft=journey.draft, prompted=told)
