"""The catalogue: sentences written for the desk, by need; what the reading learns from."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "catalogue"
OCCUPATIONS = FOLDER / "occupations.toml"
OFF_TOPIC = ("hc_pas_rh", "hc_pas_employeur")


@lru_cache(maxsize=1)
def examples() -> tuple[tuple[str, str], ...]:
    """(need, sentence), in the order of the files."""
    files = sorted(one for one in FOLDER.glob("*.toml") if one != OCCUPATIONS)
    kept: list[tuple[str, str]] = []
    for file in files:
        for need, sentences in tomllib.loads(file.read_text(encoding="utf-8")).items():
            kept.extend((need, sentence) for sentence in sentences)
    return tuple(kept)
