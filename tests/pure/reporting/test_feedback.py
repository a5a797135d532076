"""More, as much, less: exact tails, and no verdict on what is secret, fragile or unknown."""

from __future__ import annotations

import pytest

from app.gpec.figures import Figures
from app.kernel.binomial import at_least, at_most
from app.reporting.feedback import Gap, Line, Verdict, compare, strongest, together


def surveyed(projects: int | None, secret: int = 0) -> Figures:
    return Figures(projects, projects and projects // 2, None, 3, secret, projects)


def line(found: list[Line], code: str) -> Line:
    return next(one for one in found if one.code == code)


def test_more_and_less_are_said_when_chance_alone_would_not() -> None:
    found = compare({"A": 30, "B": 10}, {"A": surveyed(100), "B": surveyed(300)}, {"A": "Agriculture"})
    more, less = line(found, "A"), line(found, "B")
    assert (more.verdict, less.verdict) == (Verdict.MORE, Verdict.LESS)
    assert (more.share, more.surveyed_share, more.label) == (75, 25, "Agriculture")
    assert [one.code for one in strongest(found, Verdict.MORE)] == ["A"]


def test_the_verdict_turns_at_its_limit() -> None:
    """Of 20 needs, half expected: 15 or more happen 2.07 times in a hundred, 14 or more 5.77."""
    for needs, verdict in ((15, Verdict.MORE), (14, Verdict.SAME), (6, Verdict.SAME), (5, Verdict.LESS)):
        found = compare({"A": needs, "B": 20 - needs}, {"A": surveyed(200), "B": surveyed(200)}, {})
        assert line(found, "A").verdict is verdict


@pytest.mark.parametrize(
    ("needs", "figures", "gap"),
    [
        *((None, surveyed(100), Gap.UNTOLD), (5, None, Gap.UNSURVEYED), (5, surveyed(None, 3), Gap.SECRET)),
        *((5, surveyed(49), Gap.FRAGILE), (5, surveyed(50), Gap.ALONE)),
    ],
)
def test_no_verdict_without_both_sides(needs: int | None, figures: Figures | None, gap: Gap) -> None:
    found = compare({"A": needs} if needs else {}, {"A": figures} if figures else {}, {})
    assert (line(found, "A").verdict, line(found, "A").gap, line(found, "A").share) == (None, gap, None)


def test_a_job_without_verdict_weighs_on_no_share() -> None:
    both = {"A": surveyed(100), "B": surveyed(100), "C": surveyed(None, 2), "D": surveyed(20)}
    found = compare({"A": 10, "B": 10, "C": 500, "D": 500}, both, {})
    assert line(found, "A").share == line(found, "A").surveyed_share == 50


def test_the_most_asked_come_first_then_those_of_most_projects() -> None:
    found = compare({"B": 9, "A": 5}, {"A": surveyed(70), "C": surveyed(90), "D": surveyed(400)}, {})
    assert [one.code for one in found] == ["B", "A", "D", "C"]


def test_a_secret_is_never_summed_as_zero() -> None:
    assert together([surveyed(None, 3), surveyed(None, 3)]).projects is None
    both = together([surveyed(None, 3), surveyed(80)])
    assert (both.projects, both.secret_rows, both.rows) == (80, 3, 6)


def test_binomial_tails() -> None:
    """Against the whole law: tails meet, and certain chances are certain."""
    assert at_least(15, 20, 0.5) == pytest.approx(21700 / 2**20)
    assert at_least(3, 9, 0.3) + at_most(2, 9, 0.3) == pytest.approx(1)
    assert at_least(0, 5, 0.2) == pytest.approx(1) and at_most(9, 5, 0.2) == pytest.approx(1)
    assert at_least(6, 5, 0.9) == 0
    assert (at_least(5, 5, 1), at_most(0, 5, 0)) == (1, 1)
    with pytest.raises(ValueError, match="between 0 and 1"):
        at_least(1, 2, 1.5)
