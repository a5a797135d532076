"""The edition in force as a public description: what it holds, its rules in their own sentences, what is unsure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from app.kernel.vocabulary import Urgency
from app.routing.rulebook import Rule, Rulebook

UNSURE = ("de mémoire", "à vérifier", "à confirmer", "secondaire", "projet de décret")
"""Words by which a source or a status admits that it was not checked to the end."""
OUT_OF_SCOPE = "hors_champ"


def is_unsure(*texts: str) -> bool:
    return any(word in text for text in texts for word in UNSURE)


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule as its edition says it."""

    sentence: str
    condition: str
    effect: str
    source: str
    verified_on: date
    unsure: bool


@dataclass(frozen=True, slots=True)
class NeedLines:
    """A need, who may answer it in order, and the rules that change it."""

    label: str
    urgency: str
    actors: tuple[str, ...]
    rules: tuple[RuleLine, ...]


@dataclass(frozen=True, slots=True)
class ThemeLines:
    label: str
    needs: tuple[NeedLines, ...]


@dataclass(frozen=True)
class Description:
    book: Rulebook
    published_at: datetime | None

    @property
    def in_force_from(self) -> date:
        return date.fromisoformat(self.book.in_force_from)

    @property
    def counts(self) -> tuple[tuple[int, str, str], ...]:
        """(how many, of what, how many are unsure)."""
        book = self.book
        needs = [need for need in book.needs.values() if need.theme != OUT_OF_SCOPE]
        return (
            _count("besoins", [need.source for need in needs]),
            _count("types d’acteurs", [f"{one.source} {one.status}" for one in book.actors.values()]),
            _count("dispositifs", [f"{one.source} {one.status}" for one in book.schemes.values()]),
            _count("règles", [rule.source for rule in book.rules]),
        )

    @cached_property
    def common(self) -> tuple[RuleLine, ...]:
        """The rules that speak of several needs at once."""
        return tuple(self._line(rule) for rule in self.book.rules if _is_common(rule))

    @cached_property
    def themes(self) -> tuple[ThemeLines, ...]:
        return tuple(
            ThemeLines(theme.label, tuple(self._need(need.key) for need in self.book.needs_of(key)))
            for key, theme in self.book.themes.items()
            if key != OUT_OF_SCOPE
        )

    def _need(self, key: str) -> NeedLines:
        need = self.book.needs[key]
        own = (rule for rule in self.book.rules if key in rule.needs and not _is_common(rule))
        return NeedLines(
            need.label,
            Urgency(need.urgency).label,
            self._names(need.actors),
            tuple(self._line(rule) for rule in own),
        )

    def _line(self, rule: Rule) -> RuleLine:
        return RuleLine(
            rule.reason,
            rule.condition_text,
            self._effect(rule),
            rule.source,
            date.fromisoformat(rule.verified_on),
            is_unsure(rule.source),
        )

    def _effect(self, rule: Rule) -> str:
        """What the rule does, in words."""
        said = (
            ("pilote", rule.lead),
            ("seul acteur" if len(rule.only) == 1 else "seuls acteurs", rule.only),
            ("en tête des appuis", rule.first),
            ("ajoute", rule.add),
            ("retire", rule.remove),
        )
        parts = [f"{verb}\u00a0: {', '.join(self._names(actors))}" for verb, actors in said if actors]
        if rule.replace:
            pairs = (" par ".join(self._names(pair)) for pair in rule.replace)
            parts.append(f"remplace {', '.join(pairs)}")
        if rule.add_schemes:
            labels = (self.book.schemes[key].label for key in rule.add_schemes)
            parts.append(f"ajoute le dispositif\u00a0: {', '.join(labels)}")
        if rule.urgency:
            parts.append(f"urgence\u00a0: {Urgency(rule.urgency).label.lower()}")
        return "\u00a0; ".join(parts)

    def _names(self, actors: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.book.actors[key].name if key in self.book.actors else key for key in actors)


def _is_common(rule: Rule) -> bool:
    return any(pattern.endswith("*") for pattern in rule.needs)


def _count(what: str, texts: list[str]) -> tuple[int, str, str]:
    unsure = sum(is_unsure(text) for text in texts)
    return len(texts), what, f"dont {unsure} à vérifier" if unsure else "aucun signalé à vérifier"
