"""Which questions still matter: those whose answer can change the lead, a support or a verdict."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from app.kernel.logic import Unknown, missing_of, unknown
from app.routing.derived import DerivedFact, Facts, Told
from app.routing.facts import SchemeVerdict, Verdict
from app.routing.rulebook import Need, Rule, Rulebook
from app.routing.schemes import reads

if TYPE_CHECKING:
    from app.routing.audiences import Audience
    from app.routing.effects import Effects
    from app.routing.trials import Trial

LEAD, SUPPORT, SCHEME = 8, 3, 2


class Wanted:
    """Weights of the keys still waited for while one need is decided."""

    __slots__ = ("book", "facts", "need", "weights")

    def __init__(self, book: Rulebook, need: Need, facts: Facts) -> None:
        self.book, self.need, self.facts = book, need, facts
        self.weights: dict[str, int] = {}

    def add(self, key: str, weight: int) -> None:
        self.weights[key] = self.weights.get(key, 0) + weight

    def weigh_rules(self, trials: Iterable[Trial], effects: Effects) -> None:
        """Each rule not settled weighs by what it would change."""
        for one in trials:
            if one.keys:
                self._add_all(one.keys, _weight(one.rule, effects))

    def weigh_audience(self, audience: Audience) -> None:
        self._add_all(audience.missing, SUPPORT)
        self._add_all(audience.waits, 1)

    def weigh_scheme(self, missing: tuple[str, ...]) -> None:
        self._add_all(missing, SCHEME)

    def _add_all(self, keys: Iterable[str], weight: int) -> None:
        for key in keys if weight else ():
            self.add(key, weight)


def _weight(rule: Rule, effects: Effects) -> int:
    """Nothing for a rule that would change nothing here."""
    lead = LEAD if effects.on_lead(rule) else 0
    supports = SUPPORT if effects.on_supports(rule) else 0
    return lead + supports + (SCHEME if effects.on_schemes(rule) else 0)


def ordered(wanted: Wanted, schemes: tuple[SchemeVerdict, ...]) -> tuple[str, ...]:
    """Most decisive first, then in the order of the need's own line; then the other ways to say the same."""
    rank = {key: index for index, key in enumerate(wanted.need.asks)}
    keys = sorted(wanted.weights, key=lambda key: (-wanted.weights[key], rank.get(key, len(rank)), key))
    return tuple(dict.fromkeys((*keys, *_defaulted(wanted, schemes), *_aliases(wanted, keys))))


def _defaulted(wanted: Wanted, schemes: tuple[SchemeVerdict, ...]) -> list[str]:
    """Facts taken by default that the need's line asks, where their answer may still change a verdict."""
    told = wanted.facts.told or Told()
    return [
        key
        for key in _with_defaults(wanted.need, wanted.book)
        if key not in told and not isinstance(wanted.facts[key], Unknown) and _sways(key, wanted, schemes)
    ]


def _with_defaults(need: Need, book: Rulebook) -> tuple[str, ...]:
    """The keys a need may ask that have a value when nobody answers; gathered once."""
    found: tuple[str, ...] | None = book.memory.get(("defaults", need.key))
    if found is None:
        keys = (key for key in book.posed_for(need) if key in book.facts and book.facts[key].defaults)
        found = book.memory["defaults", need.key] = tuple(keys)
    return found


def _sways(key: str, wanted: Wanted, schemes: tuple[SchemeVerdict, ...]) -> bool:
    """With this fact unknown, would a scheme wait for it?"""
    book = wanted.book
    concerned = [one for one in schemes if one.verdict != Verdict.CLOSED and key in reads(one.scheme, book)]
    if not concerned:
        return False
    facts = book.facts_of(Told(wanted.facts.told))
    facts[key] = unknown(key)
    return any(key in missing_of(book.schemes[one.scheme].condition.truth(facts)) for one in concerned)


def _with_aliases(book: Rulebook) -> tuple[DerivedFact, ...]:
    """The facts that several keys tell; gathered once."""
    found: tuple[DerivedFact, ...] | None = book.memory.get(("aliases", ""))
    if found is None:
        found = book.memory["aliases", ""] = tuple(one for one in book.facts.values() if one.aliases)
    return found


def _aliases(wanted: Wanted, keys: list[str]) -> list[str]:
    """The other keys that say the same fact, after those preferred; none settles two contrary answers."""
    told = wanted.facts.told or Told()
    found: list[str] = []
    for fact in _with_aliases(wanted.book):
        if type(wanted.facts.get(fact.key)) is not Unknown:
            continue
        if all(key in keys and key not in told for key in fact.asks):
            found += [alias for alias in fact.aliases if alias not in told]
    return found
