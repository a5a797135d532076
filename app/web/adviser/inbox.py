"""The inbox: what waits, whose it is, what is late."""

from __future__ import annotations

from flask import render_template, request

from app.dossiers.desk import Cursor, Tab, cursor_from
from app.dossiers.labels import need_label
from app.dossiers.queries import desk_counts, desk_of
from app.kernel.clock import today
from app.web.adviser.entrance import blueprint
from app.web.adviser.listing import nothing_in, paging_urls, row_status, tab_links
from app.web.doors import current_viewer


@blueprint.get("/")
def desk() -> str:
    viewer, tab = current_viewer(), _tab(request.args.get("onglet", ""))
    page = desk_of(viewer, tab, _cursor(tab))
    return render_template(
        "adviser/desk.html",
        tab=tab,
        tabs=tab_links(tab, desk_counts(viewer)),
        page=page,
        urls=paging_urls(tab, page),
        need_label=need_label,
        posts=viewer.posts,
        nothing=nothing_in(tab),
        row_status=row_status,
        today=today(),
    )


def _tab(text: str) -> Tab:
    return Tab(text) if text in set(Tab) else Tab.NEW


def _cursor(tab: Tab) -> Cursor | None:
    backwards = "avant" in request.args
    text = request.args.get("avant" if backwards else "apres", "")
    return cursor_from(text, tab, backwards=backwards) if text else None
