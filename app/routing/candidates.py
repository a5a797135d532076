"""Who is considered for a need, who is kept, who is set aside and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from app.routing.audiences import Audience, audience_of
from app.routing.choosing import Load, choose
from app.routing.derived import Facts
from app.routing.facts import Branch, DirectorySnapshot, Kept, OpcoFact, Place, Refused
from app.routing.questions import Wanted
from app.routing.rulebook import Actor, Need, Rule, Rulebook
from app.routing.wording import NBSP

NO_LOADS: Mapping[str, Load] = MappingProxyType({})
CHAMBERS = ("cma", "cci")


@dataclass(slots=True)
class Candidates:
    """Kept actors in order, refused ones, and those that may not lead: nobody knows which they are."""

    kept: dict[str, Kept] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    undetermined: set[str] = field(default_factory=set)
    line: dict[str, Rule | None] = field(default_factory=dict)


def gather(
    need: Need,
    applied: tuple[Rule, ...],
    facts: Facts,
    book: Rulebook,
    directory: DirectorySnapshot,
    place: Place,
    opco: OpcoFact | None,
    wanted: Wanted,
    loads: Mapping[str, Load] = NO_LOADS,
) -> Candidates:
    line = _line(need, applied)
    found = Candidates(line=line)
    removed = _removed(applied, line)
    for key, rule in line.items():
        actor = book.actors[key]
        if key in removed:
            why = removed[key]
            found.refused.append(Refused(key, why.reason, why.key, why.source))
            continue
        audience = audience_of(actor, facts, book)
        if audience.refused:
            found.refused.append(audience.refused)
            continue
        equals = directory.equals_for(key, place, opco.opco if opco and key == "opco" else None)
        branch, why_here = choose(equals, loads)
        if branch is None and actor.listed:
            found.refused.append(_not_covered(actor, place))
            continue
        wanted.weigh_audience(audience)
        found.kept[key] = _kept(actor, rule, audience, branch)
        if key == "opco":
            _say_opco(found, facts, opco, book, wanted)
        if why_here:
            kept = found.kept[key]
            found.kept[key] = replace(kept, reason=f"{kept.reason} {why_here}")
    return found


def _line(need: Need, applied: tuple[Rule, ...]) -> dict[str, Rule | None]:
    """The need's line in order, replaced and completed by the rules; None where the line itself names."""
    replaced = replacements(applied)
    line: dict[str, Rule | None] = {}
    for actor in _with_chambers(need.actors):
        line.setdefault(actor, None)
        if actor in replaced:
            new, rule = replaced[actor]
            line.setdefault(new, rule)
    for rule in applied:
        for actor in (*rule.add, *rule.lead, *rule.only):
            target, _ = replaced.get(actor, (actor, rule))
            line.setdefault(target, rule)
    return line


def replacements(applied: tuple[Rule, ...]) -> dict[str, tuple[str, Rule]]:
    """The actor that stands for another, and the rule that says so."""
    return {old: (new, rule) for rule in applied for old, new in rule.replace}


def _with_chambers(actors: tuple[str, ...]) -> tuple[str, ...]:
    """One chamber named in a line stands for the competent one (taxonomy, section 4, rule 4)."""
    if not any(chamber in actors for chamber in CHAMBERS):
        return actors
    at = min(actors.index(chamber) for chamber in CHAMBERS if chamber in actors)
    others = tuple(actor for actor in actors if actor not in CHAMBERS)
    return (*others[:at], *(c for c in _chambers_in_order(actors)), *others[at:])


def _chambers_in_order(actors: tuple[str, ...]) -> tuple[str, ...]:
    named = tuple(actor for actor in actors if actor in CHAMBERS)
    return named + tuple(chamber for chamber in CHAMBERS if chamber not in named)


def _removed(applied: tuple[Rule, ...], line: dict[str, Rule | None]) -> dict[str, Rule]:
    """Who a rule sets aside: those it names, or everybody but the ones it keeps alone."""
    removed = {actor: rule for rule in reversed(applied) for actor in rule.remove}
    alone = next((rule for rule in applied if rule.only), None)
    if alone is not None:
        removed |= {actor: alone for actor in line if actor not in alone.only}
    return removed


def _lowered(text: str) -> str:
    """In the middle of a sentence; an acronym keeps its capitals."""
    return text if text[1:2].isupper() else f"{text[:1].lower()}{text[1:]}"


def _not_covered(actor: Actor, place: Place) -> Refused:
    return Refused(
        actor.key,
        f"Territoire non couvert{NBSP}: aucune structure saisie pour {place.name}.",
        "commune-12",
        actor.source,
    )


def _kept(actor: Actor, rule: Rule | None, audience: Audience, branch: Branch | None) -> Kept:
    reason = rule.reason if rule else f"Peut vous aider{NBSP}: {_lowered(actor.services)}."
    return Kept(
        actor.key,
        branch.slug if branch else None,
        reason + audience.confirm,
        to_confirm=audience.truth is not True,
        told=bool(branch and branch.told),
        rule=rule.key if rule else "ligne-du-besoin",
        source=rule.source if rule else actor.source,
    )


def _say_opco(found: Candidates, facts: Facts, opco: OpcoFact | None, book: Rulebook, wanted: Wanted) -> None:
    """The agreement decides the OPCO; without it the OPCO stays, to be determined, and does not lead."""
    kept = found.kept["opco"]
    if opco is not None and opco.opco:
        name = book.opcos.get(opco.opco, opco.opco)
        reason = f"Convention {facts['idcc']}{NBSP}: votre opérateur de compétences est {name}."
        source = opco.source or kept.source
    else:
        found.undetermined.add("opco")
        reason, source = _no_opco(opco, facts, wanted), kept.source
    confirm = kept.reason.partition(" À confirmer")
    reason += confirm[1] + confirm[2]
    found.kept["opco"] = Kept(
        "opco",
        kept.branch,
        reason,
        kept.to_confirm or "opco" in found.undetermined,
        kept.told,
        "commune-5",
        source,
    )


def _no_opco(opco: OpcoFact | None, facts: Facts, wanted: Wanted) -> str:
    if opco is None:
        wanted.add("idcc", 3)
        return f"OPCO à déterminer{NBSP}: indiquez votre convention collective."
    return f"OPCO à déterminer{NBSP}: aucune source n’établit celui de la convention {facts['idcc']}."
