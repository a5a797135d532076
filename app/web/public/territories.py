"""Territory pages, and the search of communes behind the form's field."""

from __future__ import annotations

from flask import abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.collective.planned import public_actions
from app.directory.queries import snapshot
from app.gpec import queries as gpec
from app.gpec.tense import tense
from app.gpec.working import FEWEST
from app.kernel.clock import today
from app.kernel.vocabulary import ZoneKind
from app.reporting.cells import Place
from app.reporting.exports import csv_text
from app.reporting.expressed import TOLD_AT, Expressed, expressed_in
from app.reporting.workbooks import MEDIA, xlsx
from app.routing.facts import Branch
from app.selfcheck.points import Answer
from app.selfcheck.queries import answers_of
from app.selfcheck.secrecy import rules
from app.territory import queries
from app.territory.drawing import Drawing, draw
from app.web.doors import ANYONE, door
from app.web.pictures import LOOKS, as_svg, asked_look
from app.web.public import job_page as words
from app.web.public import place_files
from app.web.public.recruitments import Recruitments, recruitments
from app.web.public.territory_card import KINDS, Card, branches_serving, card, departement_of
from app.web.public.workforce import workforce

SHOWN_COMMUNES, SHOWN_TENSE = 20, 10
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
    bmo = recruitments(found)
    at = bmo.at if bmo and bmo.at and bmo.at.code else None
    return render_template(
        "public/territory.html",
        card=found,
        departement=departement_of(found),
        shown=found.communes[:SHOWN_COMMUNES],
        others=found.communes[SHOWN_COMMUNES:],
        branches=_branches(found),
        needs=_needs(found),
        told_here=found.kind in TOLD_AT,
        actions=public_actions(found.kind, found.code, today()),
        bmo=bmo,
        tense=tense(at.kind, at.code or "", SHOWN_TENSE) if at else [],
        employers=gpec.employers(found.kind, found.code),
        workforce=workforce(found),
        answers=answers_of(found.code, today()) if found.kind is ZoneKind.DEPARTEMENT else None,
        choices=list(Answer),
        blurred=rules(),
        fewest=FEWEST,
        words=words,
        looks=LOOKS,
        datasets=queries.latest_datasets(),
        drawing=_map_around(found),
    )


@blueprint.get("/<kind>/<code>/metiers.svg")
def drawing(kind: str, code: str) -> Response:
    tone, narrow = asked_look()
    return as_svg(_surveyed(kind, code).picture(tone, narrow=narrow))


@blueprint.get("/<kind>/<code>/chiffres.<any(csv, xlsx):form>")
def export(kind: str, code: str, form: str) -> Response:
    """Every job of the survey in this place, or in the published place a commune lies in."""
    rows = place_files.rows(_surveyed(kind, code))
    answer = make_response(csv_text(rows) if form == "csv" else xlsx("BMO", rows))
    answer.mimetype = "text/csv" if form == "csv" else MEDIA
    answer.headers["Content-Disposition"] = f'attachment; filename="territoire-{kind}-{code}.{form}"'
    return answer


def _surveyed(kind: str, code: str) -> Recruitments:
    found = card(ZoneKind(kind), code) if kind in KINDS else None
    bmo = recruitments(found) if found else None
    if bmo is None or bmo.at is None:
        abort(404)
    return bmo


def _needs(one: Card) -> Expressed | None:
    """Only places that are published: a commune or an EPCI crosses them, and would give back a secret one."""
    return expressed_in(Place(one.kind, one.code), today()) if one.kind in TOLD_AT else None


def _branches(one: Card) -> list[Branch]:
    """Thousands of places would only say again what each says: the region sends to its communes."""
    if one.kind is ZoneKind.REGION:
        return []
    places = (queries.place_of(commune.code) for commune in one.communes)
    return branches_serving(snapshot(), [place for place in places if place])


def _map_around(one: Card) -> Drawing | None:
    """The zones of its kind under the départements; a commune, or a kind without outline, has its départements."""
    departements = queries.outlines()
    if one.kind in (ZoneKind.COMMUNE, ZoneKind.DEPARTEMENT, ZoneKind.REGION):
        return draw(departements)
    return draw(queries.outlines(one.kind), departements) or draw(departements)
