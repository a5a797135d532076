"""The engine: one pure function from a situation to an orientation that explains itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.kernel.logic import Unknown
from app.routing.candidates import NO_LOADS, Candidates, gather, replacements
from app.routing.choosing import Load
from app.routing.derived import Facts, told_by
from app.routing.effects import Effects, possible_actors
from app.routing.facts import (
    DirectorySnapshot,
    Kept,
    OpcoFact,
    Orientation,
    Place,
    Situation,
)
from app.routing.questions import LEAD, Wanted, ordered
from app.routing.refusals import SituationError
from app.routing.rulebook import REGIONAL_DESK, Need, Rule, Rulebook
from app.routing.schemes import examine
from app.routing.trials import tried

ELSEWHERE = (
    "Cet établissement est hors d’Occitanie. Le service public national "
    "conseillers-entreprises.service-public.gouv.fr vous orientera."
)

JSON = frozenset({bool, int, str})
UNDETERMINED = "OPCO à déterminer\u00a0: la Maison de Ma Région pilote en attendant."
NOBODY = "Aucun autre acteur ne peut piloter\u00a0: la Maison de Ma Région pilote."


def orient(
    situation: Situation,
    directory: DirectorySnapshot,
    book: Rulebook,
    loads: Mapping[str, Load] = NO_LOADS,
) -> Orientation:
    """Who answers this need, with every kept and refused verdict. Raises SituationError.

    `loads`: what branches that serve the same place alike have on their desks, by slug.
    """
    need = book.needs.get(situation.need)
    if need is None:
        raise SituationError("Ce besoin n’est pas dans la liste.", "need")
    place = directory.place(situation.commune)
    if place is None and not directory.is_elsewhere(situation.commune):
        raise SituationError("Cette commune est inconnue.", "commune")
    if not need.in_scope:
        return _out_of_scope(situation, directory, book, need.message_for(situation.answers.get("profil")))
    if place is None:
        return _out_of_scope(situation, directory, book, ELSEWHERE)
    return _decided(situation, place, directory, book, need, loads)


def _out_of_scope(
    situation: Situation, directory: DirectorySnapshot, book: Rulebook, message: str
) -> Orientation:
    return Orientation(
        need=situation.need,
        rulebook=book.hash,
        in_scope=False,
        message=message,
        ignored=situation.ignored,
        directory=directory.version,
    )


def _decided(
    situation: Situation,
    place: Place,
    directory: DirectorySnapshot,
    book: Rulebook,
    need: Need,
    loads: Mapping[str, Load],
) -> Orientation:
    facts = book.facts_of(told_by(situation, former_activities(situation, directory)))
    opco = directory.opco(situation.idcc) if situation.idcc else None
    wanted = Wanted(book, need, facts)
    trials = tried(need, facts, book)
    applied = tuple([one.rule for one in trials if one.truth is True])
    site = _site(facts, place, directory, wanted)
    candidates = gather(need, applied, facts, book, directory, site, opco, wanted, loads)
    lead, supports = _lead_and_supports(candidates, applied, book, directory, place)
    schemes = examine(need, applied, facts, book, wanted)
    possible = possible_actors(facts, book, directory, site)
    wanted.weigh_rules(trials, Effects(candidates, lead, need, applied, possible))
    return Orientation(
        need=need.key,
        rulebook=book.hash,
        opco=opco.opco if opco else None,
        lead=lead,
        supports=supports,
        refused=tuple(candidates.refused),
        schemes=schemes,
        questions=ordered(wanted, schemes),
        ignored=situation.ignored,
        urgency=next((rule.urgency for rule in applied if rule.urgency), need.urgency),
        tested=tuple([one.tested for one in trials]),
        facts=_shown(facts, situation, opco),
        directory=directory.version,
        notes=tuple(rule.note for rule in applied if rule.note),
    )


def former_activities(situation: Situation, directory: DirectorySnapshot) -> tuple[str, ...]:
    """What a NAF 2025 code was called before, when INSEE's correspondence was imported."""
    if situation.naf_version != "2025" or not situation.naf:
        return ()
    return directory.former_activities.get(situation.naf, ())


