"""What may be told of answers without giving one away, even to whoever knows all the others; pure.

Any telling computed from exact counts is either always the same or gives an answer away somewhere: change the answers
one by one, there is a first change that shows. So each count is blurred first, by a number that depends on nothing but
a key, and everything told (the shares, and whether they are told) is computed from what is blurred.
"""

from __future__ import annotations

import hmac
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

FILE = Path(__file__).with_name("secrecy.toml")
WORD = 8
"""Bytes of a drawn number."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings of the file, as it says them. Raises ValueError when they would protect nothing."""

    companies: int
    odds: int
    answers: int
    step: int
    margin: int

    def __post_init__(self) -> None:
        if self.companies < 2 or self.odds < 2 or self.answers < self.companies or 100 % self.step:
            raise ValueError("a secret needs several companies, odds above one and an even step")

    @property
    def ratio(self) -> float:
        """How much rarer each further step of blur is: one answer changed moves two counts by one each."""
        return 1 / math.sqrt(self.odds)


@cache
def rules() -> Rules:
    """Those of the file. Raises KeyError when one is missing."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Rules(*(int(told[name]) for name in ("companies", "odds", "answers", "step", "margin")))


def blur(key: str, what: str, told: Rules) -> int:
    """The number added to the count named `what`: the same for ever under a key, and unknown without it.

    The difference of two geometric numbers: 0 the likeliest, each step away `ratio` times as likely."""
    drawn = hmac.new(key.encode(), f"selfcheck:{what}".encode(), sha256).digest()
    return _geometric(drawn[:WORD], told) - _geometric(drawn[WORD : 2 * WORD], told)


def shares(blurred: Mapping[str, int], told: Rules) -> dict[str, int] | None:
    """Percents by `step` of each answer, from blurred counts alone; None when they are too few to mean anything."""
    kept = {answer: max(0, count) for answer, count in blurred.items()}
    total = sum(kept.values())
    if total < told.answers:
        return None
    step = total * told.step
    return {answer: (200 * count + step) // (2 * step) * told.step for answer, count in kept.items()}


def _geometric(drawn: bytes, told: Rules) -> int:
    uniform = (int.from_bytes(drawn, "big") + 1) / 256**WORD
    return math.floor(math.log(uniform) / math.log(told.ratio))
