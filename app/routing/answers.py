"""One answer read by the type of its question; a value outside the list is set aside, never guessed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from app.kernel.codes import CodeError, CommuneCode
from app.routing.countries import country_of
from app.routing.facts import Answer
from app.routing.refusals import SituationError
from app.routing.rulebook import Question

YES = frozenset({"oui", "o", "vrai", "true", "yes"})
NO = frozenset({"non", "n", "faux", "false", "no"})
LARGEST = 10_000_000
LONGEST = 500


class Unreadable:
    """The mark of a value outside the vocabulary: ignored, and said so."""


UNREADABLE = Unreadable()


def read_answer(
    question: Question, given: Any, read_date: Callable[[Any, str], date]
) -> Answer | Unreadable | None:
    """The answer, None when nothing was said, UNREADABLE when outside the list. Raises SituationError."""
    if given is None or given == "" or given == []:
        return None
    if question.kind == "choix multiple":
        return _several(question, given)
    if isinstance(given, list) and len(given) == 1:
        given = given[0]
    if isinstance(given, list | dict):
        raise SituationError("Une seule valeur est attendue.", question.key)
    if question.kind == "date":
        return read_date(given, question.key)
    return READERS[question.kind](question, given)


def _yes_no(question: Question, given: Any) -> Answer | Unreadable:
    if isinstance(given, bool):
        return given
    if not isinstance(given, str):
        raise SituationError("Répondez par oui ou non.", question.key)
    word = given.strip().casefold()
    return True if word in YES else False if word in NO else UNREADABLE


def _integer(question: Question, given: Any) -> Answer:
    if isinstance(given, str) and given.strip().isascii() and given.strip().isdigit():
        given = int(given.strip()[:9])
    if isinstance(given, float) and given.is_integer():
        given = int(given)
    if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= LARGEST:
        raise SituationError("Écrivez un nombre entier, zéro ou plus.", question.key)
    return int(given)


def _choice(question: Question, given: Any) -> Answer | Unreadable:
    if not isinstance(given, str):
        raise SituationError("Choisissez une valeur de la liste.", question.key)
    listed = {value for value, _ in question.choices}
    return given.strip() if given.strip() in listed else UNREADABLE


def _several(question: Question, given: Any) -> Answer | Unreadable:
    """One value or several: those outside the list are set aside."""
    values = given if isinstance(given, list) else [given]
    if not all(isinstance(value, str) for value in values):
        raise SituationError("Choisissez des valeurs de la liste.", question.key)
    listed = {value for value, _ in question.choices}
    kept = frozenset(value.strip() for value in values) & listed
    return frozenset(kept) if kept else UNREADABLE


def partly_unread(question: Question, given: Any) -> bool:
    """Was one value of a list outside the vocabulary, the others being kept?"""
    listed = {value for value, _ in question.choices}
    several = question.kind == "choix multiple" and isinstance(given, list)
    return several and any(value.strip() not in listed for value in given if isinstance(value, str))


def _text(question: Question, given: Any) -> Answer | Unreadable:
    if isinstance(given, bool) or not isinstance(given, str | int):
        raise SituationError("Écrivez un texte.", question.key)
    text = str(given).strip()[:LONGEST]
    read = MEANINGS.get(question.key)
    return (read(text) if read else text) or UNREADABLE


def _commune_of(text: str) -> str | None:
    """The code of a commune, if it is one."""
    try:
        return str(CommuneCode(text))
    except CodeError:
        return None


MEANINGS: dict[str, Callable[[str], str | None]] = {
    "nationalite": country_of,
    "commune_chantier": _commune_of,
}
"""Texts that must name something: what they are read into."""


READERS: dict[str, Callable[[Question, Any], Answer | Unreadable]] = {
    "oui/non": _yes_no,
    "entier": _integer,
    "choix": _choice,
    "texte": _text,
}
