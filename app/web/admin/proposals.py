"""Local actors proposed by official lists: read each one, accept it into the directory or set it aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.directory.edits import NewBranch, StaleEdit
from app.directory.queries import snapshot
from app.officials.catalogue import KINDS
from app.proposals import actions, queries
from app.proposals.decisions import Decision
from app.territory.queries import commune, place_of
from app.web.admin.desk import actor_labels, blueprint
from app.web.admin.forms import NewBranchForm
from app.web.admin.zones import write_zones
from app.web.doors import current_viewer
from app.web.inputs import number_of, stripped

if TYPE_CHECKING:
    from app.proposals.models import BranchProposal

SAID = {
    "set_aside": "Cette proposition est écartée. La prochaine édition du fichier ne la refera pas.",
    "take_up_again": "Cette proposition est de nouveau à décider.",
}
SHOWN_ZONES = 400
"""More zones than a branch may list: the administrator writes the territory."""


@blueprint.get("/propositions/")
def proposals() -> str:
    asked = request.args.get("etat", "")
    decision = Decision(asked) if asked in set(Decision) else Decision.OPEN
    actor = stripped(request.args.get("reseau", "")[:40]) or ""
    page = queries.proposals(decision, actor, number_of(request.args.get("apres", "")) or 0)
    return render_template(
        "admin/proposals.html",
        page=page,
        communes={row.id: commune(row.commune) for row in page.rows},
        decision=decision,
        decisions=list(Decision),
        chosen=actor,
        actors=sorted(actor_labels().items(), key=lambda one: one[1]),
        labels=actor_labels(),
        sources={key: kind.label for key, kind in KINDS.items()},
        next_url=page.after
        and url_for(".proposals", etat=decision.value, reseau=actor or None, apres=page.after),
    )


@blueprint.route("/propositions/<number>/", methods=["GET", "POST"])
def proposal(number: str) -> str | tuple[str, int] | Response:
    row = queries.proposal(number_of(number) or 0)
    if row is None:
        abort(404)
    form, status = NewBranchForm(), 200
    form.offer(actor_labels())
    if form.is_submitted():
        status = _decided(row.id, form)
        if status == 303:
            return redirect(url_for(".proposals"), code=303)
        row = queries.proposal(row.id) or abort(404)
        form.version.data = str(row.version)
    else:
        _prefill(form, row)
    place = place_of(row.commune)
    page = render_template(
        "admin/proposal.html",
        form=form,
        row=row,
        decision=Decision(row.decision),
        place=place,
        serving=snapshot().branch_for(row.actor, place) if place else None,
        label=KINDS[row.source].label if row.source in KINDS else row.source,
        stale=status == 409,
    )
    return page, status


def _prefill(form: NewBranchForm, row: BranchProposal) -> None:
    """What the source says, to be checked; what it does not say stays empty."""
    zones = queries.suggested_zones(row)
    form.version.data = str(row.version)
    form.name.data, form.actor.data, form.mailbox.data = row.name, row.actor, row.email
    form.zones.data = write_zones(zones) if len(zones) <= SHOWN_ZONES else ""
    label = KINDS[row.source].label if row.source in KINDS else row.source
    dated = f", fiche du {row.updated_on:%d/%m/%Y}" if row.updated_on else ""
    form.source.data = f"{label}{dated}, identifiant {row.reference}"[:300]


def _decided(number: int, form: NewBranchForm) -> int:
    """303 when decided; otherwise the status of the page that keeps everything typed."""
    verb, person = request.form.get("verb", "accept"), current_viewer().user_id
    try:
        if verb == "set_aside":
            actions.set_aside(number, form.seen(), person)
        elif verb == "take_up_again":
            actions.take_up_again(number, form.seen(), person)
        elif not form.validate():
            return 400
        else:
            new = NewBranch(form.actor.data, form.opco.data or None, form.edit())
            actions.accept(number, form.seen(), person, new)
    except StaleEdit:
        return 409
    flash(
        SAID.get(verb, "L’antenne est saisie. Elle reçoit les nouvelles demandes de son territoire."),
        "success",
    )
    return 303
