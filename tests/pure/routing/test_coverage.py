"""The coverage proof agrees with the engine, cell by cell, and sees holes and overlaps."""

from __future__ import annotations

from app.routing.coverage import CLASSES, cover
from app.routing.engine import orient
from app.routing.facts import Branch, DirectorySnapshot, Situation
from tests.pure.routing.desk import CAHORS, LODEVE, TODAY, book, directory

NEEDS = [key for key, need in book().needs.items() if need.in_scope]


def test_every_cell_is_answered_on_the_base_directory() -> None:
    """Only basic skills without an employee fall to the Maison: no OPCO, and a resource never leads."""
    proof = cover(directory(), book(), TODAY)
    assert proof.combinations == 2 * 50 * 5
    assert proof.without_lead == proof.overlaps == 0
    assert {key for key, row in proof.by_need.items() if row["fallback_only"]} == {"for_savoirs_base"}
    assert proof.fallback_only == 2


def test_it_agrees_with_the_engine_cell_by_cell() -> None:
    desk = directory(("plie",))
    led = 0
    for place in (LODEVE, CAHORS):
        for need in NEEDS:
            for workforce in CLASSES:
                lead = orient(Situation(place.commune, need, TODAY, workforce=workforce), desk, book()).lead
                led += lead is not None and lead.branch is not None and lead.rule != "commune-2"
    assert cover(desk, book(), TODAY).led == led


def without(actor: str, *more: Branch) -> DirectorySnapshot:
    base = directory()
    kept = tuple(branch for branch in base.branches if branch.actor != actor)
    return DirectorySnapshot("essai", base.places, base.former, kept + more, {})


def test_a_missing_network_is_a_hole() -> None:
    proof = cover(without("dreets"), book(), TODAY)
    assert proof.by_need["for_devenir_of"] == {"led": 0, "fallback_only": 0, "without_lead": 10}
    assert {"hole": "for_devenir_of", "commune": "34142", "workforce": "0-0"} in proof.examples


def test_two_branches_on_one_zone_overlap() -> None:
    twins = [Branch(f"cma-{name}", "cma", name, (("departement", "34"),)) for name in ("a", "b")]
    proof = cover(without("cma", *twins), book(), TODAY)
    assert proof.overlaps == 1
    assert proof.examples[-1]["branches"] == ["cma-a", "cma-b"]
