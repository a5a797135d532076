"""An edition of the rulebook: parsed, checked, immutable, known by the hash of its text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from app.kernel.logic import Truth, unknown
from app.routing.conditions import Always, Atom, Condition, Scheme
from app.routing.derived import DerivedFact, Facts, Told

REGIONAL_DESK = "region_mmr"
PARTNER = "france_travail"
"""Outside the delegated perimeter: its results are shown apart (art. 7 of the NOTRe law, « sans préjudice »)."""


@dataclass(frozen=True, slots=True)
class Theme:
    key: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """A need in the owner's words, its actors in order, its schemes, what may be asked."""

    key: str
    label: str
    theme: str
    urgency: str
    policies: tuple[str, ...]
    actors: tuple[str, ...]
    schemes: tuple[str, ...]
    asks: tuple[str, ...]
    context: tuple[str, ...] = ()
    in_scope: bool = True
    message: str = ""
    source: str = ""
    verified_on: str = ""
    messages: tuple[tuple[str, str], ...] = ()

    def message_for(self, profile: object) -> str:
        """What is said to somebody out of scope, by who they are when they told it."""
        return dict(self.messages).get(str(profile), self.message)

    @property
    def family(self) -> str:
        return self.key.partition("_")[0]


@dataclass(frozen=True, slots=True)
class Actor:
    """A kind of organisation; `audience` false sets it aside; `listed` networks exist only where entered."""

    key: str
    label: str
    network: str
    territory: str
    audience_text: str
    services: str
    perimeter: str
    audience: Condition | None
    refusal: str
    listed: bool
    leads: bool
    partner: bool
    source: str
    status: str
    verified_on: str

    @property
    def name(self) -> str:
        """Its short name, for a sentence."""
        return self.label.partition(" –")[0].partition(" (")[0]


@dataclass(frozen=True, slots=True)
class SchemeRule:
    """A scheme, its condition, and what no question can settle."""

    key: str
    label: str
    purpose: str
    condition_text: str
    condition: Condition
    points: tuple[str, ...]
    steps: tuple[str, ...]
    notes: tuple[str, ...]
    authority: str
    validity: str
    status: str
    source: str
    verified_on: str
    closed: bool = False
    closed_text: str = ""
    replaced_by: tuple[str, ...] = ()
    amount: str = ""
    amount_source: str = ""
    regional: bool = False
    policies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question to the owner, in the owner's words."""

    key: str
    label: str
    text: str
    kind: str
    choices: tuple[tuple[str, str], ...]
    hint: str
    needs: tuple[str, ...]

    def asked_for(self, need: str) -> bool:
        """Is this question one of those posed for the need?"""
        return any(
            need.startswith(pattern[:-1]) if pattern.endswith("*") else need == pattern
            for pattern in self.needs
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """When its condition is true, a rule adds, removes, replaces or names a lead, saying why."""

    key: str
    needs: tuple[str, ...]
    condition: Condition
    condition_text: str
    reason: str
    source: str
    verified_on: str
    lead: tuple[str, ...] = ()
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    replace: tuple[tuple[str, str], ...] = ()
    add_schemes: tuple[str, ...] = ()
    urgency: str = ""
    note: str = ""

    def concerns(self, need: str) -> bool:
        return any(
            need.startswith(pattern[:-1]) if pattern.endswith("*") else need == pattern
            for pattern in self.needs
        )


@dataclass(frozen=True)
class Rulebook:
    """Everything the engine and the pages read of one edition."""

    key: str
    hash: str
    title: str
    in_force_from: str
    themes: Mapping[str, Theme]
    needs: Mapping[str, Need]
    actors: Mapping[str, Actor]
    schemes: Mapping[str, SchemeRule]
    questions: Mapping[str, Question]
    facts: Mapping[str, DerivedFact]
    rules: tuple[Rule, ...]
    opcos: Mapping[str, str]
    rules_of: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)
    conditions: Mapping[str, Condition] = field(default_factory=dict)
    leaves: dict[str, dict[str, tuple[Atom, ...]]] = field(default_factory=dict, compare=False, repr=False)
    memory: dict[tuple[str, str], Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What the engine gathered once of this edition: (what, key) → whatever its reader keeps there."""

    def facts_of(self, told: Told) -> Facts:
        return Facts(told, self.facts, self.scheme_truth, self.conditions)

    def scheme_truth(self, key: str, facts: Facts) -> Truth:
        """A scheme as a condition: to check is unknown, closed is no."""
        scheme = self.schemes[key]
        if scheme.closed:
            return False
        truth = scheme.condition.truth(facts)
        return unknown() if truth is True and scheme.points else truth

    def posed_for(self, need: Need) -> tuple[str, ...]:
        """The keys a need may ask, those of its own line first."""
        others = (key for key, one in self.questions.items() if one.asked_for(need.key))
        return tuple(dict.fromkeys((*need.asks, *others)))

    def atoms_of(self, key: str, condition: Condition) -> dict[str, tuple[Atom, ...]]:
        """The leaves of a scheme's condition by fact, the schemes it names unfolded; gathered once."""
        if key not in self.leaves:
            found: dict[str, tuple[Atom, ...]] = {}
            for atom in self._atoms(condition):
                found[atom.name] = (*found.get(atom.name, ()), atom)
            self.leaves[key] = found
        return self.leaves[key]

    def names_in(self, condition: Condition) -> tuple[str, ...]:
        """The facts a condition reads, the schemes it names unfolded."""
        return tuple(dict.fromkeys(atom.name for atom in self._atoms(condition)))

    def _atoms(self, condition: Condition) -> Iterator[Atom]:
        for atom in condition.atoms():
            if isinstance(atom, Scheme):
                yield from self._atoms(self.conditions[atom.name])
            elif not isinstance(atom, Always):
                yield atom

    def label(self, key: str) -> str:
        """The short French name of an answer, a fact or a situation field."""
        if key in self.questions:
            return self.questions[key].label
        if key in self.facts:
            return self.facts[key].label
        return SITUATION_LABELS.get(key, key)

    def needs_of(self, theme: str) -> tuple[Need, ...]:
        return tuple(need for need in self.needs.values() if need.theme == theme)


SITUATION_LABELS = MappingProxyType(
    {
        "naf": "activité (code NAF)",
        "naf_division": "activité (code NAF)",
        "naf_classe": "activité (code NAF)",
        "idcc": "convention collective",
        "legal_form": "statut juridique",
        "workforce": "effectif",
        "commune": "commune",
        "on": "date de la demande",
        "besoin": "besoin",
        "famille": "besoin",
    }
)


def frozen(items: dict[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType(items)