def _site(facts: Facts, place: Place, directory: DirectorySnapshot, wanted: Wanted) -> Place:
    """Where the branches are looked for: the building site when the need is tied to one, asked if unknown."""
    if facts["besoin"] != "inc_clauses":
        return place
    site = facts.get("commune_chantier")
    if isinstance(site, str):
        return directory.place(site) or place
    wanted.add("commune_chantier", LEAD)
    return place


def _lead_and_supports(
    candidates: Candidates,
    applied: tuple[Rule, ...],
    book: Rulebook,
    directory: DirectorySnapshot,
    place: Place,
) -> tuple[Kept, tuple[Kept, ...]]:
    named = _named(candidates, applied, book)
    if named is not None and named[0] in candidates.undetermined:
        lead = _desk(directory, place, UNDETERMINED, "commune-5")
    elif named is not None:
        actor, rule = named
        lead = _said(candidates.kept[actor], rule.reason, rule)
    else:
        lead = _first_or_desk(candidates, book, directory, place)
    rest = [one for actor, one in candidates.kept.items() if actor != lead.actor]
    return lead, tuple(_sorted(rest, applied))


def _named(candidates: Candidates, applied: tuple[Rule, ...], book: Rulebook) -> tuple[str, Rule] | None:
    """The lead named by the need's own rules, in their order, if it was not set aside."""
    instead = replacements(applied)
    for rule in applied:
        for actor in rule.lead:
            chosen = instead[actor][0] if actor in instead else actor
            if chosen in candidates.kept and book.actors[chosen].leads:
                return chosen, rule
    return None


def _said(kept: Kept, reason: str, rule: Rule) -> Kept:
    """The kept actor, with the reason of the rule that made it lead."""
    detail = f" {kept.reason}" if kept.reason and kept.reason != reason else ""
    return Kept(
        kept.actor, kept.branch, f"{reason}{detail}", kept.to_confirm, kept.told, rule.key, rule.source
    )


def _first_or_desk(
    candidates: Candidates, book: Rulebook, directory: DirectorySnapshot, place: Place
) -> Kept:
    """The first candidate left; the Maison when it is the OPCO and nobody knows which, or nobody is left."""
    for actor, kept in candidates.kept.items():
        if actor in candidates.undetermined:
            return _desk(directory, place, UNDETERMINED, "commune-5")
        if book.actors[actor].leads:
            return kept
    return _desk(directory, place, NOBODY, "commune-2")


def _desk(directory: DirectorySnapshot, place: Place, reason: str, rule: str) -> Kept:
    branch = directory.branch_for(REGIONAL_DESK, place)
    return Kept(
        REGIONAL_DESK,
        branch.slug if branch else None,
        reason,
        rule=rule,
        told=bool(branch and branch.told),
        source="Règles communes, règles 2 et 5",
    )


def _sorted(rest: list[Kept], applied: tuple[Rule, ...]) -> list[Kept]:
    """The order of the line, unless a rule names who comes first."""
    first = [actor for rule in applied for actor in rule.first]
    rank = {actor: index for index, actor in enumerate(first)}
    return sorted(rest, key=lambda kept: rank.get(kept.actor, len(first)))


def _shown(facts: Facts, situation: Situation, opco: OpcoFact | None) -> dict[str, object]:
    """The facts used, as JSON."""
    shown = {key: value if type(value) in JSON else _plain(value) for key, value in sorted(_known(facts))}
    shown["commune"] = situation.commune
    if opco is not None:
        shown["opco"] = {"code": opco.opco, "status": opco.status, "source": opco.source}
    return shown


def _known(facts: Facts) -> list[tuple[str, object]]:
    return [pair for pair in facts.items() if type(pair[1]) is not Unknown]


def _plain(value: object) -> object:
    """As JSON keeps it."""
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value
