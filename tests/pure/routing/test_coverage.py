"""The coverage proof agrees with the engine, cell by cell, and sees holes and overlaps."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from app.routing.coverage import CLASSES, Prover, cover
from app.routing.engine import orient
from app.routing.facts import Branch, DirectorySnapshot, Place, Situation
from tests.pure.routing.desk import TODAY, book, directory

NEEDS = [key for key, need in book().needs.items() if need.in_scope]


def test_every_cell_is_answered_on_the_base_directory() -> None:
    """Nobody is sent to the Maison alone."""
    proof = cover(directory(), book(), TODAY)
    assert proof.combinations == 2 * 50 * 5
    assert proof.without_lead == proof.overlaps == 0
    assert proof.fallback_only == 0
    assert all(set(row) == {"led", "fallback_only", "without_lead"} for row in proof.by_need.values())
    assert sum(sum(row.values()) for row in proof.by_need.values()) == proof.combinations


def test_the_maison_alone_is_a_fallback() -> None:
    rules = tuple(rule for rule in book().rules if rule.concerns("for_savoirs_base"))
    alone = replace(book().needs["for_savoirs_base"], actors=("opco",))
    mutant = replace(book(), needs={"for_savoirs_base": alone}, rules_of={alone.key: rules})
    assert cover(directory(), mutant, TODAY).fallback_only == 2


def region(communes: int) -> DirectorySnapshot:
    """Many communes, where the networks served by lists are present here and there."""
    draw = Random(3)
    places = {
        f"34{n:03d}": Place(
            f"34{n:03d}", "", draw.choice(("34", "46")), f"E{n % 9}", f"Z{n % 4}", f"B{n % 5}"
        )
        for n in range(communes)
    }
    listed = [key for key, actor in book().actors.items() if actor.listed]
    branches = [
        Branch(f"{key}-{n}", key, key, ((draw.choice(("epci", "commune")), draw.choice(zones)),))
        for n, key in enumerate(listed * 6)
        for zones in ([f"E{draw.randrange(9)}", draw.choice(sorted(places))],)
    ]
    return DirectorySnapshot("essai", places, {}, directory().branches + tuple(branches), {})


def test_ten_thousand_random_cells_equal_the_engine() -> None:
    desk = region(300)
    grouped = {
        (need, workforce, commune): decided.lead
        for need, workforce, communes, decided in Prover(book(), TODAY).cells(desk)
        for commune in communes
    }
    assert len(grouped) == 300 * len(NEEDS) * len(CLASSES)
    for need, workforce, commune in Random(1).sample(sorted(grouped, key=str), 10_000):
        lead = orient(Situation(commune, need, TODAY, workforce=workforce), desk, book()).lead
        found = grouped[need, workforce, commune]
        assert lead is not None and found is not None and (lead.actor, lead.rule) == (found.actor, found.rule)


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


def test_after_an_edit_the_proof_is_that_of_a_new_start() -> None:
    """A network lost, then found again: what is remembered of the others never hides it."""
    prover = Prover(book(), TODAY)
    base = prover.cover(directory())
    assert prover.cover(without("dreets")) == cover(without("dreets"), book(), TODAY)
    assert prover.cover(directory(("plie",))) == cover(directory(("plie",)), book(), TODAY)
    assert prover.cover(directory()) == base
