"""The second step: the establishment. Whatever button is pressed, what was typed is kept first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.inquiries.actions import save_draft
from app.web.company.entrance import aside, blueprint, go, journey_of
from app.web.company.flow import ESTABLISHMENT, Journey
from app.web.company.forms import EstablishmentForm, establishment_form
from app.web.company.prompting import COMMUNE, prompted
from app.web.company.recognising import FIELDS as SEARCH_FIELDS
from app.web.company.recognising import recognise
from app.web.company.remarks import search_part
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
    data = {**journey.data, **told}
    return _page(journey, establishment_form(data), data, told)


@blueprint.post("/<draft_id>/etablissement")
def keep_establishment(draft_id: str) -> ResponseReturnValue:
    journey, sent = journey_of(draft_id), typed(request.form, (*FIELDS, *_searching()))
    data, then = {**journey.data, **sent}, request.form.get("then", "")
    save_draft(draft_id, sent, ESTABLISHMENT)
    if (way := aside(draft_id)) is not None:
        return way
    said = recognise(data, then)
    if said.changes:
        save_draft(draft_id, said.changes, ESTABLISHMENT)
    if said.show:
        return redirect(url_for("company.establishment", draft_id=draft_id, _anchor="search"), 303)
    data |= said.changes
    form = establishment_form(data)
    if not form.validate():
        return _page(journey, form, data), 422
    return go(draft_id, journey_of(draft_id).step_after_change())


def _searching() -> tuple[str, ...]:
    """The fields of the register's part that were on the page."""
    return tuple(name for name in SEARCH_FIELDS if name in request.form)


def _page(journey: Journey, form: EstablishmentForm, data: Mapping[str, Any], told: object = ()) -> str:
    return render_template(
        "company/establishment.html",
        form=form,
        draft=journey.draft,
        prompted=told,
        register=search_part(data),
    )
