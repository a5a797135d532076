"""What the cast of the demonstration does with the workbench: calls in vain, schemes, tasks, findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from app.accounts.abilities import Viewer
from app.dossiers.call_actions import log_call
from app.dossiers.calls import Call
from app.dossiers.clocks import local_day
from app.dossiers.queries import CaseFile
from app.kernel.workdays import add_workdays
from app.workbench.capture_actions import capture
from app.workbench.captured import rome_of
from app.workbench.findings import Cause, Findings, Horizon
from app.workbench.prescribed import prescribed
from app.workbench.prescription_actions import Progress, advance, propose
from app.workbench.prescriptions import PROPOSABLE, Step
from app.workbench.task_actions import add_task
from app.workbench.todo import NewTask

SHARED_ANSWERS = (
    (
        "Premier message",
        "Bonjour {contact},\n\nJe suis {conseiller}, {antenne}. Vous avez écrit au guichet au sujet de : "
        "{besoin}. Je vous appelle au plus tard le {delai}.\n\nVotre référence : {reference}.",
    ),
    (
        "Appel sans réponse",
        "Bonjour {contact},\n\nJ’ai essayé de vous joindre au sujet de : {besoin}. Quel moment vous convient "
        "pour un appel ?\n\n{conseiller}, {antenne}",
    ),
)
"""Written for the region by the administrator of the demonstration."""


def _missed(who: Viewer, file: CaseFile, _: str, at: datetime) -> None:
    log_call(who, file.dossier.id, Call.NO_ANSWER, at=at)


def _propose(who: Viewer, file: CaseFile, _: str, at: datetime) -> None:
    """The first scheme that may fit; none, nothing."""
    examined = (file.need.decision or {}).get("schemes") or []
    fit = next((one["scheme"] for one in examined if one["verdict"] in PROPOSABLE), None)
    if fit is not None:
        propose(who, file.dossier.id, fit, at)


def _advance(step: Step) -> Callable[[Viewer, CaseFile, str, datetime], None]:
    def act(who: Viewer, file: CaseFile, code: str, at: datetime) -> None:
        for row in prescribed(who, file.dossier.id)[:1]:
            made = Progress(step, local_day(at), int(code) if code else None)
            advance(who, file.dossier.id, row.id, row.version, made, at)

    return act


def _task(who: Viewer, file: CaseFile, code: str, at: datetime) -> None:
    """`code` is how many working days are left."""
    due = add_workdays(local_day(at), int(code))
    add_task(who, file.dossier.id, NewTask("Rappeler l’entreprise", due, who.user_id), at)


def _capture(who: Viewer, file: CaseFile, code: str, at: datetime) -> None:
    """`code`: the_job:posts:cause:horizon."""
    name, posts, cause, horizon = code.split(":")
    job = name.replace("_", " ")
    said = Findings(job, rome_of(job), int(posts), Cause(cause), Horizon(horizon))
    capture(who, file.dossier.id, 0, said, at)


WORKBENCH_ACTS: Mapping[str, Callable[[Viewer, CaseFile, str, datetime], None]] = {
    "missed": _missed,
    "propose": _propose,
    "request": _advance(Step.REQUESTED),
    "grant": _advance(Step.GRANTED),
    "use": _advance(Step.USED),
    "task": _task,
    "capture": _capture,
}
