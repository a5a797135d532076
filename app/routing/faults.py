"""Where a fault of an edition is: the file and the line of the entry it names."""

from __future__ import annotations

import re
from collections.abc import Mapping

NAMED = re.compile(r"^« (?P<key>[^»]+) »")


def located(sentence: str, files: Mapping[str, str]) -> str:
    """The sentence, after the file and the line of the entry it begins with; unchanged when it names none."""
    named = NAMED.match(sentence)
    place = _place(named["key"], files) if named else None
    return f"{place} : {sentence}" if place else sentence


def _place(key: str, files: Mapping[str, str]) -> str | None:
    """The last definition: the one at fault when there are two."""
    wanted = re.compile(rf'^\s*key\s*=\s*"{re.escape(key)}"\s*(#.*)?$')
    found = None
    for name in sorted(files):
        for number, line in enumerate(files[name].splitlines(), start=1):
            if wanted.match(line):
                found = f"{name}, ligne {number}"
    return found
