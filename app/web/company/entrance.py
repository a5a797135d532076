"""The form's door itself, and what its steps share: the draft, the way to the next step."""

from __future__ import annotations

from flask import abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.accounts.abilities import Ability
from app.inquiries.queries import DraftFact, draft, token_of_form
from app.kernel.clock import today
from app.routing.rulebook import Rulebook
from app.rulebooks.queries import NoRulebook, in_force
from app.web.company.flow import CONTACT, ELSEWHERE, ESTABLISHMENT, NEED, OUTSIDE, REVIEW, Journey
from app.web.company.turning_away import turn_away
from app.web.doors import ANYONE, door
from app.web.navigation import desk_viewer

blueprint = door("company", __name__, access=ANYONE, url_prefix="/demandes/nouvelle")

LATER = "plus-tard"
ENDPOINTS = {
    NEED: "company.need",
    ESTABLISHMENT: "company.establishment",
    CONTACT: "company.contact",
    REVIEW: "company.review",
    ELSEWHERE: "company.elsewhere",
}


@blueprint.errorhandler(NoRulebook)
def not_ready(_error: NoRulebook) -> ResponseReturnValue:
    """The set-up was not run: say so rather than fail."""
    return render_template("company/not_ready.html"), 503


def book_of_today() -> Rulebook:
    return in_force(today())


def journey_of(draft_id: str) -> Journey:
    """The draft, if it still lives; once filed, its acknowledgement is the only answer."""
    found = draft(draft_id)
    if found is None or not _is_theirs(found):
        abort(page_gone())
    g.assisted = found.channel
    if found.filed:
        abort(_acknowledged(found))
    return Journey(found, book_of_today(), today())


def _is_theirs(found: DraftFact) -> bool:
    """What an adviser types for a company opens for that adviser alone, as long as they hold the post."""
    if found.adviser_id is None:
        return True
    viewer = desk_viewer()
    return viewer is not None and viewer.user_id == found.adviser_id and viewer.can(Ability.SEE_MAISON)


def _acknowledged(found: DraftFact) -> Response:
    token = token_of_form(found.form_id)
    return redirect(url_for("following.inquiry", token=token), 303) if token else page_gone()


def page_gone() -> Response:
    return Response(render_template("company/gone.html"), 404, mimetype="text/html")


def aside(draft_id: str) -> Response | None:
    """Where a second button leads, once what was typed is kept; None when the step simply goes on."""
    wanted = request.form.get("then")
    if wanted == ELSEWHERE:
        turn_away(journey_of(draft_id), OUTSIDE)
        return redirect(url_for("company.outside", brouillon=draft_id), 303)
    return redirect(url_for("company.later", draft_id=draft_id), 303) if wanted == LATER else None


def go(draft_id: str, step: str) -> Response:
    """To a step. Whatever way leads elsewhere passes by here: it is counted."""
    if step == ELSEWHERE:
        turn_away(journey_of(draft_id))
    return redirect(url_for(ENDPOINTS[step], draft_id=draft_id), 303)
