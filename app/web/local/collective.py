"""« Besoins collectifs »: what requests alike say of a place, the method shown, the Maison's answer."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.abilities import Ability, Viewer
from app.collective import need_actions
from app.collective.planned import action_of
from app.collective.queries import journal_of, may_answer, need_read, needs_counted, needs_listed
from app.collective.requests import requests_read, totals
from app.collective.wordings import method_lines, survey_line, worded
from app.collective.words import Happening, Shelf, State, why
from app.web.doors import current_viewer, door
from app.web.inputs import number_of
from app.web.local.collective_form import AnswerForm
from app.web.local.entrance import tabs

blueprint = door(
    "collective", __name__, access=Ability.SEE_COLLECTIVE, url_prefix="/maison/besoins-collectifs"
)
NEED = "/<int(max=2147483647):need_id>/"


@blueprint.get("/")
def needs() -> str:
    viewer = current_viewer()
    asked = request.args.get("liste", "")
    shelf = Shelf(asked) if asked in set(Shelf) else Shelf.OPEN
    before = number_of(request.args.get("apres", ""))
    page = needs_listed(viewer, shelf, before)
    return render_template(
        "local/collective.html",
        rows=[worded(one) for one in page.rows],
        shelf=shelf,
        shelves=_shelves(viewer, shelf),
        tabs=tabs("collective.needs") if viewer.can(Ability.SEE_MAISON) else [],
        next_url=page.following and url_for("collective.needs", liste=shelf, apres=page.following),
        first_url=before and url_for("collective.needs", liste=shelf),
    )


@blueprint.get(NEED)
def need(need_id: int) -> str:
    return _page(current_viewer(), need_id, AnswerForm(formdata=None))


@blueprint.post(NEED)
def answer(need_id: int) -> str | tuple[str, int] | Response:
    viewer, form = current_viewer(), AnswerForm()
    if not may_answer(viewer, need_id):
        abort(404)
    if not form.validate():
        return _page(viewer, need_id, form), 400
    said = State(form.said.data)
    try:
        need_actions.answer(viewer, need_id, form.seen(), said, form.given_reason, form.words.data or None)
    except need_actions.UnknownNeed:
        abort(404)
    except need_actions.StaleNeed:
        return _page(viewer, need_id, form, late=True), 409
    flash("Votre réponse est notée.", "success")
    return redirect(url_for("collective.need", need_id=need_id), code=303)


def _page(viewer: Viewer, need_id: int, form: AnswerForm, *, late: bool = False) -> str:
    """The need as it is now. What was typed too late stays: sent again, it answers what is shown."""
    found = need_read(viewer, need_id)
    if found is None:
        abort(404)
    if late or not form.is_submitted():
        form.version.data = str(found.version)
    counted, requests = totals(found), requests_read(viewer, found)
    return render_template(
        "local/collective_need.html",
        need=found,
        action=action_of(need_id) if viewer.can(Ability.SEE_MAISON) else None,
        words=worded(found),
        method=method_lines(found),
        counted=counted,
        requests=requests,
        others=counted.signals - len(requests),
        survey=survey_line(found),
        journal=journal_of(need_id),
        form=form if may_answer(viewer, need_id) and found.state != State.ACTION else None,
        late=late,
        Happening=Happening,
        State=State,
        why=why,
    )


def _shelves(viewer: Viewer, here: Shelf) -> list[dict[str, object]]:
    counts = needs_counted(viewer)
    return [
        {
            "label": one.label,
            "url": url_for("collective.needs", liste=one),
            "current": one is here,
            "count": counts.get(one),
        }
        for one in Shelf
    ]
