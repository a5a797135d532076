"""How the workbench reads on the case: schemes followed, calls, what may be done with them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from app.accounts.abilities import Viewer
from app.dossiers.calls import Call, may_be_unreachable, still_to_try
from app.dossiers.lifecycle import OPEN, Verb, refusal
from app.dossiers.queries import CaseFile, attempt_days
from app.routing.rulebook import Rulebook
from app.workbench.captured import Told, told
from app.workbench.model_answers import AnswerRow, offered
from app.workbench.prescribed import Prescribed, prescribed
from app.workbench.prescriptions import RANK, SEGMENTS, Refusal, Step, is_over
from app.workbench.todo import TaskRow, tasks_of_case


class PrescriptionView:
    """One scheme followed, in words."""

    def __init__(self, row: Prescribed, book: Rulebook) -> None:
        self.row, self.scheme = row, book.schemes.get(row.scheme)
        self.id, self.step, self.version = row.id, row.step, row.version
        self.verdict, self.amount, self.since = row.verdict, row.amount, row.since

    @property
    def label(self) -> str:
        return self.scheme.label if self.scheme else self.row.scheme

    @property
    def source(self) -> str:
        return self.scheme.source if self.scheme else ""

    @property
    def progress(self) -> str:
        """« Demandé, 2 sur 4 »."""
        step = Step(self.step)
        return f"{step.label}, {RANK[step]} sur {SEGMENTS}" if step in RANK else step.label

    @property
    def segments(self) -> list[bool]:
        rank = RANK.get(Step(self.step), 0)
        return [number < rank for number in range(SEGMENTS)]

    @property
    def refusal(self) -> str:
        return Refusal(self.row.refusal).label if self.row.refusal else ""

    @property
    def over(self) -> bool:
        return is_over(self.step)


class Bench:
    """What the case template reads of the adviser's tools."""

    def __init__(self, viewer: Viewer, file: CaseFile, book: Rulebook) -> None:
        self.viewer, self.file, self.book = viewer, file, book

    @property
    def open(self) -> bool:
        """May this viewer work with the tools?"""
        return self.file.workable and self.file.dossier.status in OPEN

    @cached_property
    def prescriptions(self) -> Sequence[PrescriptionView]:
        return [PrescriptionView(row, self.book) for row in prescribed(self.viewer, self.file.dossier.id)]

    def follows(self, scheme: str) -> bool:
        return any(one.row.scheme == scheme for one in self.prescriptions)

    @cached_property
    def tasks(self) -> Sequence[TaskRow]:
        return tasks_of_case(self.viewer, self.file.dossier.id)

    @cached_property
    def models(self) -> Sequence[AnswerRow]:
        return offered(self.viewer, self.file.dossier.id)

    @cached_property
    def told(self) -> Sequence[Told]:
        return told(self.viewer, self.file.dossier.id)

    @property
    def captured(self) -> bool:
        """Does this very dossier have findings?"""
        return any(one.findings for one in self.told if one.dossier_id == self.file.dossier.id)

    @property
    def may_call(self) -> bool:
        return self.file.workable and refusal(Verb.CONTACT, self.file.dossier) is None

    @property
    def calls(self) -> Sequence[Call]:
        return tuple(Call)

    @cached_property
    def attempts(self) -> int:
        return len(attempt_days(self.file.dossier))


def unreachable_refused(file: CaseFile) -> str:
    """Why « injoignable » cannot be chosen yet; nothing when it can."""
    days = attempt_days(file.dossier)
    return "" if may_be_unreachable(days) else still_to_try(days)
