"""Which questions still matter: those whose answer can change the lead, a support or a verdict."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from app.kernel.logic import Truth, Unknown, missing_of, unknown
from app.routing.derived import Facts, Told
from app.routing.facts import SchemeVerdict, Verdict
from app.routing.rulebook import Actor, Need, Rule, Rulebook

if TYPE_CHECKING:
    from app.routing.effects import Effects

LEAD, SUPPORT, SCHEME = 8, 3, 2


class Wanted:
    """Weights of the keys still waited for while one need is decided."""

    __slots__ = ("book", "facts", "need", "weights")

    def __init__(self, book: Rulebook, need: Need, facts: Facts) -> None:
        self.book, self.need, self.facts = book, need, facts
        self.weights: dict[str, int] = {}

    def add(self, key: str, weight: int) -> None:
        self.weights[key] = self.weights.get(key, 0) + weight

    def weigh_rules(self, truths: Iterable[tuple[Rule, Truth]], effects: Effects) -> None:
        """Each rule not settled weighs by what it would change."""
        for rule, truth in truths:
            keys = missing_of(truth) | rule.condition.waits(self.facts)
            if keys:
                self._add_all(keys, _weight(rule, effects))

    def weigh_actor(self, actor: Actor, truth: Truth) -> None:
        if isinstance(truth, Unknown):
            self._add_all(truth.missing, SUPPORT)
        if actor.audience is not None and truth is not True:
            self._add_all(actor.audience.waits(self.facts), 1)

    def weigh_scheme(self, missing: tuple[str, ...]) -> None:
        self._add_all(frozenset(missing), SCHEME)

    def _add_all(self, keys: frozenset[str], weight: int) -> None:
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
    facts = wanted.book.facts
    keys = [
        key
        for key in wanted.book.posed_for(wanted.need)
        if key in facts and facts[key].defaults and key not in told
    ]
    return [
        key for key in keys if not isinstance(wanted.facts[key], Unknown) and _sways(key, wanted, schemes)
    ]


def _sways(key: str, wanted: Wanted, schemes: tuple[SchemeVerdict, ...]) -> bool:
    """With this fact unknown, would a scheme wait for it?"""
    facts = wanted.book.facts_of(Told(wanted.facts.told))
    facts[key] = unknown(key)
    return any(
        key in missing_of(wanted.book.schemes[one.scheme].condition.truth(facts))
        for one in schemes
        if one.verdict != Verdict.CLOSED
    )


def _aliases(wanted: Wanted, keys: list[str]) -> list[str]:
    """The other keys that say the same fact, after those preferred; none settles two contrary answers."""
    told = wanted.facts.told or Told()
    found: list[str] = []
    for fact in wanted.book.facts.values():
        if not fact.aliases:
            continue
        contrary = any(key in told for key in fact.asks)
        unsettled = isinstance(wanted.facts.get(fact.key), Unknown) and not contrary
        if unsettled and all(key in keys for key in fact.asks):
            found += [alias for alias in fact.aliases if alias not in told]
    return found
