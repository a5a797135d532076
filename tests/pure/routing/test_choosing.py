"""Among equals, the one with room; without anything told, the stable order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.routing.choosing import Load, choose
from app.routing.facts import Branch, DirectorySnapshot, Place

A, B, C = (Branch(slug, "mission_locale", slug, (("departement", "34"),)) for slug in ("a", "b", "c"))
ENTRY = Branch("entree", "mission_locale", "entree", (("departement", "34"),), entry_point=True)
FINER = Branch("fine", "mission_locale", "fine", (("commune", "34142"),))
LODEVE = Place("34142", "Lodève", "34")
loads = st.dictionaries(st.sampled_from("abc"), st.builds(Load, st.integers(0, 50), st.integers(0, 50)))


def snapshot(*branches: Branch) -> DirectorySnapshot:
    return DirectorySnapshot("v", {"34142": LODEVE}, {}, branches, {})


def test_equals_are_those_of_the_finest_zone_and_a_real_branch_comes_before_an_entry_point() -> None:
    assert snapshot(C, ENTRY, A, B).equals_for("mission_locale", LODEVE) == (A, B, C)
    assert snapshot(A, B, FINER).equals_for("mission_locale", LODEVE) == (FINER,)
    assert snapshot(ENTRY).equals_for("mission_locale", LODEVE) == (ENTRY,)
    assert snapshot(A, ENTRY).rivals_of(["a"]) == frozenset()
    assert snapshot(A, B, FINER).rivals_of(["a", "inconnue"]) == {"a", "b"}


@given(loads)
def test_without_capacity_nor_absence_the_order_is_unchanged(told: dict[str, Load]) -> None:
    assert choose((A, B, C), told) == (A, "")


def test_the_least_loaded_for_its_capacity_is_chosen_and_it_is_said() -> None:
    told = {"a": Load(10, 1, 5), "b": Load(12, 1, 20), "c": Load(1, 3, 3)}
    branch, why = choose((A, B, C), told)
    assert branch is B and "parmi 3 antennes" in why


def test_a_full_branch_and_a_deserted_one_come_last() -> None:
    assert choose((A, B), {"a": Load(0, 2, 2), "b": Load(90, 0, 100)})[0] is B
    assert choose((A, B), {"a": Load(present=False), "b": Load(90)})[0] is B
    assert choose((A, B), {"a": Load(present=False), "b": Load(present=False)})[0] is A
    assert choose((A, B), {"a": Load(0, 0, 0), "b": Load(5, 5, 10)})[0] is B


def test_alone_or_nobody_nothing_is_said() -> None:
    assert choose((A,), {"a": Load(9, 9, 1, False)}) == (A, "")
    assert choose((), {}) == (None, "")
