"""A case that lasts is explained to its company; a partner's silence lets the Maison open a second path."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash
from werkzeug.wrappers import Response

from app.accounts.abilities import Role, Viewer
from app.dossiers.clocks import Step
from app.dossiers.going_on_actions import explain as explain_case
from app.dossiers.going_on_actions import open_second_path
from app.dossiers.lifecycle import OPEN, Move, Part, Status
from app.dossiers.queries import CaseFile
from app.routing.rulebook import PARTNER
from app.web.adviser.entrance import CASE, back_to, blueprint, form_page
from app.web.adviser.forms import ExplainForm
from app.web.doors import current_viewer


@dataclass(frozen=True, slots=True)
class Lasting:
    """What the case page asks for: `why` it lasts, a second `path` beside the partner."""

    why: bool
    path: bool

    @classmethod
    def of(cls, viewer: Viewer, file: CaseFile) -> Lasting:
        return cls(_asked(file), _may_open(viewer, file))


def _asked(file: CaseFile) -> bool:
    """The clock asked to close or explain, and nobody has answered since."""
    told = [one for one in file.events if one.kind == Move.EXPLAINED or one.why == Step.EXPLAIN.label]
    pilot = file.workable and file.dossier.leads and file.dossier.status == Status.TAKEN
    return bool(pilot and told and told[-1].kind == Move.REMINDED)


def _may_open(viewer: Viewer, file: CaseFile) -> bool:
    """Seen by the Maison that was told of the silence, and not helped yet."""
    dossier = file.dossier
    ours = any(
        post.role is Role.MAISON_ADVISER and post.branch_slug == dossier.maison for post in viewer.posts
    )
    told = any(one.why == Step.MAISON.label for one in file.events)
    second = any(one.role == Part.SECOND and one.status in OPEN for one in file.team)
    silent = dossier.leads and dossier.status in OPEN and dossier.first_contact_on is None
    return dossier.actor == PARTNER and silent and ours and told and not second


@blueprint.route(f"{CASE}/expliquer", methods=["GET", "POST"])
def explain(dossier_id: int) -> str | tuple[str, int] | Response:
    form = ExplainForm()
    if form.validate_on_submit():
        explain_case(current_viewer(), dossier_id, form.seen(), form.sentence.data)
        flash("L’entreprise lit maintenant pourquoi sa demande dure.", "success")
        return back_to(dossier_id)
    return form_page("adviser/explain.html", dossier_id, form)


@blueprint.post(f"{CASE}/second-parcours")
def second_path(dossier_id: int) -> Response:
    second = open_second_path(current_viewer(), dossier_id)
    flash("Le second parcours est ouvert. L’entreprise en est prévenue.", "success")
    return back_to(second)
