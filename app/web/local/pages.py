"""What nobody was told yet, and the count of needs without anyone responsible."""

from __future__ import annotations

from flask import abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from app.dossiers import actions
from app.dossiers.going_on import silent_partners
from app.dossiers.labels import need_label
from app.dossiers.lifecycle import Channel
from app.dossiers.moving import UnknownCase
from app.dossiers.queries import maisons_of, needs_without_lead, to_transmit
from app.kernel.clock import today
from app.web.doors import current_viewer
from app.web.local import territory
from app.web.local.entrance import blueprint, tabs
from app.web.local.forms import TransmitForm

__all__ = ["blueprint", "territory"]


@blueprint.get("/")
def home() -> str:
    viewer = current_viewer()
    return render_template(
        "local/home.html",
        heading=" · ".join(maisons_of(viewer)) or "Maison de Ma Région",
        rows=to_transmit(viewer),
        silent=silent_partners(viewer),
        orphans=needs_without_lead(viewer),
        channels=Channel,
        need_label=need_label,
        tabs=tabs("local.home"),
        today=today(),
    )


@blueprint.get("/a-transmettre")
def list_to_transmit() -> Response:
    return redirect(url_for("local.home", _anchor="a-transmettre"))


@blueprint.post("/a-transmettre/<int(max=2147483647):dossier_id>")
def transmit(dossier_id: int) -> Response:
    form = TransmitForm()
    if not form.validate_on_submit():
        abort(400)
    actions.mark_transmitted(current_viewer(), dossier_id, Channel(form.channel.data))
    flash("C’est noté : l’acteur est prévenu.", "success")
    return redirect(url_for("local.home"), code=303)


@blueprint.errorhandler(UnknownCase)
def unknown_case(_error: UnknownCase) -> ResponseReturnValue:
    return current_app.handle_user_exception(NotFound())
