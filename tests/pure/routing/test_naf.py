"""The two NAF side by side: the rules are written in rév. 2, the correspondence translates."""

from __future__ import annotations

from typing import Any

from app.routing.engine import orient
from app.routing.facts import DirectorySnapshot, Orientation
from app.routing.situation import read_situation
from tests.pure.routing.desk import TODAY, book, directory

LINKS = {
    "95.31Y": ("45.20A",),
    "56.11Y": ("56.10A", "56.10C"),
    "47.78Y": ("47.76Z", "47.78C"),
    "10.01Y": ("01.11Z", "10.71C"),
}


def decide(naf: str, **more: Any) -> Orientation:
    base = directory()
    desk = DirectorySnapshot("naf", base.places, base.former, base.branches, {}, former_activities=LINKS)
    line = {
        "commune": "34142",
        "need": "alt_tuteur",
        "naf": naf,
        "legal_form": "SARL",
        "workforce": 4,
        **more,
    }
    return orient(read_situation(line, book(), TODAY), desk, book())


def chambers(answer: Orientation) -> set[str]:
    return {one.actor for one in answer.supports} & {"cma", "cci", "chambre_agri"}


def test_one_former_activity_is_the_activity() -> None:
    assert chambers(decide("95.31Y", naf_version="2025")) == {"cma"}
    assert decide("9531Y", on="2027-01-01").facts["naf"] == "45.20A"


def test_several_former_activities_decide_only_what_they_share() -> None:
    assert chambers(decide("56.11Y", naf_version="2025")) == {"cma", "cci"}
    assert chambers(decide("47.78Y", naf_version="2025")) == {"cma", "cci"}
    answer = decide("56.11Y", naf_version="2025")
    assert answer.facts["agricole"] is False and "activite" in answer.questions


def test_former_activities_of_several_divisions_leave_the_fact_unknown() -> None:
    assert "agricole" not in decide("10.01Y", naf_version="2025").facts


def test_without_correspondence_the_divisions_that_hold_across_both_are_read_as_they_are() -> None:
    assert chambers(decide("10.71Y", naf_version="2025")) == {"cma"}
    assert decide("01.11Y", on="2027-02-01", need="rec_saisonniers").facts["agricole"] is True


def test_a_code_of_rev_2_is_not_translated() -> None:
    assert chambers(decide("95.31Y", naf_version="rev2")) == {"cma"}
    assert decide("56.11Y", naf_version="rev2").facts["naf"] == "56.11Y"
