"""Which questions still matter: those whose answer can change the lead, a support or a verdict."""

from __future__ import annotations

from app.kernel.logic import Truth, Unknown
from app.routing.derived import Facts
from app.routing.rulebook import Actor, Need, Rule, Rulebook

LEAD, SUPPORT, SCHEME = 8, 3, 2


class Wanted:
    """Weights of the keys still waited for while one need is decided."""

    __slots__ = ("book", "facts", "need", "weights")

    def __init__(self, book: Rulebook, need: Need, facts: Facts) -> None:
        self.book, self.need, self.facts = book, need, facts
        self.weights: dict[str, int] = {}

    def add(self, key: str, weight: int) -> None:
        self.weights[key] = self.weights.get(key, 0) + weight

    def weigh_rule(self, rule: Rule, truth: Truth) -> None:
        weight = LEAD if rule.lead or rule.only else SUPPORT
        if isinstance(truth, Unknown):
            self._add_all(truth.missing, weight)
        self._add_all(rule.condition.waits(self.facts), weight)

    def weigh_actor(self, actor: Actor, truth: Truth) -> None:
        if isinstance(truth, Unknown):
            self._add_all(truth.missing, SUPPORT)
        if actor.audience is not None and truth is not True:
            self._add_all(actor.audience.waits(self.facts), 1)

    def weigh_scheme(self, truth: Unknown) -> None:
        self._add_all(truth.missing, SCHEME)

    def _add_all(self, keys: frozenset[str], weight: int) -> None:
        for key in keys:
            self.add(key, weight)


def ordered(wanted: Wanted) -> tuple[str, ...]:
    """Most decisive first; at equal weight, in the order of the need's own line; then the other ways to say it."""
    rank = {key: index for index, key in enumerate(wanted.need.asks)}
    keys = sorted(wanted.weights, key=lambda key: (-wanted.weights[key], rank.get(key, len(rank)), key))
    return tuple(dict.fromkeys((*keys, *_defaulted(wanted), *_aliases(wanted, keys))))


def _defaulted(wanted: Wanted) -> list[str]:
    """Facts taken by default that the need's line asks: their answer may still change a verdict."""
    told = wanted.facts.told or {}
    facts = wanted.book.facts
    return [key for key in wanted.need.asks if key in facts and facts[key].defaults and key not in told]


def _aliases(wanted: Wanted, keys: list[str]) -> list[str]:
    """The other keys that say the same fact, after those preferred."""
    told = wanted.facts.told or {}
    found: list[str] = []
    for fact in wanted.book.facts.values():
        if fact.asks and all(key in keys for key in fact.asks):
            found += [alias for alias in fact.aliases if alias not in told]
    return found
