"""What the reading is worth on sentences it never learnt: `python -m tests.pure.triage.measure`."""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.triage.examples import OFF_TOPIC
from app.triage.reading import Reading, read

HELD_OUT = Path(__file__).parent / "held_out.toml"
INDEPENDENT = Path(__file__).parent / "independent.toml"
TUNED_ON = ("plain", "hard", "fresh")
QUOTED = ("independent_plain", "independent_hard")
PARTS = (*TUNED_ON, *QUOTED)


@dataclass
class Score:
    """Counts of one part of the set."""

    total: int = 0
    first: int = 0
    among: int = 0
    silent: int = 0
    missed: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, need: str, reading: Reading) -> None:
        found = [one.need for one in reading.suggestions]
        self.total += 1
        self.first += found[:1] == [need]
        self.among += need in found
        self.silent += not found
        if found[:1] != [need]:
            self.missed[need, found[0] if found else "(ne sait pas)"] += 1

    @property
    def rates(self) -> tuple[float, float]:
        return self.first / self.total, self.among / self.total


@lru_cache(maxsize=1)
def held_out() -> dict[str, Any]:
    tuned, quoted = (tomllib.loads(path.read_text(encoding="utf-8")) for path in (HELD_OUT, INDEPENDENT))
    return tuned | quoted | {"several": tuned["several"], "independent_several": quoted["several"]}


def sentences(part: str) -> Iterator[tuple[str, str]]:
    """(need, sentence) of one part of the set."""
    for need, texts in held_out()[part].items():
        yield from ((need, text) for text in texts)


def measured(part: str) -> Score:
    """Top-1 and top-3 of one part; an off-topic sentence counts when its own kind comes first."""
    score = Score()
    for need, text in sentences(part):
        score.add(need, read(text))
    return score


def off_topic(parts: tuple[str, ...] = QUOTED) -> tuple[float, float]:
    """Precision and recall of « hors champ »."""
    pairs = [(need in OFF_TOPIC, read(text).off_topic) for part in parts for need, text in sentences(part)]
    right = sum(truth and said for truth, said in pairs)
    return right / max(1, sum(said for _, said in pairs)), right / sum(truth for truth, _ in pairs)


def several(part: str = "independent_several") -> tuple[float, float]:
    """Of sentences with several needs: the share of needs suggested, the share told as several."""
    rows = [(set(row["needs"]), read(row["text"])) for row in held_out()[part]]
    wanted = sum(len(needs) for needs, _ in rows)
    found = sum(len(needs & {one.need for one in reading.suggestions}) for needs, reading in rows)
    told = sum(len(needs & set(reading.multiple)) for needs, reading in rows)
    return found / wanted, told / wanted


def _line(name: str, scores: list[Score]) -> str:
    total = sum(one.total for one in scores)
    first, among = (
        sum(counts) / total for counts in zip(*((one.first, one.among) for one in scores), strict=True)
    )
    return (
        f"{name}: {total}, top-1 {first:.1%}, top-3 {among:.1%}, silent {sum(one.silent for one in scores)}\n"
    )


def main() -> None:
    write = sys.stdout.write
    for parts, told in ((TUNED_ON, "several"), (QUOTED, "independent_several")):
        scores = [measured(part) for part in parts]
        for part, score in zip(parts, scores, strict=True):
            write(_line(part, [score]))
            for (need, said), count in score.missed.most_common():
                write(f"  {need} -> {said} {count}\n" if "-v" in sys.argv else "")
        write(_line("together", scores))
        write("off-topic: precision {:.1%}, recall {:.1%}\n".format(*off_topic(parts)))
        write("several: suggested {:.1%}, told as several {:.1%}\n".format(*several(told)))


if __name__ == "__main__":
    main()
