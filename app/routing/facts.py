"""What the engine is told (place, directory, situation) and what it answers (verdicts, orientation)."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

# From the finest to the widest: the order in which a branch is looked for.
ZONE_KINDS = ("commune", "epci", "zone_emploi", "bassin_bmo", "departement", "region")
REGION = "76"

Answer = bool | int | str | date | frozenset[str]


@dataclass(frozen=True, slots=True)
class Place:
    """A commune of the region and the zones it belongs to today."""

    commune: str
    name: str
    departement: str
    epci: str | None = None
    zone_emploi: str | None = None
    bassin_bmo: str | None = None
    region: str = REGION
    zones: tuple[tuple[str, str], ...] = field(init=False, compare=False, repr=False)
    """(kind, code), finest first: a code alone means nothing (BMO 7601 is not zone d'emploi 7601)."""

    def __post_init__(self) -> None:
        pairs = ((kind, getattr(self, kind)) for kind in ZONE_KINDS)
        object.__setattr__(self, "zones", tuple((kind, code) for kind, code in pairs if code))


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch of an actor's network; an entry point stands for a network not yet entered in detail."""

    slug: str
    actor: str
    name: str
    zones: tuple[tuple[str, str], ...]
    entry_point: bool = False
    told: bool = False
    opco: str | None = None


@dataclass(frozen=True, slots=True)
class OpcoFact:
    """The OPCO of one collective agreement, and how we know it."""

    opco: str | None
    status: str
    source: str = ""


NOT_FOUND = OpcoFact(None, "à déterminer")


def plain_idcc(idcc: str | int) -> str:
    """0843, 843 and "843" are the same agreement."""
    return str(idcc).strip().lstrip("0") or "0"


class DirectorySnapshot:
    """Who serves where, frozen: built once per version of the directory, read by every decision."""

    __slots__ = (
        "_index",
        "_opco",
        "_ties",
        "branches",
        "elsewhere",
        "former",
        "former_activities",
        "places",
        "version",
    )

    def __init__(
        self,
        version: str,
        places: Mapping[str, Place],
        former: Mapping[str, str],
        branches: tuple[Branch, ...],
        opco_by_idcc: Mapping[str, OpcoFact],
        elsewhere: Container[str] = frozenset(),
        former_activities: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    ) -> None:
        """`former`: old commune code → today's; `elsewhere`: correct commune codes of the rest of France;
        `former_activities`: activity of the NAF 2025 → those of the NAF rév. 2 it comes from."""
        self.version = version
        self.places = MappingProxyType(dict(places))
        self.former = MappingProxyType(dict(former))
        self.branches = tuple(branches)
        self.elsewhere = elsewhere
        self.former_activities = MappingProxyType(dict(former_activities))
        self._opco = {plain_idcc(idcc): fact for idcc, fact in opco_by_idcc.items()}
        self._index = _indexed(self.branches)
        self._ties = frozenset(
            frozenset(one.slug for one in equals)
            for zones in self._index.values()
            for equals in zones.values()
            if len(equals) > 1
        )

    def place(self, commune: str) -> Place | None:
        return self.places.get(commune) or self.places.get(self.former.get(commune, ""))

    def is_elsewhere(self, commune: str) -> bool:
        return commune in self.elsewhere

    def opco(self, idcc: str) -> OpcoFact:
        return self._opco.get(plain_idcc(idcc), NOT_FOUND)

    def branch_for(self, actor: str, place: Place, opco: str | None = None) -> Branch | None:
        """The branch covering the finest zone; a real branch before an entry point; then the slug."""
        equals = self.equals_for(actor, place, opco)
        return equals[0] if equals else None

    def equals_for(self, actor: str, place: Place, opco: str | None = None) -> tuple[Branch, ...]:
        """The branches that cover the finest zone alike, in the stable order."""
        covered = self._index.get((actor, opco), {})
        for zone in place.zones:
            if zone in covered:
                return covered[zone]
        return ()

    def rivals_of(self, slugs: Iterable[str]) -> frozenset[str]:
        """The branches that cover some zone just as one of these does, themselves included; none when alone."""
        wanted, found = frozenset(slugs), set[str]()
        for equals in self._ties:
            if not wanted.isdisjoint(equals):
                found |= equals
        return frozenset(found)


def _indexed(
    branches: tuple[Branch, ...],
) -> dict[tuple[str, str | None], dict[tuple[str, str], tuple[Branch, ...]]]:
    """(actor, opco) → zone → the branches to choose from there, so that a decision costs six look-ups at most."""
    index: dict[tuple[str, str | None], dict[tuple[str, str], tuple[Branch, ...]]] = {}
    for branch in sorted(branches, key=lambda one: (one.entry_point, one.slug)):
        zones = index.setdefault((branch.actor, branch.opco), {})
        for zone in branch.zones:
            first = zones.get(zone, (branch,))[0]
            if first.entry_point == branch.entry_point:
                zones[zone] = (*zones.get(zone, ()), branch)
    return index


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of the company and of its need; None is "not yet known", never "no"."""

    commune: str
    need: str
    on: date
    naf: str | None = None
    naf_version: str = "rev2"
    idcc: str | None = None
    workforce: tuple[int, int | None] | None = None
    legal_form: str | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()


class Verdict:
    """Codes of a scheme's verdict, as the public contract writes them."""

    ELIGIBLE = "eligible"
    TO_CHECK = "to_check"
    NOT_ELIGIBLE = "not_eligible"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Kept:
    """An actor kept for the need; `to_confirm` when its audience is not yet known."""

    actor: str
    branch: str | None
    reason: str
    to_confirm: bool = False
    told: bool = False
    rule: str = ""
    source: str = ""

    def to_dict(self) -> dict[str, Any]:
        return {"actor": self.actor, "branch": self.branch, "reason": self.reason}

    def trace(self) -> dict[str, Any]:
        more = {"to_confirm": self.to_confirm, "told": self.told, "rule": self.rule, "source": self.source}
        return self.to_dict() | more


@dataclass(frozen=True, slots=True)
class Refused:
    """An actor set aside, and why."""

    actor: str
    reason: str
    rule: str = ""
    source: str = ""

    def to_dict(self) -> dict[str, Any]:
        return {"actor": self.actor, "reason": self.reason}

    def trace(self) -> dict[str, Any]:
        return self.to_dict() | {"rule": self.rule, "source": self.source}


@dataclass(frozen=True, slots=True)
class SchemeVerdict:
    """What the desk may say of one scheme; `missing` are the keys it waits for."""

    scheme: str
    verdict: str
    reasons: tuple[str, ...]
    missing: tuple[str, ...] = ()
    source: str = ""
    notes: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "scheme": self.scheme,
            "verdict": self.verdict,
            "reasons": list(self.reasons),
            "missing": list(self.missing),
        }

    def trace(self) -> dict[str, Any]:
        return self.to_dict() | {"source": self.source, "notes": list(self.notes), "steps": list(self.steps)}


