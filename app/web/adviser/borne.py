"""Collective actions a branch bears, with the companies that agreed to take part, and no other."""

from __future__ import annotations

from flask import render_template

from app.collective.acting import PURPOSE
from app.collective.planned import borne_by
from app.web.adviser.entrance import blueprint
from app.web.doors import current_viewer


@blueprint.get("/actions-collectives")
def borne() -> str:
    return render_template("adviser/borne.html", rows=borne_by(current_viewer()), purposes=PURPOSE)
