"""The facts a condition reads: answers, situation, and facts derived from several of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.kernel.logic import Truth, Unknown, unknown
from app.routing.conditions import Condition
from app.routing.countries import country_of
from app.routing.facts import Situation
from app.routing.legal_forms import legal_form_of

SITUATION_FACTS = ("commune", "naf", "idcc", "legal_form", "on", "workforce")
PRIMITIVES = {
    "naf": "naf",
    "naf_division": "naf",
    "naf_classe": "naf",
    "idcc": "idcc",
    "legal_form": "legal_form",
    "workforce": "effectif",
    "commune": "commune",
    "on": "on",
    "besoin": "besoin",
    "famille": "besoin",
}
"""What the situation gives, and the key to ask when it is missing."""

MOST = 2_000
"""Values remembered before starting afresh."""


@dataclass(frozen=True, slots=True)
class DerivedFact:
    """One fact behind several keys. Contradictory answers make it unknown, and it is asked."""

    key: str
    label: str
    kind: str
    asks: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    yes: Condition | None = None
    no: Condition | None = None
    otherwise_no: Condition | None = None
    sources: tuple[str, ...] = ()
    contradicts: bool = False
    defaults: tuple[tuple[Condition, Any], ...] = ()
    source: str = ""
    read: tuple[str, ...] = field(init=False, compare=False, repr=False)
    seen: dict[tuple[Any, ...], Any] = field(init=False, compare=False, repr=False)
    """Its values, by what was told of the keys it depends on."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "read", tuple(dict.fromkeys((*self.reads(), *self.aliases))))
        object.__setattr__(self, "seen", {})

    def reads(self) -> Iterator[str]:
        """The keys its value depends on."""
        yield from self.sources
        conditions = (self.yes, self.no, self.otherwise_no, *(when for when, _ in self.defaults))
        for condition in conditions:
            yield from (name for _, name in condition.names()) if condition else ()
        if any(value == "on" for _, value in self.defaults):
            yield "on"

    def value(self, told: Facts) -> Any:
        mark = tuple(map(told.get, self.read))
        if mark not in self.seen:
            if len(self.seen) >= MOST:
                self.seen.clear()
            self.seen[mark] = self._value(told)
        return self.seen[mark]

    def _value(self, told: Facts) -> Any:
        if self.kind == "oui/non":
            return self._yes_or_no(told)
        if self.kind == "compte":
            return self._count(told)
        return self._first(told)

    def _yes_or_no(self, told: Facts) -> Truth:
        yes = self.yes is not None and self.yes.truth(told) is True
        no = self.no is not None and self.no.truth(told) is True
        if yes and no:
            return self.asked(told)
        if yes or no:
            return yes
        if self.otherwise_no is not None and self.otherwise_no.truth(told) is True:
            return False
        return self.asked()

    def _count(self, told: Facts) -> Any:
        value = told[self.sources[0]]
        if isinstance(value, Unknown):
            return self.asked()
        return len(value) if isinstance(value, frozenset) else 1

    def _first(self, told: Facts) -> Any:
        values = [told[name] for name in self.sources]
        known = [value for value in values if not isinstance(value, Unknown)]
        if self.contradicts and len(set(known)) > 1:
            return self.asked(told)
        if known:
            return known[0]
        for when, value in self.defaults:
            if when.truth(told) is True:
                return told["on"] if value == "on" else value
        return self.asked()

    def asked(self, told: Facts | None = None) -> Unknown:
        """The keys to ask; after a contradiction, every key that was answered as well."""
        keys = self.asks
        if told is not None:
            keys += tuple(key for key in self.aliases if key in told)
        return unknown(*keys)


class Facts(dict[str, Any]):
    """Everything known of a situation; what is absent is an Unknown that names the key to ask."""

    __slots__ = ("conditions", "definitions", "told", "verdicts")

    def __init__(
        self,
        told: Facts | None = None,
        definitions: Mapping[str, DerivedFact] | None = None,
        verdicts: Callable[[str, Facts], Truth] | None = None,
        conditions: Mapping[str, Condition] | None = None,
    ) -> None:
        super().__init__(told or {})
        self.told = told
        self.definitions = definitions or {}
        self.verdicts = verdicts
        self.conditions = conditions or {}
        for key in self.definitions:
            self.pop(key, None)

    def __missing__(self, name: str) -> Any:
        definition = self.definitions.get(name)
        if definition is not None and self.told is not None:
            value = definition.value(self.told)
        else:
            value = unknown(PRIMITIVES.get(name, name))
        self[name] = value
        return value

    def ask(self, name: str) -> Unknown:
        definition = self.definitions.get(name)
        return unknown(*definition.asks) if definition else unknown(PRIMITIVES.get(name, name))

    def scheme(self, key: str) -> Truth:
        return self.verdicts(key, self) if self.verdicts else unknown()

    def scheme_condition(self, key: str) -> Condition:
        return self.conditions[key]


class Told(Facts):
    """What was told, before anything is derived: reading it never adds to it."""

    __slots__ = ()

    def __missing__(self, name: str) -> Any:
        return unknown(PRIMITIVES.get(name, name))


def told_by(situation: Situation, former: tuple[str, ...] = ()) -> Told:
    """The raw facts of a situation; `former` are the activities of the NAF rév. 2 its code comes from."""
    told = Told()
    told.update(situation.answers)
    _name_country(told)
    told.update(commune=situation.commune, on=situation.on, besoin=situation.need)
    told["famille"] = situation.need.partition("_")[0]
    if situation.naf:
        told.update(_activity(former or (situation.naf,)))
    if situation.idcc:
        told["idcc"] = int(situation.idcc)
    if situation.legal_form and (form := legal_form_of(situation.legal_form)):
        told["legal_form"] = form
    if situation.workforce:
        low, high = situation.workforce
        told["workforce"] = low if low == high else (low, high)
    return told


def _activity(codes: tuple[str, ...]) -> dict[str, Any]:
    """What all these activities have in common: the rules are written in the NAF rév. 2."""
    divisions, classes = {int(code[:2]) for code in codes}, {code[:5] for code in codes}
    if len(divisions) > 1:
        return {}
    found: dict[str, Any] = {"naf_division": divisions.pop()}
    if len(classes) == 1:
        found["naf_classe"] = classes.pop()
    return found | ({"naf": codes[0]} if len(codes) == 1 else {})


def _name_country(told: Told) -> None:
    """A nationality that names no country is not known."""
    nationality = told.pop("nationalite", None)
    if isinstance(nationality, str) and (code := country_of(nationality)):
        told["nationalite"] = code
