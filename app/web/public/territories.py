"""Territory pages, and the search of communes behind the form's field."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.directory.queries import snapshot
from app.kernel.clock import today
from app.kernel.vocabulary import ZoneKind
from app.reporting.expressed import expressed_in
from app.territory import queries
from app.territory.drawing import Drawing, draw
from app.web.doors import ANYONE, door
from app.web.public.recruitments import recruitments
from app.web.public.territory_card import KINDS, Card, branches_serving, card, departement_of

SHOWN_COMMUNES = 20
RESULTS = 30

blueprint = door("territories", __name__, access=ANYONE, url_prefix="/territoires")


@blueprint.get("/")
def index() -> str:
    typed = request.args.get("q", "").strip()[:100]
    return render_template(
        "public/territories.html",
        typed=typed,
        hits=queries.search_communes(typed, RESULTS),
        departements=queries.zones(ZoneKind.DEPARTEMENT),
        drawing=draw(queries.outlines()),
    )


@blueprint.get("/<kind>/<code>")
def territory(kind: str, code: str) -> str | Response:
    if kind not in KINDS:
        abort(404)
    found = card(ZoneKind(kind), code)
    if found is None:
        abort(404)
    if found.code != code:
        return redirect(url_for(".territory", kind=kind, code=found.code), 301)
    places = [place for one in found.communes if (place := queries.place_of(one.code))]
    return render_template(
        "public/territory.html",
        card=found,
        departement=departement_of(found),
        shown=found.communes[:SHOWN_COMMUNES],
        others=found.communes[SHOWN_COMMUNES:],
        branches=branches_serving(snapshot(), places),
        needs=expressed_in([one.code for one in found.communes], today()),
        bmo=recruitments(found),
        datasets=queries.latest_datasets(),
        drawing=_map_around(found),
    )


def _map_around(one: Card) -> Drawing | None:
    """The zones of its kind under the départements; a commune, or a kind without outline, has its départements."""
    departements = queries.outlines()
    if one.kind in (ZoneKind.COMMUNE, ZoneKind.DEPARTEMENT):
        return draw(departements)
    return draw(queries.outlines(one.kind), departements) or draw(departements)
