"""What the owner's own sentence already tells of the later steps: written in the fields, for the owner to correct."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from app.territory.gazetteer import Gazetteer
from app.territory.queries import gazetteer
from app.triage.occupations import occupation
from app.triage.places import Places
from app.web.company.flow import JOB
from app.web.company.forms import words_typed
from app.web.company.questions import field_name

COMMUNE, JOB_FIELD = "commune", field_name(JOB)


def prompted(data: Mapping[str, Any], name: str) -> dict[str, list[str]]:
    """The field, filled from the sentence; nothing when it was already shown to the owner."""
    words = words_typed(data)
    if name in data or not words:
        return {}
    told = _place(words) if name == COMMUNE else _job(words)
    return {name: [told]} if told else {}


def _place(words: str) -> str:
    book = gazetteer()
    found = book.commune(_places(book).find(words) or "")
    return f"{found.name} {next(iter(found.postal_codes), '')}".strip() if found else ""


def _job(words: str) -> str:
    found = occupation(words)
    return found.name if found else ""


@lru_cache(maxsize=1)
def _places(book: Gazetteer) -> Places:
    """Compiled once for each version of the territory."""
    return Places((one.code, one.name, one.population) for one in book.communes.values())
