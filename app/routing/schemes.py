"""The verdict of each scheme examined for a need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.kernel.logic import Unknown, missing_of
from app.routing.derived import Facts
from app.routing.essential import deciding
from app.routing.facts import SchemeVerdict, Verdict
from app.routing.memory import ByFacts
from app.routing.rulebook import Need, Rule, Rulebook, SchemeRule
from app.routing.wording import NBSP, questions_text, reasons

if TYPE_CHECKING:
    from app.routing.questions import Wanted


def examine(
    need: Need, applied: tuple[Rule, ...], facts: Facts, book: Rulebook, wanted: Wanted
) -> tuple[SchemeVerdict, ...]:
    """The schemes of the need's line, then those its rules name; no other."""
    keys = dict.fromkeys((*need.schemes, *(key for rule in applied for key in rule.add_schemes)))
    found = tuple([_judging(key, book).of(facts) for key in keys])
    for one in found:
        wanted.weigh_scheme(one.missing)
    return found


def _judging(key: str, book: Rulebook) -> ByFacts[SchemeVerdict]:
    """A verdict depends on the facts its condition reads, and on nothing else."""
    found: ByFacts[SchemeVerdict] | None = book.memory.get(("scheme", key))
    if found is None:
        scheme = book.schemes[key]
        found = ByFacts(book.names_in(scheme.condition), lambda facts: _verdict(scheme, facts, book))
        book.memory["scheme", key] = found
    return found


def reads(key: str, book: Rulebook) -> tuple[str, ...]:
    """The facts the verdict of a scheme depends on."""
    return _judging(key, book).names


def _verdict(scheme: SchemeRule, facts: Facts, book: Rulebook) -> SchemeVerdict:
    if scheme.closed:
        return _said(scheme, Verdict.CLOSED, closed_reasons(scheme, book))
    truth = scheme.condition.truth(facts)
    verdict = verdict_of(scheme, truth if isinstance(truth, bool) else None)
    if isinstance(truth, Unknown):
        names = deciding(scheme.key, scheme.condition, facts, book)
        waited = frozenset(key for name in names for key in missing_of(_asked(facts, name)))
        missing = tuple(sorted(waited & truth.missing or truth.missing))
        asked = f"À préciser{NBSP}: {questions_text(missing, book)}"
        return _said(scheme, verdict, (asked, *scheme.points), missing)
    if verdict == Verdict.TO_CHECK:
        return _said(scheme, verdict, tuple(f"À vérifier{NBSP}: {point}" for point in scheme.points))
    why = reasons(scheme.condition, facts, book)
    return _said(scheme, verdict, why or (() if truth is False else ("Sans condition particulière",)))


def verdict_of(scheme: SchemeRule, truth: bool | None) -> str:
    """The code of a verdict; None is a condition not settled yet."""
    if scheme.closed:
        return Verdict.CLOSED
    if truth is False:
        return Verdict.NOT_ELIGIBLE
    return Verdict.ELIGIBLE if truth and not scheme.points else Verdict.TO_CHECK


def _asked(facts: Facts, name: str) -> Unknown:
    value = facts[name]
    return value if isinstance(value, Unknown) else facts.ask(name)


def closed_reasons(scheme: SchemeRule, book: Rulebook) -> tuple[str, ...]:
    """Why it is closed, and what replaces it."""
    text = f"Dispositif clos{NBSP}: {scheme.closed_text or scheme.validity}"
    if not scheme.replaced_by:
        return text, "Aucun dispositif ne le remplace"
    names = ", ".join(book.schemes[key].label for key in scheme.replaced_by)
    return (text, f"Remplacé par{NBSP}: {names}")


def _said(
    scheme: SchemeRule, verdict: str, why: tuple[str, ...], missing: tuple[str, ...] = ()
) -> SchemeVerdict:
    return SchemeVerdict(scheme.key, verdict, why, missing, scheme.source, scheme.notes, scheme.steps)
