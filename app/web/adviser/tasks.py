"""Tasks: on a case, and all of them by date."""

from __future__ import annotations

from datetime import date

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.kernel.clock import today
from app.web.adviser.entrance import CASE, back_to, blueprint, case_file
from app.web.adviser.task_form import TaskForm
from app.web.doors import current_viewer
from app.web.inputs import number_of
from app.workbench.stale import StaleRow
from app.workbench.task_actions import add_task, change_task, tick_task
from app.workbench.todo import TaskRow, Whose, owners_of, task_of, to_do, to_do_counts

TASK = f"{CASE}/taches/<int(max=2147483647):task_id>"
ALL = "taches"
"""What a form says when it was sent from the list of all tasks."""


@blueprint.get("/taches/")
def tasks() -> str:
    viewer, whose = current_viewer(), _whose(request.args.get("liste", ""))
    page, counts = to_do(viewer, whose, _after(request.args.get("apres", ""))), to_do_counts(viewer)
    return render_template(
        "adviser/tasks.html", whose=whose, page=page, counts=counts, tabs=Whose, today=today()
    )


@blueprint.route(f"{CASE}/taches/nouvelle", methods=["GET", "POST"])
def new_task(dossier_id: int) -> ResponseReturnValue:
    form = _form(dossier_id)
    if form.validate_on_submit():
        add_task(current_viewer(), dossier_id, form.task())
        flash("La tâche est ajoutée.", "success")
        return back_to(dossier_id)
    if not form.is_submitted():
        form.owner.data = str(current_viewer().user_id)
    return _page(dossier_id, form, None), 400 if form.is_submitted() else 200


@blueprint.route(TASK, methods=["GET", "POST"])
def task(dossier_id: int, task_id: int) -> ResponseReturnValue:
    found, form, status = _found(dossier_id, task_id), _form(dossier_id), 200
    form.known_due = found.due
    if form.is_submitted():
        status = _changed(found, form)
        if status == 303:
            flash("La tâche est enregistrée.", "success")
            return back_to(dossier_id)
    else:
        form.fill(found.facts)
    if status == 409:
        found = _found(dossier_id, task_id)
        form.stamp.data = found.facts.stamp()
    return _page(dossier_id, form, found, stale=status == 409), status


@blueprint.post(f"{TASK}/cocher")
def tick(dossier_id: int, task_id: int) -> Response:
    tick_task(current_viewer(), dossier_id, task_id, done=request.form.get("done") == "1")
    if request.form.get("page") == ALL:
        return redirect(url_for("adviser.tasks", liste=_whose(request.form.get("liste", ""))), code=303)
    return back_to(dossier_id)


def _form(dossier_id: int) -> TaskForm:
    form = TaskForm()
    if not case_file(dossier_id).workable:
        abort(404)
    form.offer(owners_of(current_viewer(), dossier_id))
    return form


def _changed(found: TaskRow, form: TaskForm) -> int:
    """303 when written; otherwise the status of the page that keeps everything typed."""
    if not form.validate():
        return 400
    try:
        change_task(current_viewer(), found.dossier_id, found.id, form.stamp.data or "", form.task())
    except StaleRow:
        return 409
    return 303


def _page(dossier_id: int, form: TaskForm, found: TaskRow | None, *, stale: bool = False) -> str:
    file = case_file(dossier_id)
    return render_template("adviser/task.html", file=file, form=form, task=found, stale=stale)


def _found(dossier_id: int, task_id: int) -> TaskRow:
    found = task_of(current_viewer(), dossier_id, task_id)
    if found is None:
        abort(404)
    return found


def _whose(text: str) -> Whose:
    return Whose(text) if text in set(Whose) else Whose.MINE


def _after(text: str) -> tuple[date, int] | None:
    """Where the page starts; what cannot be read means the first one."""
    day, _, number = text.partition("_")
    last = number_of(number)
    try:
        return (date.fromisoformat(day), last) if last is not None else None
    except ValueError:
        return None
