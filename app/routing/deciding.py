"""The decision without its sentences, for those who ask it by the hundred thousand: coverage, replays, benches; pure.

The rules, audiences and schemes of a need are compiled into one table of bits (`matching`). Situations that settle them
alike have one and the same outcome: the engine (`engine.orient`) is asked once for each such class and its answer
remembered, so that there is one engine only. Which branch serves a commune is looked up each time.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from app.kernel.logic import Unknown
from app.routing.alternatives import NOT_TOLD, SchemeCase, TooWide
from app.routing.checks import actors_of
from app.routing.derived import Told, told_by
from app.routing.engine import former_activities, orient
from app.routing.facts import DirectorySnapshot, OpcoFact, Orientation, Place, Situation
from app.routing.matching import Reading, Table
from app.routing.rulebook import REGIONAL_DESK, Need, Rulebook
from app.routing.schemes import verdict_of

SITE = "commune_chantier"
MOST = 100_000
"""Classes remembered per need before starting afresh."""


class Chosen(NamedTuple):
    """An actor kept, its branch here, and the code of the rule that keeps it."""

    actor: str
    branch: str | None
    rule: str


class Judged(NamedTuple):
    """A scheme, its verdict, and the facts that decided."""

    scheme: str
    verdict: str
    facts: tuple[str, ...]


class Decision(NamedTuple):
    """Codes only. Out of scope: no lead, nothing else. `refused` holds (actor, rule)."""

    need: str
    lead: Chosen | None
    supports: tuple[Chosen, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    schemes: tuple[Judged, ...] = ()

    @classmethod
    def of(cls, answer: Orientation, judged: tuple[Judged, ...] = ()) -> Decision:
        """The codes of an orientation."""
        kept = [Chosen(one.actor, one.branch, one.rule) for one in answer.kept()]
        refused = tuple((one.actor, one.rule) for one in answer.refused)
        return cls(answer.need, kept[0] if kept else None, tuple(kept[1:]), refused, judged)


class Decider:
    """Decides for one directory and one edition. Keep it as long as both stand."""

    def __init__(self, directory: DirectorySnapshot, book: Rulebook) -> None:
        self.directory, self.book = directory, book
        self._plans: dict[str, _Plan | None] = {}

    def decide(self, situation: Situation) -> Decision:
        """The codes `orient` would give. Raises SituationError as it does."""
        place = self.directory.place(situation.commune)
        plan = self._plan(situation.need) if place is not None else None
        if plan is None or place is None:
            return self._slowly(situation)
        return plan.decide(situation, place)

    def _plan(self, key: str) -> _Plan | None:
        if key not in self._plans:
            need = self.book.needs.get(key)
            self._plans[key] = _planned(need, self.directory, self.book) if need else None
        return self._plans[key]

    def _slowly(self, situation: Situation) -> Decision:
        """Elsewhere, out of scope, or a need whose conditions cannot be written out."""
        answer = orient(situation, self.directory, self.book)
        return Decision.of(answer, tuple(Judged(one.scheme, one.verdict, ()) for one in answer.schemes))


def _planned(need: Need, directory: DirectorySnapshot, book: Rulebook) -> _Plan | None:
    try:
        return _Plan(need, directory, book) if need.in_scope else None
    except TooWide:
        return None


@dataclass(frozen=True, slots=True)
class _Outcome:
    """Who is kept, in order, before anybody looks where they are; `desk`: the Maison leads for want of another."""

    kept: tuple[tuple[str, str], ...]
    refused: tuple[tuple[str, str], ...]
    schemes: tuple[str, ...]
    desk: bool


def _known(value: Any) -> Hashable:
    return NOT_TOLD if type(value) is Unknown else value


class _Plan:
    """One need, compiled."""

    def __init__(self, need: Need, directory: DirectorySnapshot, book: Rulebook) -> None:
        self.need, self.directory, self.book = need, directory, book
        rules = book.rules_of[need.key]
        named = dict.fromkeys((*need.actors, *(actor for rule in rules for actor in actors_of(rule))))
        audiences = [one for key in named if (one := book.actors[key].audience) is not None]
        keys = dict.fromkeys((*need.schemes, *(key for rule in rules for key in rule.add_schemes)))
        self._schemes = {key: len(rules) + len(audiences) + at for at, key in enumerate(keys)}
        cases = {
            key: SchemeCase(one.condition, one.closed, bool(one.points)) for key, one in book.schemes.items()
        }
        self._table = Table(
            [rule.condition for rule in rules] + audiences + [book.schemes[key].condition for key in keys],
            cases,
        )
        self._who = self._table.bits(range(len(rules) + len(audiences)))
        self._columns = [(one.name, book.facts.get(one.name)) for one in self._table.columns]
        self._reads = {key: self._table.reads(number) for key, number in self._schemes.items()}
        self._listed = sorted(key for key, one in book.actors.items() if one.listed)
        self._presence: dict[str, tuple[bool, ...]] = {}
        self._outcomes: dict[tuple[Any, ...], _Outcome] = {}
        self._judged: dict[tuple[Any, ...], Judged] = {}

    def decide(self, situation: Situation, place: Place) -> Decision:
        told = told_by(situation, former_activities(situation, self.directory))
        reading = self._table.read(
            [_known(derived.value(told)) if derived else told.get(name) for name, derived in self._columns]
        )
        opco = self.directory.opco(situation.idcc) if situation.idcc else None
        site = self._site(told, place)
        outcome = self._outcome(reading, opco, site, situation)
        kept = tuple(self._chosen(outcome, place, site, opco))
        judged = tuple([self._verdict(key, reading, told) for key in outcome.schemes])
        return Decision(self.need.key, kept[0], kept[1:], outcome.refused, judged)

    def _site(self, told: Told, place: Place) -> Place:
        site = told.get(SITE) if self.need.key == "inc_clauses" else None
        return (self.directory.place(site) or place) if isinstance(site, str) else place

    def _outcome(
        self, reading: Reading, opco: OpcoFact | None, site: Place, situation: Situation
    ) -> _Outcome:
        present = self._present(site)
        known = None if opco is None else opco.opco is not None
        mark = reading[0] & self._who, reading[1] & self._who, known, present
        if mark not in self._outcomes:
            if len(self._outcomes) > MOST:
                self._outcomes.clear()
            self._outcomes[mark] = self._asked(situation)
        return self._outcomes[mark]

    def _present(self, site: Place) -> tuple[bool, ...]:
        """Which of the networks that exist only where entered serve a commune."""
        found = self._presence.get(site.commune)
        if found is None:
            found = tuple(self.directory.branch_for(key, site) is not None for key in self._listed)
            self._presence[site.commune] = found
        return found

    def _asked(self, situation: Situation) -> _Outcome:
        """What the engine answers to the first situation of its class."""
        answer = orient(situation, self.directory, self.book)
        kept = answer.kept()
        return _Outcome(
            tuple((one.actor, one.rule) for one in kept),
            tuple((one.actor, one.rule) for one in answer.refused),
            tuple(one.scheme for one in answer.schemes),
            desk=kept[0].actor == REGIONAL_DESK and kept[0].rule.startswith("commune-"),
        )

    def _chosen(
        self, outcome: _Outcome, place: Place, site: Place, opco: OpcoFact | None
    ) -> Iterator[Chosen]:
        where = place if outcome.desk else site
        for actor, rule in outcome.kept:
            branch = self.directory.branch_for(actor, where, opco.opco if opco and actor == "opco" else None)
            yield Chosen(actor, branch.slug if branch else None, rule)
            where = site

    def _verdict(self, key: str, reading: Reading, told: Told) -> Judged:
        mark = key, *[reading[2][at] for at in self._reads[key]]
        if mark not in self._judged:
            if len(self._judged) > MOST:
                self._judged.clear()
            self._judged[mark] = self._judge(key, reading, told)
        return self._judged[mark]

    def _judge(self, key: str, reading: Reading, told: Told) -> Judged:
        scheme = self.book.schemes[key]
        truth = self._table.truth(self._schemes[key], reading)
        facts = self.book.facts_of(Told(told))
        names = dict.fromkeys(atom.name for atom, _ in scheme.condition.because(facts))
        return Judged(key, verdict_of(scheme, truth), tuple(names))
