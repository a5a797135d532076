"""What an edition holds that no situation reaches: schemes never eligible, parts nobody calls; each with why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.routing.alternatives import NOT_TOLD, Alternative, Leaf, SchemeCase, TooWide, alternatives
from app.routing.checks import actors_of
from app.routing.conditions import Condition
from app.routing.essential import OTHER, values_beside
from app.routing.rulebook import Rulebook, SchemeRule
from app.routing.schemes import closed_reasons


@dataclass(frozen=True, slots=True)
class Unreached:
    """A part of the edition and why no situation reaches it."""

    kind: str
    key: str
    why: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        return {"kind": self.kind, "key": self.key, "why": list(self.why)}


NEVER = "Sa condition ne peut jamais être vraie"


def unreached(book: Rulebook) -> Iterator[Unreached]:
    """All of it."""
    yield from never_eligible(book)
    yield from never_applied(book)
    yield from uncalled(book)


def never_eligible(book: Rulebook) -> Iterator[Unreached]:
    """The schemes that no answers make eligible: closed, with a point a person must check, or impossible."""
    called = examined(book)
    for key, scheme in book.schemes.items():
        if why := _why(scheme, key in called, book):
            yield Unreached("scheme", key, why)


def never_applied(book: Rulebook) -> Iterator[Unreached]:
    """The rules whose condition contradicts itself, or concerns no need of the edition."""
    for rule in book.rules:
        needs = [key for key in book.needs if rule.concerns(key)]
        if not needs:
            yield Unreached("rule", rule.key, ("Aucun besoin ne la concerne",))
        elif not _possible(rule.condition, needs, book):
            yield Unreached("rule", rule.key, (f"{NEVER}\u00a0: {rule.condition_text}",))


def _possible(condition: Condition, needs: list[str], book: Rulebook) -> bool:
    """Some alternative has, for each fact, one value that suits all its leaves (facts taken one by one)."""
    cases = {key: SchemeCase(one.condition, one.closed) for key, one in book.schemes.items()}
    try:
        written = alternatives(condition, cases)
    except TooWide:
        return True
    return any(_consistent(one, needs) for one in written)


def _consistent(one: Alternative, needs: list[str]) -> bool:
    facts: dict[str, list[Leaf]] = {}
    for leaf in one:
        facts.setdefault(leaf.name, []).append(leaf)
    told: dict[str, list[Any]] = {"besoin": [*needs], "famille": [key.partition("_")[0] for key in needs]}
    return all(_suited(leaves, told.get(name)) for name, leaves in facts.items())


def _suited(leaves: list[Leaf], told: list[Any] | None) -> bool:
    """One value that makes them all true; NOT_TOLD suits a `NOT connu(…)`."""
    values = told or [
        NOT_TOLD,
        OTHER,
        *(one for leaf in leaves if leaf.atom for one in values_beside(leaf.atom)),
    ]
    return any(all(leaf.truth(value) is True for leaf in leaves) for value in values)


def _why(scheme: SchemeRule, called: bool, book: Rulebook) -> tuple[str, ...]:
    if scheme.closed:
        return closed_reasons(scheme, book)
    if not _possible(scheme.condition, [*book.needs], book):
        return (f"{NEVER}\u00a0: {scheme.condition_text}",)
    points = tuple(f"À vérifier par l’instructeur\u00a0: {point}" for point in scheme.points)
    return points if called else (*points, "Aucun besoin ne l’examine")


def examined(book: Rulebook) -> set[str]:
    """The schemes some need or rule puts forward."""
    named = {key for need in book.needs.values() for key in need.schemes}
    return named | {key for rule in book.rules for key in rule.add_schemes}


def uncalled(book: Rulebook) -> Iterator[Unreached]:
    """Actors in no line and no rule."""
    called = {key for need in book.needs.values() for key in need.actors}
    called |= {key for rule in book.rules for key in actors_of(rule)}
    for key in book.actors:
        if key not in called:
            yield Unreached("actor", key, ("Aucun besoin ni aucune règle ne le nomme",))
