"""The inbox: what waits, whose it is, what is late; found by words, narrowed, sorted, and kept under a name."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.dossiers.desk import sorts_of
from app.dossiers.labels import need_label
from app.dossiers.lifecycle import Part
from app.dossiers.lists import desk_counts, desk_of
from app.dossiers.saved_list_actions import TooManyLists, forget_list, save_list
from app.dossiers.saved_lists import saved_lists
from app.kernel.clock import today
from app.kernel.text import storable
from app.kernel.vocabulary import DEPARTEMENTS, Urgency
from app.routing.rulebook import Rulebook
from app.rulebooks.queries import NoRulebook, in_force
from app.web.adviser.asked import AskedList, asked_list, list_url
from app.web.adviser.entrance import blueprint
from app.web.adviser.listing import branches_of, chosen_words, nothing_in, row_status, tab_links
from app.web.doors import current_viewer

LONGEST_NAME = 60


@blueprint.get("/")
def desk() -> str:
    viewer, asked = current_viewer(), _asked()
    narrowing, needs = asked.narrowing, asked.needs
    page = desk_of(viewer, asked.tab, asked.cursor, sort=asked.sort, narrowing=narrowing, needs=needs)
    return render_template(
        "adviser/desk.html",
        asked=asked,
        tab=asked.tab,
        tabs=tab_links(asked, desk_counts(viewer, narrowing, needs)),
        page=page,
        urls=asked.paging(page),
        need_label=need_label,
        posts=viewer.posts,
        nothing=nothing_in(asked),
        row_status=row_status,
        today=today(),
        **_choices(asked),
    )


@blueprint.post("/listes/")
def keep_list() -> Response:
    """Name the list on the screen; the same name again keeps the new one."""
    asked = asked_list(request.form, _book())
    name = " ".join(storable(request.form.get("nom", "")).split())[:LONGEST_NAME]
    if not name:
        flash("Donnez un nom à cette liste.", "error")
        return redirect(asked.url(), code=303)
    try:
        save_list(current_viewer(), name, asked.kept())
    except TooManyLists:
        flash("Vous avez déjà 20 listes. Supprimez-en une d’abord.", "error")
    else:
        flash(f"La liste « {name} » est enregistrée.", "success")
    return redirect(asked.url(), code=303)


@blueprint.post("/listes/<int(max=2147483647):list_id>/supprimer")
def drop_list(list_id: int) -> ResponseReturnValue:
    if not forget_list(current_viewer(), list_id):
        abort(404)
    flash("La liste est supprimée.", "success")
    return redirect(url_for("adviser.desk"), code=303)


def _asked() -> AskedList:
    return asked_list(request.args, _book())


def _book() -> Rulebook | None:
    """The rules in force; none before the set-up publishes the first edition."""
    try:
        return in_force(today())
    except NoRulebook:
        return None


def _choices(asked: AskedList) -> dict[str, object]:
    """What the filters offer."""
    viewer, book = current_viewer(), asked.book
    return {
        "sorts": [(one.value, one.label) for one in sorts_of(asked.tab)],
        "themes": [(key, theme.label) for key, theme in book.themes.items()] if book else [],
        "needs": [(one.key, one.label) for one in book.needs.values() if one.in_scope] if book else [],
        "urgencies": [(one.value, one.label) for one in Urgency],
        "departements": [(code, f"{code} · {name}") for code, name in DEPARTEMENTS.items()],
        "parts": [(one.value, one.label) for one in (Part.LEAD, Part.SUPPORT)],
        "branches": branches_of(viewer),
        "chosen": chosen_words(asked),
        "saved": [(one, list_url(one.asked)) for one in saved_lists(viewer)],
    }
