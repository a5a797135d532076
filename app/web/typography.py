"""French punctuation holds to its word: no line begins with « : », « ; », « ? », « ! » or « » »."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

BEFORE = re.compile(r"(?<![\s]) (?=[:;?!»](?:\s|[<.,)»]|$))")
AFTER = re.compile(r"« (?=\S)")
NBSP = "\u00a0"


def spaced(text: str) -> str:
    """The same text with unbreakable spaces where French wants them."""
    return AFTER.sub(f"«{NBSP}", BEFORE.sub(NBSP, text))


class FrenchSpaces(Extension):
    """Applies it to what templates say, once, when they are compiled."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        for token in stream:
            if token.type in ("data", "string"):
                yield Token(token.lineno, token.type, spaced(token.value))
            else:
                yield token
