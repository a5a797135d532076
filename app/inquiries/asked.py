"""An inquiry as it enters: parsed at the door, trusted inside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.inquiries.entering import Entry
from app.kernel.codes import Idcc, NafCode, Siret
from app.routing.facts import Answer, Situation

CONSENT_VERSION = "2026-11"
"""The wording of the consent shown by the contact step; a new wording takes a new name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewInquiry:
    """`workforce` is (lowest, highest or None), `answers` are typed as the engine reads them."""

    form_id: str
    needs: tuple[str, ...]
    commune: str
    company: str
    words: str | None = None
    siret: Siret | None = None
    naf: NafCode | None = None
    idcc: Idcc | None = None
    workforce: tuple[int, int | None] | None = None
    legal_form: str | None = None
    contact_name: str | None = None
    email: str | None = None
    phone: str | None = None
    preferred_time: str | None = None
    consent_version: str = CONSENT_VERSION
    answers: Mapping[str, Answer] = field(default_factory=dict)
    channel: str = "web"
    entry: Entry | None = None
    is_demo: bool = False

    def situation(self, need: str, on: date) -> Situation:
        """What the engine is told of one of the needs."""
        return Situation(
            commune=self.commune,
            need=need,
            on=on,
            naf=str(self.naf) if self.naf else None,
            naf_version=self.naf.version if self.naf else "rev2",
            idcc=str(self.idcc) if self.idcc else None,
            workforce=self.workforce,
            legal_form=self.legal_form,
            answers=self.answers,
        )

    def plain_answers(self) -> dict[str, Any]:
        """The answers as JSON keeps them."""
        return {key: _plain(value) for key, value in self.answers.items()}


def _plain(value: Answer) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    return value.isoformat() if isinstance(value, date) else value
