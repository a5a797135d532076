"""The rule language: one page of grammar (docs/rule-language.md), parsed into conditions."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from lark import Lark, Token, Transformer
from lark.exceptions import LarkError, VisitError

from app.routing.conditions import (
    Always,
    Among,
    Certain,
    Compare,
    Condition,
    Constant,
    Flag,
    Given,
    Opposite,
    Scheme,
    Several,
)

GRAMMAR = r"""
?start: any
?any: all ("OR" all)*
?all: part ("AND" part)*
?part: "NOT" part             -> opposite
     | "(" any ")"
     | "true"                 -> always
     | "connu" "(" NAME ")"   -> given
     | "certain" "(" any ")"  -> certain
     | "dispositif" "(" NAME ")" -> scheme
     | NAME OP constant       -> compare
     | NAME "IN" "(" item ("," item)* ")" -> among
     | NAME                   -> flag
?item: constant | INT ".." INT -> range
constant: DATE | NAF | INT | NAME | TEXT
OP: "<=" | ">=" | "=" | "<" | ">"
DATE.3: /\d{4}-\d{2}-\d{2}/
NAF.2: /\d{2}\.\d{2}[A-Z]?/
INT: /\d+/
TEXT: /"[^"]*"/
NAME: /[^\W\d]\w*/
%ignore /\s+/
"""


class ConditionError(ValueError):
    """A condition that cannot be read; the sentence says where."""


class _Build(Transformer[Token, Condition]):
    def any(self, parts: list[Condition]) -> Condition:
        return Several(tuple(parts), conjunction=False) if len(parts) > 1 else parts[0]

    def all(self, parts: list[Condition]) -> Condition:
        return Several(tuple(parts), conjunction=True) if len(parts) > 1 else parts[0]

    def opposite(self, parts: list[Condition]) -> Condition:
        return Opposite(parts[0])

    def always(self, _parts: list[Condition]) -> Condition:
        return Always()

    def certain(self, parts: list[Condition]) -> Condition:
        return Certain(parts[0])

    def given(self, parts: list[Token]) -> Condition:
        return Given(str(parts[0]))

    def scheme(self, parts: list[Token]) -> Condition:
        return Scheme(str(parts[0]))

    def flag(self, parts: list[Token]) -> Condition:
        return Flag(str(parts[0]))

    def compare(self, parts: list[Any]) -> Condition:
        return Compare(str(parts[0]), str(parts[1]), parts[2])

    def among(self, parts: list[Any]) -> Condition:
        ranges = tuple(one for one in parts[1:] if isinstance(one, tuple))
        return Among(str(parts[0]), frozenset(parts[1:]) - frozenset(ranges), ranges)

    def range(self, parts: list[Token]) -> tuple[int, int]:
        return int(parts[0]), int(parts[1])

    def constant(self, parts: list[Token]) -> Constant:
        token = parts[0]
        if token.type == "INT":
            return int(token)
        if token.type == "DATE":
            return date.fromisoformat(token)
        return str(token).strip('"')


@lru_cache(maxsize=1)
def _parser() -> Lark:
    return Lark(GRAMMAR, parser="lalr", transformer=_Build())


@lru_cache(maxsize=4096)
def condition(text: str) -> Condition:
    """The compiled condition. Raises ConditionError."""
    try:
        return _parser().parse(text)  # type: ignore[return-value]
    except (VisitError, LarkError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise ConditionError(f"Condition illisible : « {text} » ({reason})") from error
