"""The rules of a need tried on the facts: what each says, what it waits for, and its line of the trace. Pure."""

from __future__ import annotations

from typing import NamedTuple

from app.kernel.logic import Truth, missing_of
from app.routing.derived import Facts
from app.routing.facts import Tested
from app.routing.memory import ByFacts
from app.routing.rulebook import Need, Rule, Rulebook
from app.routing.wording import reasons


class Trial(NamedTuple):
    """`keys` are the answers that may still settle the rule, or that a guarded part of it looked for."""

    rule: Rule
    truth: Truth
    keys: frozenset[str]
    tested: Tested


def tried(need: Need, facts: Facts, book: Rulebook) -> list[Trial]:
    """Every rule that concerns the need, in the order of the edition."""
    return [one.of(facts) for one in _trying(need, book)]


def _trying(need: Need, book: Rulebook) -> tuple[ByFacts[Trial], ...]:
    found: tuple[ByFacts[Trial], ...] | None = book.memory.get(("rules", need.key))
    if found is None:
        found = book.memory["rules", need.key] = tuple(_of(rule, book) for rule in book.rules_of[need.key])
    return found


def _of(rule: Rule, book: Rulebook) -> ByFacts[Trial]:
    """A rule says the same of the same facts, whatever the need that calls it."""
    found: ByFacts[Trial] | None = book.memory.get(("rule", rule.key))
    if found is None:
        found = ByFacts(book.names_in(rule.condition), lambda facts: _trial(rule, facts, book))
        book.memory["rule", rule.key] = found
    return found


def _trial(rule: Rule, facts: Facts, book: Rulebook) -> Trial:
    truth = rule.condition.truth(facts)
    why = "; ".join(reasons(rule.condition, facts, book))
    text = f"{rule.reason} [{why}]" if why else rule.reason
    held = truth if isinstance(truth, bool) else None
    keys = missing_of(truth) | rule.condition.waits(facts)
    return Trial(rule, truth, keys, Tested(rule.key, held, text, rule.source))
