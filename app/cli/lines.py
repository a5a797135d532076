"""JSON lines in, JSON lines out: one answer for each line, same order, nothing else on standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from typing import BinaryIO

LONGEST_LINE = 64_000
CHUNK = 1 << 16

Answer = Callable[[dict[str, object]], dict[str, object]]


class Refused(Exception):
    """A line that cannot be answered: the sentence and the field at fault."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence, self.field = sentence, field


def answer_lines(answer: Answer) -> None:
    """Answer every line of standard input; a line that cannot be read is answered too."""
    out = sys.stdout
    for raw in _lines(sys.stdin.buffer):
        out.write(json.dumps(_answered(raw, answer), ensure_ascii=False, separators=(",", ":")) + "\n")
    out.flush()


def _answered(raw: bytes | None, answer: Answer) -> dict[str, object]:
    try:
        return answer(_parsed(raw))
    except Refused as refused:
        return {"error": refused.sentence, "field": refused.field}


def _parsed(raw: bytes | None) -> dict[str, object]:
    if raw is None:
        raise Refused("Cette ligne dépasse 64 ko.")
    try:
        value = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Refused("Cette ligne n’est pas du JSON lisible en UTF-8.") from None
    if not isinstance(value, dict):
        raise Refused("Cette ligne n’est pas un objet JSON.")
    return value


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Lines without their end; None for one that is too long, whose bytes are dropped as they come."""
    while piece := stream.readline(LONGEST_LINE + 1):
        if piece.endswith(b"\n") or len(piece) <= LONGEST_LINE:
            yield piece.rstrip(b"\r\n")
            continue
        while piece and not piece.endswith(b"\n"):
            piece = stream.readline(CHUNK)
        yield None