@dataclass(frozen=True, slots=True)
class Tested:
    """One rule tried by the engine: held, did not hold, or not yet known."""

    rule: str
    held: bool | None
    text: str
    source: str = ""

    def trace(self) -> dict[str, Any]:
        return {"rule": self.rule, "held": self.held, "text": self.text, "source": self.source}


@dataclass(frozen=True, slots=True)
class Orientation:
    """The whole answer for one need: who leads, who supports, who does not and why, which schemes fit."""

    need: str
    rulebook: str
    in_scope: bool = True
    message: str | None = None
    opco: str | None = None
    lead: Kept | None = None
    supports: tuple[Kept, ...] = ()
    refused: tuple[Refused, ...] = ()
    schemes: tuple[SchemeVerdict, ...] = ()
    questions: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    urgency: str = "normale"
    tested: tuple[Tested, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    directory: str = ""
    notes: tuple[str, ...] = ()

    def kept(self) -> tuple[Kept, ...]:
        """The kept actors in order: the chain a declined need follows before the Maison."""
        return ((self.lead,) if self.lead else ()) + self.supports

    def to_dict(self) -> dict[str, Any]:
        """Exactly the answer of the public command `routing decide`."""
        return {
            "in_scope": self.in_scope,
            "message": self.message,
            "opco": self.opco,
            "lead": self._lead_and_reminders(),
            "supports": [one.to_dict() for one in self.supports],
            "refused": [one.to_dict() for one in self.refused],
            "schemes": [one.to_dict() for one in self.schemes],
            "questions": list(self.questions),
            "ignored": list(self.ignored),
            "rulebook": self.rulebook,
        }

    def _lead_and_reminders(self) -> dict[str, Any] | None:
        """The lead; what must be remembered (a deadline to meet) closes its reason."""
        if self.lead is None:
            return None
        said = self.lead.to_dict()
        return said | {"reason": " ".join((str(said["reason"]), *self.notes))}

    def trace(self) -> dict[str, Any]:
        """What is stored with the need: the decision, its facts, its rules and their sources (JSON-ready)."""
        return self.to_dict() | {
            "need": self.need,
            "urgency": self.urgency,
            "lead": self.lead.trace() if self.lead else None,
            "supports": [one.trace() for one in self.supports],
            "refused": [one.trace() for one in self.refused],
            "schemes": [one.trace() for one in self.schemes],
            "tested": [one.trace() for one in self.tested],
            "facts": dict(self.facts),
            "directory": self.directory,
            "notes": list(self.notes),
        }
