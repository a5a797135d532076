"""Jobs found by any of their names: each typed word begins a word of the name. Pure, built once per edition."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.territory.names import plain


@dataclass(frozen=True, slots=True)
class JobHit:
    """`named`: the appellation that was found, when it is not the job's own name."""

    rome: str
    label: str
    named: str = ""


class JobNames:
    """Labels and appellations of the ROME; never changes."""

    def __init__(self, labels: Mapping[str, str], appellations: Iterable[tuple[str, str]]) -> None:
        """`labels`: ROME code → name; `appellations`: (name, ROME code)."""
        self.labels = dict(labels)
        rows = [(name, rome, "") for rome, name in self.labels.items()]
        rows += [(self.labels[rome], rome, name) for name, rome in appellations if rome in self.labels]
        self._hits = [JobHit(rome, label, named) for label, rome, named in rows]
        self._words = [frozenset(plain(one.named or one.label).split()) for one in self._hits]
        self._index = sorted((word, rank) for rank, words in enumerate(self._words) for word in words)

    def search(self, text: str, limit: int) -> list[JobHit]:
        """One answer a job, the shortest name first, the job's own before an appellation."""
        code = text.strip().upper()
        if code in self.labels:
            return [JobHit(code, self.labels[code])]
        typed = plain(text).split()
        if not typed:
            return []
        found = sorted(self._holding(typed), key=lambda rank: (len(self._words[rank]), rank))
        first: dict[str, JobHit] = {}
        for rank in found:
            first.setdefault(self._hits[rank].rome, self._hits[rank])
        return list(first.values())[:limit]

    def _holding(self, typed: list[str]) -> list[int]:
        longest = max(typed, key=len)
        near = self._beginning(longest)
        return [rank for rank in near if all(_begins(self._words[rank], word) for word in typed)]

    def _beginning(self, start: str) -> set[int]:
        at, found = bisect_left(self._index, (start, -1)), set()
        while at < len(self._index) and self._index[at][0].startswith(start):
            found.add(self._index[at][1])
            at += 1
        return found


def _begins(words: frozenset[str], start: str) -> bool:
    return any(word.startswith(start) for word in words)
