"""The territory of a Maison: what it leads, what is late, and the count of needs without anyone responsible."""

from __future__ import annotations

from flask import render_template, request, url_for

from app.dossiers.desk import Sort, cursor_from
from app.dossiers.labels import need_label
from app.dossiers.maison_lists import led_here, territory_counts
from app.dossiers.queries import maisons_of, needs_without_lead
from app.kernel.clock import today
from app.web.doors import current_viewer
from app.web.local.entrance import blueprint, tabs


@blueprint.get("/territoire")
def territory() -> str:
    viewer = current_viewer()
    cursor = cursor_from(request.args.get("apres", ""), Sort.DUE, backwards=False)
    page = led_here(viewer, cursor)
    return render_template(
        "local/territory.html",
        heading=" · ".join(maisons_of(viewer)) or "Maison de Ma Région",
        page=page,
        counts=territory_counts(viewer),
        orphans=needs_without_lead(viewer),
        tabs=tabs("local.territory"),
        next_url=page.following and url_for("local.territory", apres=page.following.text()),
        first_url=cursor and url_for("local.territory"),
        need_label=need_label,
        today=today(),
    )
