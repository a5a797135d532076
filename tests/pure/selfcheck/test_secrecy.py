"""The attack: somebody who knows every answer to a question but one reads what is told, and must not learn the last.

Shares of exact counts lose, whatever the rounding: shown by trying them. Blurred counts do not, whatever is told.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import product
from secrets import token_hex

import numpy as np
import pytest

from app.selfcheck.points import Answer
from app.selfcheck.secrecy import Rules, blur, rules, shares

Counts = tuple[int, int, int]
Telling = Callable[[Counts], object]
LAST: tuple[Counts, ...] = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
SMALL = Rules(companies=2, odds=3, answers=2, step=10, margin=10)
MOST = 24
"""Companies, in the exhaustive attack on exact tellings: all counts up to there."""
FAR = 14
"""Steps of blur looked at."""


def known(most: int) -> Iterator[Counts]:
    """Everything an attacker may know of the others."""
    return (
        (yes, no, total - yes - no)
        for total in range(most)
        for yes in range(total + 1)
        for no in range(total - yes + 1)
    )


def plus(one: Counts, other: Counts) -> Counts:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def victims(telling: Telling, most: int = MOST) -> list[Counts]:
    """What the others answered where the last answer is found: one answer alone would be told so."""
    found = []
    for others in known(most):
        told = Counter(telling(plus(others, last)) for last in LAST)
        if min(told.values()) == 1:
            found.append(others)
    return found


def by_fives(count: int) -> int:
    return (count + 2) // 5 * 5


def banded(counts: Counts) -> object:
    """Bands of ten points on counts rounded to five, from ten answers on."""
    rounded = [by_fives(one) for one in counts]
    return sum(counts) >= 10 and tuple(one * 10 // max(1, sum(rounded)) for one in rounded)


def in_classes(counts: Counts) -> object:
    """« La plupart », « environ la moitié », « peu », of those who say yes."""
    total = sum(counts)
    return total >= 10 and (counts[0] * 3 > total * 2, counts[0] * 3 < total)


def rarely(counts: Counts) -> object:
    """Whether nearly everybody says the same: the fewest things one may tell."""
    return sum(counts) >= 10 and counts[0] * 10 > sum(counts) * 9


def held_back(counts: Counts) -> object:
    """Bands, held back as soon as one answer more or less, of any kind, would change them."""
    told = banded(counts)
    moves = [plus(counts, one) for one in LAST]
    moves += [plus(one, (-a, -b, -c)) for one in moves for a, b, c in LAST]
    around = {banded(one) for one in moves if min(one) >= 0 and sum(one) >= 10}
    return told if around <= {told} else "held back"


@pytest.mark.parametrize("telling", [banded, in_classes, rarely, held_back])
def test_exact_counts_give_an_answer_away_however_they_are_told(telling: Telling) -> None:
    assert victims(telling)


def test_what_tells_nothing_stands_and_the_attack_sees_it() -> None:
    assert not victims(lambda _: "nothing") and not victims(lambda counts: sum(counts) // 10)


def chance(step: int, told: Rules) -> float:
    """How likely this blur is, by the law itself and not by the code."""
    return (1 - told.ratio) / (1 + told.ratio) * told.ratio ** abs(step)


def worlds(others: Counts, told: Rules, far: int) -> Iterator[tuple[Counts, list[float]]]:
    """Every blurred line near what is known, and how likely each last answer, or none, makes it."""
    near = range(-far, far + 1)
    for step in product(near, near, near):
        line = others[0] + step[0], others[1] + step[1], others[2] + step[2]
        yield line, [likely(line, plus(others, last), told) for last in (*LAST, (0, 0, 0))]


def likely(line: Counts, counts: Counts, told: Rules) -> float:
    return math.prod(chance(one - true, told) for one, true in zip(line, counts, strict=True))


@pytest.mark.parametrize("told", [rules(), SMALL])
@pytest.mark.parametrize("others", [(0, 0, 0), (9, 0, 0), (3, 4, 2), (0, 1, 59)])
def test_a_blurred_line_leaves_every_last_answer_likely(others: Counts, told: Rules) -> None:
    """Or none at all: whoever did not answer is not told apart either."""
    for _, odds in worlds(others, told, FAR):
        assert 0 < max(odds) <= told.odds * min(odds) * (1 + 1e-9)


@pytest.mark.parametrize("others", [*known(6), (10, 0, 0), (20, 20, 20), (0, 0, 59), (57, 1, 1), (0, 79, 0)])
def test_nor_does_what_is_told_of_it(others: Counts) -> None:
    """Shares, or their silence: what each reader sees, added up over the lines that show it."""
    for told in (SMALL, rules()):
        seen: dict[str, list[float]] = {}
        for line, odds in worlds(others, told, 6):
            shown = repr(shares(dict(zip(Answer, line, strict=True)), told))
            seen[shown] = [one + more for one, more in zip(seen.get(shown, [0.0] * 4), odds, strict=True)]
        assert all(max(odds) <= told.odds * min(odds) * (1 + 1e-9) for odds in seen.values())


def test_the_blur_follows_its_law_is_kept_for_ever_and_needs_its_key() -> None:
    told, key = rules(), token_hex(32)
    drawn = [blur(key, f"2026-T4:34:{number}:oui", told) for number in range(20_000)]
    assert drawn == [blur(key, f"2026-T4:34:{number}:oui", told) for number in range(20_000)]
    assert drawn != [blur(token_hex(32), f"2026-T4:34:{number}:oui", told) for number in range(20_000)]
    seen = Counter(drawn)
    for step in range(-4, 5):
        expected = 20_000 * chance(step, told)
        assert abs(seen[step] - expected) < 5 * math.sqrt(expected)


def test_what_is_told_is_close_to_the_truth_nineteen_times_in_twenty() -> None:
    told = rules()
    for answered in (30, 60, 72, 77, 80, 86, 93, 160):
        for yes in range(0, answered + 1, max(1, answered // 24)):
            for no in {0, (answered - yes) // 2, answered - yes}:
                assert wrong(yes, no, answered - yes - no, told) <= 0.05


def wrong(yes: int, no: int, unsure: int, told: Rules) -> float:
    """How likely the worst of the three shares is to be told and off by more than the margin."""
    steps = np.arange(-20, 21)
    likely = np.array([chance(int(one), told) for one in steps])
    weight = likely[:, None, None] * likely[None, :, None] * likely[None, None, :]
    first, second, third = (np.maximum(0, one + steps) for one in (yes, no, unsure))
    total = first[:, None, None] + second[None, :, None] + third[None, None, :]
    lines = (first[:, None, None], second[None, :, None], third[None, None, :])
    worst = 0.0
    for line, true in zip(lines, (yes, no, unsure), strict=True):
        step = np.maximum(1, total * told.step)
        share = (200 * line + step) // (2 * step) * told.step
        off = np.abs(share - 100 * true / (yes + no + unsure)) > told.margin
        worst = max(worst, float(weight[(total >= told.answers) & off].sum()))
    return worst


def test_settings_that_protect_nothing_are_refused() -> None:
    good = {"companies": 10, "odds": 3, "answers": 80, "step": 5, "margin": 10}
    assert Rules(**good) == rules()
    for name, value in (("companies", 1), ("odds", 1), ("answers", 9), ("step", 30)):
        with pytest.raises(ValueError, match="secret"):
            Rules(**good | {name: value})
