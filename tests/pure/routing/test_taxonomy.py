"""Whatever the taxonomy holds, the edition holds and a golden case exercises both ways."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.routing.facts import Orientation
from app.routing.grammar import condition
from app.routing.reach import examined, never_applied, never_eligible, uncalled
from app.rulebooks.edition import GOLDEN
from tests.pure.routing.desk import book, decide

TAXONOMY: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "taxonomy.toml").read_text(encoding="utf-8")
)
CASES = [
    case
    for path in sorted(GOLDEN.glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]

ALWAYS_TRUE_WHERE_EXAMINED = {"plan_saisonniers", "emploi_accompagne"}
"""Only one need examines them, and it makes their fact true: seasonal work, a disabled candidate."""


@pytest.fixture(scope="module")
def answers() -> list[Orientation]:
    return [decide(tuple(case.get("covered", ())), **case["situation"]) for case in CASES]


def test_the_edition_lacks_nothing_and_adds_nothing() -> None:
    scope = {key for key, need in book().needs.items() if need.in_scope}
    assert scope ^ TAXONOMY["needs"].keys() == set()
    assert book().actors.keys() ^ set(TAXONOMY["actors"]) == set()
    assert book().schemes.keys() ^ TAXONOMY["schemes"].keys() == set()


@pytest.mark.parametrize("key", sorted(TAXONOMY["needs"]))
def test_the_line_of_a_need(key: str) -> None:
    need, row = book().needs[key], TAXONOMY["needs"][key]
    assert (list(need.actors), list(need.schemes)) == (row["actors"], row["schemes"])
    assert need.urgency == row["urgency"]


@pytest.mark.parametrize("key", sorted(TAXONOMY["schemes"]))
def test_the_condition_of_a_scheme(key: str) -> None:
    scheme, text = book().schemes[key], TAXONOMY["schemes"][key]
    assert scheme.closed == (text == "clos")
    if not scheme.closed:
        assert bool(scheme.points) == text.endswith(" +")
        assert scheme.condition == condition(re.sub(r" \+$", "", text))


def test_every_scheme_is_decided_both_ways(answers: list[Orientation]) -> None:
    """Opened in one case and not in another, where its condition can be false and a need examines it."""
    open_in = {
        one.scheme
        for answer in answers
        for one in answer.schemes
        if one.verdict == "eligible" or (one.verdict == "to_check" and not one.missing)
    }
    shut_in = {one.scheme for answer in answers for one in answer.schemes if one.verdict == "not_eligible"}
    live = {key for key in examined(book()) if not book().schemes[key].closed}
    assert live - open_in == set()
    always = {key for key in live if TAXONOMY["schemes"][key].startswith("true")}
    assert live - always - ALWAYS_TRUE_WHERE_EXAMINED - shut_in == set()


def test_every_actor_is_kept_and_left_out(answers: list[Orientation]) -> None:
    kept = {one.actor for answer in answers for one in answer.kept()}
    refused = {one.actor for answer in answers for one in answer.refused}
    guarded = {key for key, actor in book().actors.items() if actor.audience or actor.listed}
    assert book().actors.keys() - kept == set()
    assert guarded - refused == set()


def test_every_rule_holds_in_a_case_and_not_in_another(answers: list[Orientation]) -> None:
    held = {one.rule for answer in answers for one in answer.tested if one.held}
    apart = {one.rule for answer in answers for one in answer.tested if not one.held}
    always = {rule.key for rule in book().rules if rule.condition_text == "true"}
    rules = {rule.key for rule in book().rules}
    assert rules - held == set()
    assert rules - always - apart == set()


def test_what_nobody_reaches_is_closed_or_checked_by_a_person() -> None:
    never = {one.key: one.why for one in never_eligible(book())}
    text = TAXONOMY["schemes"]
    assert never.keys() == {key for key in text if text[key] == "clos" or text[key].endswith(" +")}
    assert all(never.values()) and list(uncalled(book())) == []


@pytest.mark.parametrize(
    "impossible",
    [
        "age < 16 AND age > 25",
        "rqth AND NOT rqth",
        "connu(age) AND NOT connu(age)",
        "besoin = alt_apprenti",
        "type_contrat = CDI AND type_contrat IN (CDD, apprentissage)",
    ],
)
def test_a_rule_that_can_never_hold_is_named(impossible: str) -> None:
    """Its need is `rec_*`: no other need ever reads it."""
    rule = next(one for one in book().rules if one.key == "commune-7-rqth")
    spoilt = replace(rule, needs=("rec_*",), condition=condition(impossible), condition_text=impossible)
    assert [one.key for one in never_applied(replace(book(), rules=(spoilt,)))] == ["commune-7-rqth"]
    assert list(never_applied(book())) == []


def test_a_rule_for_no_need_is_named() -> None:
    lost = replace(book().rules[0], needs=("xyz_*",))
    assert [one.why for one in never_applied(replace(book(), rules=(lost,)))] == [
        ("Aucun besoin ne la concerne",)
    ]
