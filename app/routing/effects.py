"""Would a rule change anything here? A rule without effect is not worth a question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.routing.audiences import audience_of
from app.routing.candidates import Candidates
from app.routing.derived import Facts
from app.routing.facts import DirectorySnapshot, Kept, Place
from app.routing.rulebook import Need, Rule, Rulebook


@dataclass(frozen=True, slots=True)
class Effects:
    """The decision as it stands, against which a rule not yet settled is weighed."""

    candidates: Candidates
    lead: Kept
    need: Need
    applied: tuple[Rule, ...]
    possible: Callable[[str], bool]

    def on_lead(self, rule: Rule) -> bool:
        """Would the rule, if it held, name another lead?"""
        if rule in self.applied:
            return False
        named = (*rule.lead, *rule.only)
        return any(actor != self.lead.actor and self.possible(actor) for actor in named)

    def on_supports(self, rule: Rule) -> bool:
        return self._adds(rule) or self._sets_aside(rule) or self._replaces(rule)

    def on_schemes(self, rule: Rule) -> bool:
        others = {key for one in self.applied if one is not rule for key in one.add_schemes}
        return any(key not in self.need.schemes and key not in others for key in rule.add_schemes)

    def _adds(self, rule: Rule) -> bool:
        line = self.candidates.line
        alone = next((set(one.only) for one in self.applied if one.only and one is not rule), None)
        named = (*rule.add, *rule.lead, *rule.only)
        welcome = named if alone is None else [actor for actor in named if actor in alone]
        return any((actor not in line or line[actor] is rule) and self.possible(actor) for actor in welcome)

    def _sets_aside(self, rule: Rule) -> bool:
        line = self.candidates.line
        aside = {*rule.remove, *(line.keys() - set(rule.only) if rule.only else ())}
        return any(actor in line and self.possible(actor) for actor in aside)

    def _replaces(self, rule: Rule) -> bool:
        line = self.candidates.line
        return any(
            old in line and (self.possible(old) or (new not in line and self.possible(new)))
            for old, new in rule.replace
        )


def possible_actors(
    facts: Facts, book: Rulebook, directory: DirectorySnapshot, place: Place
) -> Callable[[str], bool]:
    """Not set aside by its audience, and present here if its network exists only where entered."""

    def possible(key: str) -> bool:
        actor = book.actors[key]
        if actor.listed and directory.branch_for(key, place) is None:
            return False
        return audience_of(actor, facts, book).refused is None

    return possible
