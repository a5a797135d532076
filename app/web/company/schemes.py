"""The schemes an adviser follows for a company, said to that company."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.routing.rulebook import Rulebook
from app.web.branch_names import short_name
from app.web.filters import jour, nombre
from app.workbench.prescribed import Prescribed
from app.workbench.prescriptions import Refusal, Step


@dataclass(frozen=True, slots=True)
class FollowedScheme:
    label: str
    state: str
    source: str


class FollowedSchemes:
    """By need, in the order they were proposed."""

    def __init__(self, rows: Sequence[Prescribed], book: Rulebook) -> None:
        self.rows, self.book = rows, book

    def of(self, need_id: int) -> list[FollowedScheme]:
        return [self._told(row) for row in self.rows if row.need_id == need_id]

    def _told(self, row: Prescribed) -> FollowedScheme:
        scheme = self.book.schemes.get(row.scheme)
        label, source = (scheme.label, scheme.source) if scheme else (row.scheme, "")
        return FollowedScheme(label, said(row), source)


def said(row: Prescribed) -> str:
    """Where it stands, in a sentence; a date, not a code."""
    on, who = jour(row.since), short_name(row.branch)
    match Step(row.step):
        case Step.PROPOSED:
            return f"{who} vous la propose depuis le {on}. Rien n’est encore demandé."
        case Step.REQUESTED:
            return f"Demandée le {on}. La réponse est attendue."
        case Step.GRANTED:
            amount = f", pour {nombre(row.amount)}\u00a0€" if row.amount is not None else ""
            return f"Accordée le {on}{amount}."
        case Step.REFUSED:
            reason = Refusal(row.refusal).label if row.refusal else Refusal.NO_REASON.label
            return f"Refusée le {on}. {reason}."
        case Step.USED:
            return f"Utilisée le {on}."
        case Step.DROPPED:
            return "Abandonnée. Parlez-en avec votre conseiller si elle vous intéresse encore."
