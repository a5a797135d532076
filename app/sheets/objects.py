"""Official lists published as JSON: one object after the other, without ever holding the whole file."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.sheets.files import PIECE, pieces
from app.sheets.progress import counted
from app.sheets.report import SheetRefused

LARGEST_LIST = 2 * 1024**3
LARGEST_OBJECT = 2_000_000
HEAD = 100_000
NOT_JSON = "Ce fichier n’est pas la liste JSON attendue."
TOO_LARGE = "Un objet de ce fichier est démesuré : il est refusé."
GAP = re.compile(r"[\s,]*")


def objects(path: Path, key: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of the list under this key, or of a bare list, each with its rank. Raises SheetRefused."""
    reader = _Reader(_characters(path))
    reader.open_list(key)
    return enumerate(counted(iter(reader.next_object, None)), start=1)


def _characters(path: Path) -> Iterator[str]:
    read, decoder = 0, codecs.getincrementaldecoder("utf-8-sig")()
    try:
        for piece in pieces(path):
            read += len(piece)
            if read > LARGEST_LIST:
                raise SheetRefused("Ce fichier dépasse 2 Go.")
            yield decoder.decode(piece)
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise SheetRefused("Ce fichier n’est pas écrit en UTF-8.") from None


class _Reader:
    """A window over the text: what was read is dropped, what is not complete waits for the next piece."""

    def __init__(self, texts: Iterator[str]) -> None:
        self.texts, self.window, self.at, self.decoder = texts, "", 0, json.JSONDecoder()

    def _more(self) -> bool:
        piece = next(self.texts, None)
        self.window, self.at = self.window[self.at :] + (piece or ""), 0
        return piece is not None

    def open_list(self, key: str) -> None:
        """Go to the first object; what stands before the list is not read further than its beginning."""
        while len(self.window) < HEAD and self._more():
            pass
        bare = re.match(r"\s*\[", self.window)
        found = bare or re.search(rf'^\s*\{{.*?"{key}"\s*:\s*\[', self.window[: HEAD + PIECE], re.DOTALL)
        if found is None:
            raise SheetRefused(NOT_JSON)
        self.at = found.end()

    def next_object(self) -> dict[str, Any] | None:
        """None at the end of the list."""
        while True:
            self.at = GAP.match(self.window, self.at).end()  # type: ignore[union-attr]
            start = self.window[self.at : self.at + 1]
            if start == "]":
                return None
            if start == "{":
                try:
                    one, self.at = self.decoder.raw_decode(self.window, self.at)
                except (ValueError, RecursionError):
                    pass
                else:
                    return dict(one)
            elif start:
                raise SheetRefused(NOT_JSON)
            self._wait()

    def _wait(self) -> None:
        if len(self.window) - self.at > LARGEST_OBJECT:
            raise SheetRefused(TOO_LARGE)
        if not self._more():
            raise SheetRefused("Ce fichier s’arrête au milieu de la liste : il est coupé.")
