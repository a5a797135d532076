"""Refuse an edition whose parts do not know each other: every name used must be defined somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from app.routing.conditions import Condition
from app.routing.contradictions import contradictions
from app.routing.derived import PRIMITIVES
from app.routing.faults import located
from app.routing.reading import RulebookError
from app.routing.rulebook import Actor, Need, Rule, Rulebook, SchemeRule


def check(book: Rulebook, files: Mapping[str, str] | None = None) -> None:
    """Raises RulebookError with every fault found, each with its file and line when the texts are given."""
    faults = [located(one, files or {}) for one in faults_of(book)]
    if faults:
        raise RulebookError("\n".join(faults))


def faults_of(book: Rulebook) -> Iterator[str]:
    yield from _needs(book)
    yield from _rules(book)
    yield from _conditions(book)
    yield from _cycles(book)
    yield from _sources(book)
    yield from contradictions(book)


def _unknown(where: str, kind: str, names: Iterable[str], defined: Iterable[str]) -> Iterator[str]:
    known = set(defined)
    for name in names:
        if name not in known:
            yield f"« {where} » : {kind} inconnu « {name} »."


def _needs(book: Rulebook) -> Iterator[str]:
    for need in book.needs.values():
        yield from _unknown(need.key, "thème", [need.theme], book.themes)
        yield from _unknown(need.key, "acteur", need.actors, book.actors)
        yield from _unknown(need.key, "dispositif", need.schemes, book.schemes)
        yield from _unknown(need.key, "profil", dict(need.messages), _profiles(book))
        yield from _unknown(need.key, "nom", need.asks, {*book.questions, *PRIMITIVES})
    for scheme in book.schemes.values():
        yield from _unknown(scheme.key, "dispositif", scheme.replaced_by, book.schemes)


def _profiles(book: Rulebook) -> tuple[str, ...]:
    asked = book.questions.get("profil")
    return tuple(value for value, _ in asked.choices) if asked else ()


def _rules(book: Rulebook) -> Iterator[str]:
    for rule in book.rules:
        yield from _unknown(rule.key, "acteur", actors_of(rule), book.actors)
        yield from _unknown(rule.key, "dispositif", rule.add_schemes, book.schemes)
        if not any(rule.concerns(need) for need in book.needs):
            yield f"« {rule.key} » : ne concerne aucun besoin."


def actors_of(rule: Rule) -> tuple[str, ...]:
    swapped = tuple(name for pair in rule.replace for name in pair)
    return (*rule.lead, *rule.add, *rule.remove, *rule.only, *rule.first, *swapped)


def conditions_of(book: Rulebook) -> Iterator[tuple[str, Condition]]:
    """Every condition of the edition, with the entry that holds it."""
    for rule in book.rules:
        yield rule.key, rule.condition
    for scheme in book.schemes.values():
        yield scheme.key, scheme.condition
    for actor in book.actors.values():
        if actor.audience is not None:
            yield actor.key, actor.audience
    for fact in book.facts.values():
        inner = (fact.yes, fact.no, fact.otherwise_no, *(when for when, _ in fact.defaults))
        yield from ((fact.key, one) for one in inner if one is not None)


def _conditions(book: Rulebook) -> Iterator[str]:
    names = {*book.questions, *book.facts, *PRIMITIVES}
    for key, condition in conditions_of(book):
        for kind, name in condition.names():
            known = book.schemes if kind == "scheme" else names
            yield from _unknown(key, "dispositif" if kind == "scheme" else "nom", [name], known)


def _cycles(book: Rulebook) -> Iterator[str]:
    """A scheme whose condition comes back to itself."""
    links = {
        key: {name for kind, name in scheme.condition.names() if kind == "scheme" and name in book.schemes}
        for key, scheme in book.schemes.items()
    }
    for start, called in links.items():
        seen: set[str] = set()
        waiting = list(called)
        while waiting:
            key = waiting.pop()
            if key == start:
                yield f"« {start} » : sa condition revient à lui-même."
                break
            if key not in seen:
                seen.add(key)
                waiting += links[key]


def _sources(book: Rulebook) -> Iterator[str]:
    entries: list[Rule | SchemeRule | Actor | Need] = [
        *book.rules,
        *book.schemes.values(),
        *book.actors.values(),
        *book.needs.values(),
    ]
    for entry in entries:
        if not entry.source or not entry.verified_on:
            yield f"« {entry.key} » : il manque une source ou une date de vérification."
