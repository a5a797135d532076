"""The acknowledgement, which is also the page that follows the request: reached by a secret link."""

from __future__ import annotations

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from app.dossiers.following import followed
from app.inquiries.queries import inquiry_of, needs_of
from app.kernel.clock import today
from app.rulebooks.queries import in_force
from app.web.company.acknowledging import Acknowledgement
from app.web.company.schemes import FollowedSchemes
from app.web.doors import CAPABILITY_LINK, door
from app.workbench.prescribed import prescribed_to

blueprint = door("following", __name__, access=CAPABILITY_LINK, url_prefix="/demandes")


@blueprint.get("/<token>/")
def inquiry(token: str) -> ResponseReturnValue:
    found = inquiry_of(token)
    if found is None:
        return render_template("company/gone.html", link=True), 404
    book, day = in_force(today()), today()
    page = Acknowledgement(found, needs_of(found.id), followed(found.id), book, day)
    aids = FollowedSchemes(prescribed_to(found.id), book)
    return render_template("company/acknowledgement.html", page=page, inquiry=found, aids=aids, today=day)


@blueprint.after_request
def _keep_secret(response: Response) -> Response:
    """The address is the key: no engine lists it, no cache keeps it (and `app.web.headers` tells no other site)."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    return response
