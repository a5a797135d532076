"""Jobs: found by any of their names, then what official figures say of each. Each page: parse, ask, answer."""

from __future__ import annotations

import re

from flask import abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.gpec import jobs, queries
from app.gpec.figures import FRAGILE_UNDER
from app.gpec.jobs import Job
from app.kernel.clock import today
from app.kernel.vocabulary import DEPARTEMENTS
from app.reporting.exports import csv_text
from app.reporting.expressed import needs_of
from app.web.doors import ANYONE, door
from app.web.pictures import LOOKS, as_svg, asked_look
from app.web.public import job_page as words

RESULTS = 40
LONGEST = 100
FAMILY = re.compile(r"[A-Z]\d[A-Z]\d\d")

blueprint = door("jobs", __name__, access=ANYONE, url_prefix="/metiers")


@blueprint.get("/")
def index() -> str:
    typed, family = (request.args.get(name, "").strip()[:LONGEST] for name in ("q", "famille"))
    named = queries.family_names([family]) if FAMILY.fullmatch(family) else {}
    return render_template(
        "public/jobs.html",
        typed=typed,
        family=named.get(family),
        hits=jobs.jobs_of_family(family) if family in named else jobs.search(typed, RESULTS),
        known=bool(jobs.names().labels),
        lieu=_place_asked(),
    )


@blueprint.get("/<rome>")
def job(rome: str) -> str | Response:
    if rome != rome.upper() and rome.upper() in jobs.names().labels:
        return redirect(url_for(".job", rome=rome.upper(), lieu=_place_asked()), 301)
    page = words.job_page(_known(rome))
    return render_template(
        "public/job.html",
        page=page,
        around=words.around(page, _place_asked()),
        job=page.job,
        words=words,
        looks=LOOKS,
        departements=DEPARTEMENTS,
        needs=needs_of([one.code for one in page.job.families], today()),
        fragile_under=FRAGILE_UNDER,
    )


@blueprint.get("/<rome>/<family>.svg")
def drawing(rome: str, family: str) -> Response:
    page = words.job_page(_known(rome))
    found = next((one for one in page.families if one.family.code == family), None)
    if found is None or page.year is None:
        abort(404)
    tone, narrow = asked_look()
    return as_svg(found.picture(page.year, tone, narrow=narrow))


@blueprint.get("/<rome>/chiffres.csv")
def export(rome: str) -> Response:
    answer = make_response(csv_text(words.rows(words.job_page(_known(rome)))))
    answer.mimetype = "text/csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="metier-{rome}.csv"'
    return answer


def _place_asked() -> str | None:
    """« commune:34142 », the page one comes from."""
    return request.args.get("lieu", "")[:LONGEST] or None


def _known(rome: str) -> Job:
    found = jobs.job(rome)
    if found is None:
        abort(404)
    return found
