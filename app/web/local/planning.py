"""Collective actions of a Maison: planned from a need, companies asked one by one, held or abandoned."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.abilities import Ability
from app.collective import planning_actions
from app.collective.acting import PURPOSE, Reply, Stage
from app.collective.agreement_actions import reply_by_phone
from app.collective.need_actions import StaleNeed, UnknownNeed
from app.collective.places import place_name
from app.collective.planned import (
    Action,
    action_of,
    action_read,
    actions_listed,
    asked_of,
    bearers_for,
    companies_behind,
    companies_of,
)
from app.collective.queries import may_answer, need_read
from app.collective.wordings import family_name
from app.dossiers.labels import theme_label
from app.kernel.clock import today
from app.web.doors import current_viewer, door
from app.web.inputs import number_of
from app.web.local.action_forms import AbandonForm, HeldForm, MoveForm, PlanForm, Seen
from app.web.local.entrance import tabs

if TYPE_CHECKING:
    from app.collective.models import CollectiveNeed

blueprint = door("planning", __name__, access=Ability.SEE_MAISON, url_prefix="/maison/actions")
SomeForm = TypeVar("SomeForm", HeldForm, MoveForm, AbandonForm)
ACTION = "/<int(max=2147483647):action_id>/"
LATE = "Ce besoin ou cette action a changé depuis que vous l’avez ouvert. Relisez, puis envoyez à nouveau."
"""A form that was read too late: what was typed stays."""


@blueprint.get("/")
def actions() -> str:
    return render_template(
        "local/actions.html", rows=actions_listed(current_viewer()), tabs=tabs("planning.actions")
    )


@blueprint.route("/nouvelle", methods=["GET", "POST"])
def plan() -> ResponseReturnValue:
    need = _need(request.args.get("besoin", ""))
    form, companies, known = PlanForm(), companies_of(need), action_of(need.id)
    if known is not None and not form.is_submitted():
        return redirect(url_for(".action", action_id=known.id), code=303)
    form.offer(bearers_for(need), companies)
    if not form.is_submitted():
        form.version.data, form.asked.data = str(need.version), [str(one.inquiry_id) for one in companies]
        return _plan_page(form, need)
    if not form.validate():
        return _plan_page(form, need), 400
    return _planned(form, need)


def _planned(form: PlanForm, need: CollectiveNeed) -> ResponseReturnValue:
    try:
        number = planning_actions.plan(current_viewer(), need.id, form.seen(), form.new())
    except StaleNeed:
        form.version.data = str(_need(str(need.id)).version)
        return _plan_page(form, need, late=LATE), 409
    except planning_actions.NotNow as refused:
        return _plan_page(form, need, late=refused.sentence), 409
    flash(
        f"L’action est prévue. {_written_to(number, 'Les entreprises reçoivent une demande d’accord.')}",
        "success",
    )
    return redirect(url_for(".action", action_id=number), code=303)


@blueprint.get(ACTION)
def action(action_id: int) -> str:
    return _page(_action(action_id))


@blueprint.post(f"{ACTION}tenue")
def hold(action_id: int) -> ResponseReturnValue:
    found = _action(action_id)
    form = _silent(HeldForm(), found)
    if not form.validate():
        return _page(found, held=form), 400
    return _ended(
        found,
        lambda: planning_actions.hold(current_viewer(), found.id, form.seen(), form.outcome()),
        held=form,
    )


@blueprint.post(f"{ACTION}accord")
def by_phone(action_id: int) -> ResponseReturnValue:
    """What a company without address said on the phone."""
    found, said = _action(action_id), request.form.get("reponse")
    number = number_of(request.form.get("demande", ""))
    if said not in ("oui", "non") or number is None:
        return _page(found, late="Choisissez la réponse d’une entreprise de la liste."), 400
    try:
        noted = reply_by_phone(current_viewer(), number, found.id, said == "oui")
    except UnknownNeed:
        abort(404)
    if not noted:
        return _page(
            found, late="Cette entreprise n’est plus interrogée, ou répond elle-même sur sa page."
        ), 409
    flash("La réponse est notée.", "success")
    return redirect(url_for(".action", action_id=found.id, _anchor="entreprises"), code=303)


@blueprint.post(f"{ACTION}jour")
def move(action_id: int) -> ResponseReturnValue:
    found = _action(action_id)
    form = _silent(MoveForm(), found)
    if not form.validate():
        return _page(found, moved=form), 400
    on, why = form.on.data or found.on, form.reason.data or ""
    return _ended(
        found, lambda: planning_actions.move(current_viewer(), found.id, form.seen(), on, why), moved=form
    )


@blueprint.post(f"{ACTION}abandon")
def abandon(action_id: int) -> ResponseReturnValue:
    found = _action(action_id)
    form = _silent(AbandonForm(), found)
    if not form.validate():
        return _page(found, abandoned=form), 400
    why = form.why.data or ""
    return _ended(
        found, lambda: planning_actions.abandon(current_viewer(), found.id, form.seen(), why), abandoned=form
    )


def _ended(found: Action, act: Callable[[], None], **typed: Seen) -> ResponseReturnValue:
    """What was typed too late stays, at the version it is now read at."""
    try:
        act()
    except UnknownNeed:
        abort(404)
    except (StaleNeed, planning_actions.NotNow) as refused:
        now, late = _action(found.id), getattr(refused, "sentence", LATE)
        for form in typed.values():
            form.version.data = str(now.version)
        return _page(now, late=late, **typed), 409
    flash(f"C’est noté. {_written_to(found.id, 'Les entreprises sont prévenues.')}", "success")
    return redirect(url_for(".action", action_id=found.id), code=303)


def _written_to(action_id: int, done: str) -> str:
    """What letters do, and how many companies nobody can write to."""
    asked = asked_of(action_id)
    alone = sum(not one.contact.email for one in asked)
    if not alone:
        return done
    if alone == len(asked):
        return "Aucune n’a d’adresse e-mail : appelez-les."
    return f"{done} {alone} n’{'ont' if alone > 1 else 'a'} pas d’adresse e-mail : à appeler."


def _need(typed: str) -> CollectiveNeed:
    number, viewer = number_of(typed), current_viewer()
    found = need_read(viewer, number) if number else None
    if found is None or not may_answer(viewer, found.id):
        abort(404)
    return found


def _action(action_id: int) -> Action:
    found = action_read(current_viewer(), action_id)
    if found is None:
        abort(404)
    return found


def _plan_page(form: PlanForm, need: CollectiveNeed, *, late: str = "") -> str:
    words = {
        "family": family_name(need.family),
        "theme": theme_label(need.theme),
        "place": place_name(need.place_kind, need.place_code),
    }
    return render_template(
        "local/action_plan.html", form=form, need=need, words=words, purposes=PURPOSE, late=late
    )


def _page(
    found: Action,
    *,
    held: Seen | None = None,
    moved: Seen | None = None,
    abandoned: Seen | None = None,
    late: str = "",
) -> str:
    asked = asked_of(found.id)
    answers = may_answer(current_viewer(), found.need_id)
    open_ = found.stage == Stage.PLANNED and answers
    typed = [] if open_ else [form for form in (held, moved, abandoned) if form]
    return render_template(
        "local/action.html",
        action=found,
        asked=asked,
        counts={one.value: sum(row.reply is one for row in asked) for one in Reply},
        purpose=PURPOSE[found.kind],
        answers=answers,
        open=open_,
        typed=[line for form in typed for line in form.typed()],
        day=today(),
        ours=found.bearer_slug in {post.branch_slug for post in current_viewer().posts},
        held=(held or _blank(HeldForm, found)) if open_ else None,
        moved=(moved or _blank(MoveForm, found)) if open_ else None,
        abandoned=(abandoned or _blank(AbandonForm, found)) if open_ else None,
        late=late,
    )


def _silent(form: SomeForm, found: Action) -> SomeForm:
    """What is said of an action names none of the companies that led to it."""
    form.silent_about = [one.company for one in companies_behind(found.need_id)]
    return form


def _blank(form: type[SomeForm], found: Action) -> SomeForm:
    """A form nobody filled yet, at the version shown: the other of the page may have been sent."""
    made = form(formdata=None)
    made.version.data = str(found.version)
    return made
