"""A branch's name as a reader takes it: who, then where, then what is not known yet."""

from __future__ import annotations

import re

PENDING = re.compile(r"\s*[,—]\s*((?:\w|’)+ à préciser)$")


def short_name(name: str) -> str:
    """« OPCO EP — Occitanie, antenne à préciser » → « OPCO EP »."""
    return _without_pending(name).partition(" — ")[0]


def whereabouts(name: str) -> str:
    """« OPCO EP — Occitanie, antenne à préciser » → « Occitanie, antenne à préciser »; often empty."""
    pending = PENDING.search(name)
    place = _without_pending(name).partition(" — ")[2]
    return ", ".join(part for part in (place, pending[1] if pending else "") if part)


def _without_pending(name: str) -> str:
    return PENDING.sub("", name)
