"""Several dossiers at one go: what will happen, line by line; then what happened."""

from __future__ import annotations

from collections.abc import Callable

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.dossiers import actions
from app.dossiers.labels import need_label
from app.dossiers.lifecycle import Outcome, Verb
from app.dossiers.lots import MOST, Line, Told, carry_out, chosen, colleagues, foreseen
from app.dossiers.reassign_actions import reassign
from app.kernel.clock import utcnow
from app.web.adviser.entrance import blueprint
from app.web.adviser.listing import what_happened
from app.web.adviser.lot_forms import CloseLot, GiveLot, LotForm, TakeLot
from app.web.doors import current_viewer

VERBS = {"prendre": Verb.TAKE, "confier": Verb.REASSIGN, "clore": Verb.CLOSE}
FORMS: dict[Verb, type[LotForm]] = {Verb.TAKE: TakeLot, Verb.REASSIGN: GiveLot, Verb.CLOSE: CloseLot}


@blueprint.get("/lot")
def lot() -> ResponseReturnValue:
    """What the verb would do to the lines chosen; nothing is done yet."""
    verb = VERBS.get(request.args.get("geste", ""))
    if verb is None:
        return redirect(url_for("adviser.desk"))
    return _preview(verb, chosen(current_viewer(), request.args.getlist("ligne")))


@blueprint.post("/lot")
def do_lot() -> ResponseReturnValue:
    verb = VERBS.get(request.form.get("geste", ""))
    if verb is None:
        return redirect(url_for("adviser.desk"), code=303)
    lines = chosen(current_viewer(), request.form.getlist("ligne"))
    form = _form(verb, lines)
    if not 0 < len(lines) <= MOST or not form.validate():
        return _preview(verb, lines, form), 400
    told = carry_out(lines, _act(form))
    return render_template("adviser/lot_done.html", told=told, verb=verb, **_words(told))


def _form(verb: Verb, lines: list[Line]) -> LotForm:
    form = FORMS[verb]()
    if isinstance(form, GiveLot):
        form.offer(colleagues(lines))
    return form


def _preview(verb: Verb, lines: list[Line], form: LotForm | None = None) -> str:
    viewer = current_viewer()
    told = foreseen(viewer, lines, verb) if len(lines) <= MOST else []
    return render_template(
        "adviser/lot.html",
        verb=verb,
        gesture=next(key for key, one in VERBS.items() if one is verb),
        told=told,
        count=len(lines),
        most=MOST,
        form=form or _form(verb, lines),
        **_words(told),
    )


def _words(told: list[Told]) -> dict[str, object]:
    viewer, now = current_viewer(), utcnow()
    why = {
        one.line.dossier_id: what_happened(one.event, viewer, now) if one.moved else one.refused
        for one in told
        if not one.done
    }
    return {"why": why, "done": [one for one in told if one.done], "need_label": need_label}


def _act(form: LotForm) -> Callable[[int, int], None]:
    """The verb of this form, said of one dossier in the version read."""
    viewer = current_viewer()
    if isinstance(form, GiveLot):
        colleague, why = int(form.colleague.data), form.comment.data
        return lambda dossier_id, version: reassign(viewer, dossier_id, version, colleague, why)
    if isinstance(form, CloseLot):
        outcome, comment = Outcome(form.outcome.data), form.comment.data
        return lambda dossier_id, version: actions.close(viewer, dossier_id, version, outcome, comment)
    return lambda dossier_id, version: actions.take(viewer, dossier_id, version)
