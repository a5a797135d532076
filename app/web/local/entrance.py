"""The Maison's door itself, and its lists."""

from __future__ import annotations

from flask import url_for

from app.accounts.abilities import Ability
from app.web.doors import door

blueprint = door("local", __name__, access=Ability.SEE_MAISON, url_prefix="/maison")

LISTS = (
    ("À transmettre", "local.home"),
    ("Pilotés par la Maison", "local.territory"),
    ("Besoins collectifs", "collective.needs"),
    ("Actions", "planning.actions"),
)


def tabs(here: str) -> list[dict[str, object]]:
    return [{"label": label, "url": url_for(page), "current": page == here} for label, page in LISTS]
