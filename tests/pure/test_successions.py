"""What one agreement lets us say of another; nothing is guessed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.directory.successions import DEDUCED, complete
from app.routing.facts import OpcoFact


def known(**opcos: str | None) -> dict[str, OpcoFact]:
    return {idcc.lstrip("n"): OpcoFact(opco, "établi", "Source") for idcc, opco in opcos.items()}


def test_all_predecessors_agree() -> None:
    found = complete(known(n1="AKTO", n2="AKTO"), {"1": "9", "2": "9"})
    assert (found["9"].opco, found["9"].status) == ("AKTO", DEDUCED)


def test_predecessors_disagree() -> None:
    assert "9" not in complete(known(n1="AKTO", n2="AFDAS"), {"1": "9", "2": "9"})


def test_one_predecessor_is_unknown() -> None:
    assert "9" not in complete(known(n1="AKTO"), {"1": "9", "2": "9"})


def test_one_predecessor_is_undetermined() -> None:
    assert "9" not in complete(known(n1="AKTO", n2=None), {"1": "9", "2": "9"})


def test_what_is_stated_is_never_changed() -> None:
    found = complete(known(n1="AKTO", n9="AFDAS"), {"1": "9"})
    assert found["9"].opco == "AFDAS" and found["1"].opco == "AKTO"


def test_an_ended_agreement_follows_its_successor() -> None:
    found = complete(known(n9="OPCO_2I"), {"1": "5", "5": "9"})
    assert found["1"].opco == found["5"].opco == "OPCO_2I" and found["1"].status == DEDUCED


def test_a_chain_of_successions_is_followed() -> None:
    found = complete(known(n1="AKTO"), {"1": "5", "5": "9"})
    assert found["5"].opco == found["9"].opco == "AKTO"


def test_a_loop_leads_nowhere() -> None:
    assert complete({}, {"1": "2", "2": "1", "3": "3"}) == {}


NUMBERS = st.sampled_from("123456789")


@given(
    st.dictionaries(NUMBERS, st.sampled_from(["AKTO", "AFDAS", None]), max_size=6),
    st.dictionaries(NUMBERS, NUMBERS, max_size=8),
)
def test_whatever_the_file_says_no_opco_is_invented(
    stated: dict[str, str | None], successors: dict[str, str]
) -> None:
    facts = {idcc: OpcoFact(opco, "établi", "Source") for idcc, opco in stated.items()}
    found = complete(facts, successors)
    assert all(found[idcc] == fact for idcc, fact in facts.items())
    assert {fact.opco for fact in found.values()} <= set(stated.values())
    assert all(fact.status == DEDUCED for idcc, fact in found.items() if idcc not in facts)
