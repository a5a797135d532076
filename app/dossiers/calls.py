"""Calls to the company, and when it may be said unreachable; pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.dossiers.lifecycle import Move
from app.kernel.vocabulary import Listed


class Call(Listed):
    REACHED = "reached", "Joint"
    NO_ANSWER = "no_answer", "Pas de réponse"
    MESSAGE_LEFT = "message_left", "Message laissé"


REACHED = frozenset({Move.CONTACTED, Move.REACHED, Move.CONFIRMED})
"""The company was spoken with, as the branch or the company itself says."""
ATTEMPTS = frozenset({Move.NO_ANSWER, Move.MESSAGE_LEFT})
"""A message left is an attempt too: nobody was spoken to."""

DAYS_NEEDED = 2
"""The convention of the service: nobody is unreachable for having missed the calls of one day."""


def may_be_unreachable(attempts: Iterable[date]) -> bool:
    return len(set(attempts)) >= DAYS_NEEDED


def still_to_try(attempts: Iterable[date]) -> str:
    """Why « injoignable » is not possible yet, and what makes it so."""
    days = len(set(attempts))
    noted = "aucun n’est noté" if not days else "un seul jour est noté"
    return f"Il faut deux essais d’appel, deux jours différents\u00a0: {noted}."
