"""The acknowledgement, which is also the page that follows the request: reached by a secret link."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from app.collective.planned import contributions
from app.dossiers.following import followed
from app.dossiers.going_on import going_on
from app.inquiries.queries import inquiry_of, needs_of
from app.kernel.clock import today
from app.opinions.queries import opinions_of, results_of
from app.rulebooks.queries import in_force
from app.web.company.acknowledging import Acknowledgement
from app.web.company.conversing import conversations
from app.web.company.schemes import FollowedSchemes
from app.web.doors import CAPABILITY_LINK, door
from app.web.job_card import JobCard, job_card, read_job
from app.web.writing import WriteForm
from app.workbench.prescribed import prescribed_to

if TYPE_CHECKING:
    from app.inquiries.models import Inquiry

blueprint = door("following", __name__, access=CAPABILITY_LINK, url_prefix="/demandes")

SURVEY = "enquête auprès des employeurs"
NEED = "<int(max=2147483647):need_id>"


@blueprint.get("/<token>/")
def inquiry(token: str) -> ResponseReturnValue:
    return follow_page(token, inquiry_behind(token))


def follow_page(token: str, found: Inquiry, sent: Mapping[int, WriteForm] | None = None) -> str:
    """The page, with what was typed in a form that could not be sent."""
    page = acknowledgement(found)
    return render_template(
        "company/acknowledgement.html",
        page=page,
        inquiry=found,
        token=token,
        aids=FollowedSchemes(prescribed_to(found.id), page.book),
        opinions=opinions_of(found.id),
        results=results_of(found.id),
        contributions=contributions(found.id),
        talks=conversations(token, found, page.needs, sent or {}),
        goings=going_on(found.id),
        job=_job_card(found, page),
        today=page.today,
    )


def _job_card(found: Inquiry, page: Acknowledgement) -> JobCard | None:
    """Nothing while there is no figure: what the desk lacks is no affair of the company."""
    jobs = (read_job(one.need.id, one.need.answers, found.words) for one in page.needs)
    card = job_card(next((job for job in jobs if job), None), found.commune, survey=SURVEY)
    return card if card and card.here.overall else None


def acknowledgement(found: Inquiry) -> Acknowledgement:
    book, day = in_force(today()), today()
    return Acknowledgement(found, needs_of(found.id), followed(found.id), book, day)


def inquiry_behind(token: str) -> Inquiry:
    """The inquiry of a genuine link; any other link leads nowhere."""
    found = inquiry_of(token)
    if found is None:
        abort(Response(render_template("company/gone.html", link=True), 404, mimetype="text/html"))
    return found


@blueprint.after_request
def _keep_secret(response: Response) -> Response:
    """The address is the key: no engine lists it, no cache keeps it (and `app.web.headers` tells no other site)."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    return response
