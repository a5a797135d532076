"""What an edition holds that no situation reaches: schemes never eligible, parts nobody calls; each with why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.routing.checks import actors_of
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


def never_eligible(book: Rulebook) -> Iterator[Unreached]:
    """The schemes that no answers make eligible: closed, or with a point a person must check."""
    called = examined(book)
    for key, scheme in book.schemes.items():
        if why := _why(scheme, key in called, book):
            yield Unreached("scheme", key, why)


def _why(scheme: SchemeRule, called: bool, book: Rulebook) -> tuple[str, ...]:
    if scheme.closed:
        return closed_reasons(scheme, book)
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
