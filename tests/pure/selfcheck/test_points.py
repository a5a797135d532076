"""Ten questions, each with its reason and a need of the rulebook; the answers order what there is to do."""

from __future__ import annotations

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from app.rulebooks.edition import FIRST_EDITION
from app.selfcheck.points import Answer, actions, points, read_answers

answers = st.dictionaries(st.sampled_from([one.key for one in points()]), st.sampled_from(list(Answer)))


def test_there_are_ten_each_with_a_reason_and_a_need_that_exists() -> None:
    needs = {one["key"] for one in tomllib.loads((FIRST_EDITION / "needs.toml").read_text("utf-8"))["need"]}
    found = points()
    assert len(found) == len({one.key for one in found}) == len({one.rank for one in found}) == 10
    for one in found:
        assert one.need in needs and one.why and one.words and one.todo and one.ask.endswith("?")
        assert one.acts and Answer.UNSURE not in one.acts
    assert all("à vérifier" in one.source for one in found if one.source)


@given(answers)
def test_what_is_sure_comes_first_then_the_soonest(told: dict[str, Answer]) -> None:
    found = actions(told)
    order = [(not one.sure, one.point.rank) for one in found]
    assert order == sorted(order)
    for one in found:
        said = told[one.point.key]
        assert said in one.point.acts if one.sure else said is Answer.UNSURE
    quiet = {one.key for one in points()} - {one.point.key for one in found}
    assert all(key not in told or told[key] not in (*_acts(key), Answer.UNSURE) for key in quiet)


def _acts(key: str) -> tuple[Answer, ...]:
    return next(one.acts for one in points() if one.key == key)


def test_only_known_answers_are_read() -> None:
    key = points()[0].key
    assert read_answers({key: "oui", "x": "oui", points()[1].key: "peut-être"}) == {key: Answer.YES}
