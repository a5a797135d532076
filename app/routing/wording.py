"""Plain French for what decided: each reason names the condition and the value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from app.kernel.logic import Unknown
from app.routing.conditions import Among, Atom, Compare, Condition, Flag, Given
from app.routing.derived import Facts
from app.routing.rulebook import Rulebook

NBSP = "\u00a0"
MOST = 2
OPERATORS = {"=": "", "<": "moins de", "<=": "au plus", ">": "plus de", ">=": "au moins"}
DENIED = {"=": "autre que", "<": "au moins", "<=": "plus de", ">": "au plus", ">=": "moins de"}
DATES = {"<": "avant le", "<=": "jusqu’au", ">": "après le", ">=": "à partir du", "=": "le"}
DENIED_DATES = {"<": "à partir du", "<=": "après le", ">": "jusqu’au", ">=": "avant le", "=": "pas le"}


def reasons(condition: Condition, facts: Facts, book: Rulebook) -> tuple[str, ...]:
    """One phrase per atom that decided, without repeats nor what was merely not told."""
    return tuple(dict.fromkeys(text for _, text in _phrases(condition, facts, book)))


def shortest(condition: Condition, facts: Facts, book: Rulebook) -> tuple[str, ...]:
    """The first facts that set somebody aside, one phrase for each: enough for one plain sentence."""
    found: dict[str, str] = {}
    for name, text in _phrases(condition, facts, book):
        found.setdefault(name, text)
    return tuple(found.values())[:MOST]


def _phrases(condition: Condition, facts: Facts, book: Rulebook) -> Iterator[tuple[str, str]]:
    """(fact, phrase) of what decided."""
    for atom, wanted in _told(condition, facts):
        yield atom.name, phrase(atom, wanted, facts, book)


def _told(condition: Condition, facts: Facts) -> Iterator[tuple[Atom, bool]]:
    """What decided, save what was merely not told and the need itself, which everybody knows."""
    for atom, wanted in condition.because(facts):
        if not isinstance(atom, Given) and atom.name not in ("besoin", "famille"):
            yield atom, wanted


def phrase(atom: Atom, wanted: bool, facts: Facts, book: Rulebook) -> str:
    """« effectif : 300 (condition : moins de 250) »."""
    label = book.label(atom.name)
    held = atom.truth(facts)
    told = f"{label}{NBSP}: {_value(atom.name, facts[atom.name], book)}"
    if isinstance(held, Unknown) or held is not wanted:
        return f"{told} (condition{NBSP}: {requirement(atom, wanted, book)})"
    return told


def requirement(atom: Atom, wanted: bool, book: Rulebook) -> str:
    if isinstance(atom, Flag):
        return "oui" if wanted else "non"
    if isinstance(atom, Given):
        return "indiqué" if wanted else "non indiqué"
    if isinstance(atom, Compare):
        return _comparison(atom, wanted, book)
    if isinstance(atom, Among):
        return _membership(atom, wanted, book)
    return "oui"


def _membership(atom: Among, wanted: bool, book: Rulebook) -> str:
    """« CDI ou CDII »; denied, « ni CDI, ni CDII »."""
    words = [choice(atom.name, one, book) for one in sorted(atom.constants, key=str)]
    words += [f"{low} à {high}" for low, high in atom.ranges]
    return _listed(words) if wanted else ", ".join(f"ni {word}" for word in words)


def _comparison(atom: Compare, wanted: bool, book: Rulebook) -> str:
    if isinstance(atom.constant, date):
        words = DATES if wanted else DENIED_DATES
        return f"{words[atom.op]} {french_date(atom.constant)}"
    words = OPERATORS if wanted else DENIED
    return f"{words[atom.op]} {_value(atom.name, atom.constant, book)}".strip()


def _value(name: str, value: Any, book: Rulebook) -> str:
    if isinstance(value, Unknown):
        return "non indiqué"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, tuple):
        low, high = value
        return f"{low} ou plus" if high is None else f"{low} à {high}"
    if isinstance(value, date):
        return french_date(value)
    if isinstance(value, frozenset):
        return _listed(sorted(choice(name, one, book) for one in value))
    return choice(name, value, book)


def choice(name: str, value: Any, book: Rulebook) -> str:
    """The French label of a choice, or the value itself."""
    question = book.questions.get(name)
    labels = dict(question.choices) if question else {}
    return labels.get(str(value), str(value))


def _listed(words: Iterable[str]) -> str:
    *first, last = list(words) or [""]
    return f"{', '.join(first)} ou {last}" if first else last


def french_date(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def questions_text(keys: Iterable[str], book: Rulebook) -> str:
    return ", ".join(book.label(key) for key in keys)
