"""What is late, by branch and by step."""

from __future__ import annotations

from flask import render_template, request, url_for

from app.accounts.abilities import Ability
from app.dossiers.desk import Sort, cursor_from
from app.dossiers.labels import need_label
from app.dossiers.late import late_cases
from app.kernel.clock import today
from app.reporting.scope import perimeter
from app.web.doors import current_viewer
from app.web.manager.pages import blueprint


@blueprint.get("/retards")
def late() -> str:
    viewer, day = current_viewer(), today()
    cursor = cursor_from(request.args.get("apres", "")[:60], Sort.DUE, backwards=False)
    page = late_cases(perimeter(viewer), day, cursor)
    return render_template(
        "manager/late.html",
        page=page,
        need_label=need_label,
        today=day,
        opens=viewer.can(Ability.WORK_CASES),
        next_url=page.following and url_for(".late", apres=page.following.text()),
        first_url=cursor and url_for(".late"),
    )
