"""What the public register of companies says of a case's establishment, dated, beside what was filed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.establishments.found import Establishment
from app.establishments.queries import completion_of
from app.kernel.clock import PARIS


@dataclass(frozen=True, slots=True)
class Registered:
    on: date
    rows: tuple[tuple[str, str], ...]


def registered(inquiry_id: int) -> Registered | None:
    """None while the register did not answer. The page has shown that the viewer may read the case."""
    answer = completion_of(inquiry_id)
    if answer is None:
        return None
    return Registered(answer.fetched_at.astimezone(PARIS).date(), _rows(answer.found[0]))


def _rows(one: Establishment) -> tuple[tuple[str, str], ...]:
    told = (
        ("Nom", one.name or "non publié"),
        ("Adresse", one.address or one.place),
        ("Activité", one.naf or one.naf_2025),
        ("Conventions", ", ".join(one.idcc)),
        ("Salariés", one.workforce_told),
        ("État", "" if one.is_open else "fermé"),
    )
    return tuple((term, value) for term, value in told if value)
