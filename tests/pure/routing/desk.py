"""A small desk for the tests: the first edition and a directory of two communes."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from app.routing.engine import orient
from app.routing.facts import Branch, DirectorySnapshot, OpcoFact, Orientation, Place
from app.routing.reading import read_rulebook
from app.routing.rulebook import Rulebook
from app.routing.situation import read_situation
from app.rulebooks.edition import texts

TODAY = date(2026, 11, 23)
LODEVE = Place("34142", "Lodève", "34", "200017341", "7608", "7605")
CAHORS = Place("46042", "Cahors", "46", "200023737", "7604", "7601")
MIDI_PYRENEES = ("09", "12", "31", "32", "46", "65", "81", "82")
LANGUEDOC_ROUSSILLON = ("11", "30", "34", "48", "66")
AGREEMENTS = {
    "843": "OPCO_EP",
    "1979": "AKTO",
    "2216": "OPCOMMERCE",
    "1596": "CONSTRUCTYS",
    "7024": "OCAPIAT",
    "1486": "ATLAS",
    "3248": "OPCO_2I",
    "2941": "UNIFORMATION",
    "1090": "OPCO_MOBILITES",
}


@lru_cache(maxsize=1)
def book() -> Rulebook:
    return read_rulebook(texts())


@lru_cache(maxsize=32)
def directory(covered: tuple[str, ...] = ()) -> DirectorySnapshot:
    """Entry points of the networks served everywhere; `covered` are the listed networks entered in Lodève."""
    branches = [
        branch for actor in book().actors.values() if not actor.listed for branch in _entries(actor.key)
    ]
    branches += [
        Branch(f"{actor.replace('_', '-')}-coeur-d-herault", actor, actor, (("epci", LODEVE.epci or ""),))
        for actor in covered
    ]
    return DirectorySnapshot(
        "essai",
        {"34142": LODEVE, "46042": CAHORS},
        {"34999": "34142"},
        tuple(branches),
        {idcc: OpcoFact(opco, "établi", "arrêté d’agrément") for idcc, opco in AGREEMENTS.items()},
        frozenset({"75056"}),
    )


def _entries(actor: str) -> list[Branch]:
    name = actor.replace("_", "-")
    if actor == "opco":
        return [
            Branch(
                f"{code.lower().replace('_', '-')}-occitanie",
                "opco",
                label,
                (("region", "76"),),
                True,
                False,
                code,
            )
            for code, label in book().opcos.items()
        ]
    if actor == "carsat":
        groups = {"languedoc-roussillon": LANGUEDOC_ROUSSILLON, "midi-pyrenees": MIDI_PYRENEES}
        return [
            Branch(f"carsat-{group}", actor, group, tuple(("departement", code) for code in codes), True)
            for group, codes in groups.items()
        ]
    slug = {"region_mmr": "mmr"}.get(actor, name)
    return [Branch(f"{slug}-{code}", actor, name, (("departement", code),), True) for code in ("34", "46")]


def decide(covered: tuple[str, ...] = (), /, **payload: Any) -> Orientation:
    """The orientation of one line of the public command, Lodève by default."""
    line = {"commune": "34142", **payload}
    return orient(read_situation(line, book(), TODAY), directory(covered), book())


def verdicts(orientation: Orientation) -> dict[str, str]:
    return {one.scheme: one.verdict for one in orientation.schemes}


def outcome(orientation: Orientation) -> tuple[object, ...]:
    """What a question may change: the lead, the supports, the verdicts."""
    lead = orientation.lead
    return (
        (lead.actor, lead.branch) if lead else None,
        frozenset((one.actor, one.branch) for one in orientation.supports),
        frozenset(verdicts(orientation).items()),
    )
