"""The ten questions and what their answers call for; pure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.kernel.vocabulary import Listed

FILE = Path(__file__).with_name("points.toml")


class Answer(Listed):
    YES = "oui", "Oui"
    NO = "non", "Non"
    UNSURE = "nsp", "Je ne sais pas"


@dataclass(frozen=True, slots=True)
class Point:
    """A question, why it is asked, and the action its answer may call for; `need` opens the request."""

    key: str
    ask: str
    why: str
    acts: tuple[Answer, ...]
    rank: int
    todo: str
    need: str
    words: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do, `sure` when the answer says so and not only a doubt."""

    point: Point
    sure: bool


@cache
def points() -> tuple[Point, ...]:
    """In the order they are asked: that of the file."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))["point"]
    return tuple(Point(**{**one, "acts": tuple(Answer(name) for name in one["acts"])}) for one in told)


def read_answers(typed: Mapping[str, str]) -> dict[str, Answer]:
    """Only known answers to known questions."""
    known = set(Answer)
    return {
        one.key: Answer(typed[one.key]) for one in points() if one.key in typed and typed[one.key] in known
    }


def actions(answers: Mapping[str, Answer]) -> list[Action]:
    """What to do, the sure first, then what is in doubt; the soonest first."""
    found = [
        Action(one, sure=answers[one.key] in one.acts)
        for one in points()
        if one.key in answers and (answers[one.key] in one.acts or answers[one.key] is Answer.UNSURE)
    ]
    return sorted(found, key=lambda one: (not one.sure, one.point.rank))
