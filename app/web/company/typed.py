"""What was typed, made storable: no control character, no half character, a bounded length; nothing judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from app.kernel.text import storable

LONGEST = 5000
MOST_VALUES = 80
LONGEST_OF_SEVERAL = 120
"""Several values of one name are boxes ticked: codes, never prose."""


def clean(text: str) -> str:
    return storable(text[:LONGEST]).strip()


def typed(form: MultiDict[str, str], names: Iterable[str]) -> dict[str, list[str]]:
    """Every value of the named fields; an unticked box is an empty list, so that unticking is kept too."""
    return {name: _cleaned(form.getlist(name)[:MOST_VALUES]) for name in names}


def _cleaned(values: list[str]) -> list[str]:
    longest = LONGEST if len(values) == 1 else LONGEST_OF_SEVERAL
    return [clean(value[:longest]) for value in values]


def as_form(data: Mapping[str, Any]) -> MultiDict[str, str]:
    """What is kept in the draft, as a form was sent."""
    return MultiDict(
        (name, value)
        for name, values in data.items()
        if isinstance(values, list)
        for value in values
        if isinstance(value, str)
    )


def first(data: Mapping[str, Any], name: str) -> str:
    values = data.get(name) or [""]
    return str(values[0]) if isinstance(values, list) else ""
