"""Where a person lands after signing in. The forms themselves are Flask-Security's, on our templates."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.accounts.abilities import Ability
from app.web.doors import ANYONE, POLICIES, SIGNED_IN, current_viewer, door

blueprint = door("signin", __name__, access=SIGNED_IN, url_prefix="/espace")

# Its sign-in pages are open by nature; the two others of this blueprint ask for a signed-in person themselves.
POLICIES["security"] = ANYONE

DESKS = (
    (Ability.SEE_MAISON, "local.home"),
    (Ability.WORK_CASES, "adviser.desk"),
    (Ability.STEER, "manager.board"),
    (Ability.ADMINISTER, "admin.home"),
)
"""The desk a person opens first, by what they may do."""


@blueprint.get("")
def home() -> Response | tuple[str, int]:
    viewer = current_viewer()
    first = next((endpoint for ability, endpoint in DESKS if viewer.can(ability)), None)
    if first is None:
        return render_template("signin/no_post.html"), 403
    return redirect(url_for(first))
