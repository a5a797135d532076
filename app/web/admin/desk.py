"""The door itself, and its first page."""

from __future__ import annotations

from flask import render_template

from app.accounts.abilities import Ability
from app.kernel.clock import today
from app.rulebooks.queries import NoRulebook, in_force
from app.web.doors import door

blueprint = door("admin", __name__, access=Ability.ADMINISTER, url_prefix="/administration")


@blueprint.get("/")
def home() -> str:
    return render_template("admin/home.html")


def actor_labels() -> dict[str, str]:
    """The kinds of organisation, by the label of the rules in force."""
    try:
        return {key: actor.label for key, actor in in_force(today()).actors.items()}
    except NoRulebook:
        return {}
