"""Needs expressed beside the survey: one page, its picture and its files. Each page: parse, ask, answer."""

from __future__ import annotations

from flask import abort, jsonify, make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from app.gpec.figures import FRAGILE_UNDER
from app.reporting.exports import csv_text
from app.reporting.published import Told, publication
from app.reporting.secrecy import rules
from app.reporting.workbooks import MEDIA, xlsx
from app.web.doors import ANYONE, door
from app.web.pictures import LOOKS, as_svg, asked_look
from app.web.public import expressed_files as files
from app.web.public.expressed_page import Page, gone, page, place_of

blueprint = door("expressed", __name__, access=ANYONE, url_prefix="/besoins-exprimes")


@blueprint.get("/")
def table() -> str:
    return render_template(
        "public/expressed.html",
        page=page(request.args),
        gone=gone(request.args.get("trimestre", "")),
        rules=rules(),
        looks=LOOKS,
        licence=files.LICENCE,
        fields=files.FIELDS,
        fragile_under=FRAGILE_UNDER,
        place_of=place_of,
    )


@blueprint.get("/image.svg")
def drawing() -> Response:
    tone, narrow = asked_look()
    return as_svg(_page().picture(tone, narrow=narrow))


@blueprint.get("/tableau.<any(csv, xlsx):form>")
def export(form: str) -> Response:
    """The same figures as the page."""
    found = _page()
    name = f"besoins-{found.told.quarter}-{found.place.value.replace(':', '-')}-{found.theme.value}.{form}"
    rows = files.page_rows(found)
    return _file(csv_text(rows) if form == "csv" else xlsx("Besoins", rows), name)


@blueprint.get("/<quarter>.<any(csv, xlsx):form>")
def whole(quarter: str, form: str) -> Response:
    """All that was told of a quarter, as open data."""
    rows = files.quarter_rows(_told(quarter))
    return _file(
        csv_text(rows) if form == "csv" else xlsx("Besoins", rows), f"besoins-exprimes-{quarter}.{form}"
    )


@blueprint.get("/<quarter>/datapackage.json")
def dictionary(quarter: str) -> Response:
    told = _told(quarter)
    return jsonify(files.descriptor(told, url_for(".whole", quarter=quarter, form="csv", _external=True)))


def _page() -> Page:
    found = page(request.args)
    if found is None:
        abort(404)
    return found


def _told(quarter: str) -> Told:
    found = publication(quarter)
    if found is None:
        abort(410 if gone(quarter) else 404)
    return found


def _file(body: str | bytes, name: str) -> Response:
    answer = make_response(body)
    answer.mimetype = "text/csv" if name.endswith(".csv") else MEDIA
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
