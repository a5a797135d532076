"""Branches: list, search, edit, enter. Each page: parse, ask, do, answer."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.directory import actions, listing
from app.directory.edits import EditRefused, NewBranch, StaleEdit, UnknownBranch
from app.directory.queries import branch as branch_of
from app.web.admin.desk import actor_labels, blueprint
from app.web.admin.forms import BranchForm, NewBranchForm, say
from app.web.admin.zones import write_zones
from app.web.inputs import stripped

BRANCHES = "/antennes/"
BRANCH = "/antennes/<slug>/"
ASKED = ("q", "reseau", "apres", "avant")


@blueprint.get(BRANCHES)
def branches() -> str:
    text, actor, after, before = (stripped(request.args.get(key, "")[:100]) or "" for key in ASKED)
    page = listing.branches(text, actor, after, before)
    filters: dict[str, Any] = {"q": text or None, "reseau": actor or None}
    return render_template(
        "admin/branches.html",
        page=page,
        typed=text,
        chosen=actor,
        actors=sorted(actor_labels().items(), key=lambda one: one[1]),
        labels=actor_labels(),
        next_url=page.after and url_for(".branches", apres=page.after, **filters),
        prev_url=page.before and url_for(".branches", avant=page.before, **filters),
    )


@blueprint.route("/antennes/nouvelle", methods=["GET", "POST"])
def new_branch() -> str | tuple[str, int] | Response:
    form = NewBranchForm()
    form.offer(actor_labels())
    if form.validate_on_submit():
        slug = actions.enter_branch(NewBranch(form.actor.data, form.opco.data or None, form.edit()))
        flash("L’antenne est saisie. Elle remplace le point d’entrée sur son territoire.", "success")
        return redirect(url_for(".branch", slug=slug), code=303)
    page = render_template("admin/new_branch.html", form=form)
    return (page, 400) if form.is_submitted() else page


@blueprint.route(BRANCH, methods=["GET", "POST"])
def branch(slug: str) -> str | tuple[str, int] | Response:
    row = branch_of(slug)
    if row is None:
        abort(404)
    zones = tuple((one.kind, one.code) for one in row.coverage)
    form = BranchForm(obj=None if request.method == "POST" else row)
    form.keeps_zones, form.known = row.entry_point, (row.mailbox, row.mailbox_verified_on)
    if not form.is_submitted():
        form.zones.data = write_zones(zones)
    status = 200
    if form.is_submitted():
        status = _edited(slug, form)
        if status == 303:
            flash("L’antenne est enregistrée.", "success")
            return redirect(url_for(".branch", slug=slug), code=303)
    row = branch_of(slug)
    page = render_template(
        "admin/branch.html",
        form=form,
        row=row,
        stored_zones=write_zones(zones),
        labels=actor_labels(),
        stale=status == 409,
    )
    return page, status


def _edited(slug: str, form: BranchForm) -> int:
    """303 when written; otherwise the status of the page that keeps everything typed."""
    if not form.validate():
        return 400
    try:
        actions.edit_branch(slug, form.seen(), form.edit())
    except UnknownBranch:
        abort(404)
    except StaleEdit as stale:
        form.version.data = str(stale.version)
        return 409
    except EditRefused as refused:
        say(form, refused.field, refused.sentence)
        return 400
    return 303
