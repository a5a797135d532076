"""An owner's own words → the needs to confirm, each with the example that brought it up. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.triage.clauses import clauses
from app.triage.encoder import Matrix
from app.triage.examples import OFF_TOPIC
from app.triage.mending import mended
from app.triage.nearest import nearest
from app.triage.spelling import LONGEST, words
from app.triage.weights import scorer

MOST_SUGGESTIONS = 3
KNOWN = 0.05
"""Below, the desk says it does not know; this and what follows set by measure (docs/triage.md)."""
SURE_CLAUSE = 0.3
OUTWEIGHS = 1.3
"""Off-topic must weigh that many times the best need: sending a company away by mistake costs more than asking."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    need: str
    score: float
    example: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood; `multiple` only holds needs when there are several."""

    suggestions: tuple[Suggestion, ...] = ()
    off_topic: bool = False
    multiple: tuple[str, ...] = ()


def read(text: str) -> Reading:
    """Up to three needs, best first; nothing when the words say too little."""
    text = text[:LONGEST]
    if not words(text):
        return Reading()
    if not scorer().knows(text):
        return Reading()
    odds = scorer().probabilities([text, *clauses(text)])
    outside = _off_topic(odds[0]) and not _said(odds[1:])
    found = () if outside else _several(odds[1:])
    return Reading(_suggested(odds[0], mended(text), outside=outside), outside, found)


def _off_topic(share: Matrix) -> bool:
    rows: list[tuple[str, float]] = list(zip(scorer().needs, share.tolist(), strict=True))
    outside = sum(one for need, one in rows if need in OFF_TOPIC)
    return outside > max(OUTWEIGHS * max(one for need, one in rows if need not in OFF_TOPIC), KNOWN)


def _several(clause_odds: Matrix) -> tuple[str, ...]:
    found = _said(clause_odds)
    return found if len(found) > 1 else ()


def _said(clause_odds: Matrix) -> tuple[str, ...]:
    """The needs of clauses read with confidence, in the order they were said."""
    needs = scorer().needs
    sure = [needs[int(row.argmax())] for row in clause_odds if row.max() >= SURE_CLAUSE]
    return tuple(dict.fromkeys(need for need in sure if need not in OFF_TOPIC))


def _suggested(share: Matrix, text: str, *, outside: bool) -> tuple[Suggestion, ...]:
    """The likeliest first. Out of scope, its kind comes first and the likeliest needs still follow: we may be wrong."""
    needs, share = scorer().needs, share.copy()
    beyond = [at for at, need in enumerate(needs) if need in OFF_TOPIC]
    if outside:
        share[max(beyond, key=lambda at: share[at])] = share[beyond].sum()
    ranked = [int(at) for at in np.argsort(-share, kind="stable")]
    if share[ranked[0]] < KNOWN:
        return ()
    return tuple(
        Suggestion(needs[at], round(float(share[at]), 4), nearest(needs[at], text))
        for at in ranked[:MOST_SUGGESTIONS]
    )
