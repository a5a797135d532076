"""The titles' font: one Latin weight of Bitter, cut from the installed package at set-up."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

FONT = "fonts/bitter-600.woff2"
FAMILY = "fontpkg_bitter"
WEIGHT = 600
LATIN = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *map(ord, "ŒœŸ–—‘’‚“”„•…‹›€−→←✓\u202f\u2009"),
)


def subset_font(target: Path) -> None:
    """Write `target` unless it is there already, or the package is not installed."""
    source = _source()
    if source is None or target.is_file():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(f".{os.getpid()}")
    _write(source, part)
    part.replace(target)


def _source() -> Path | None:
    found = find_spec(FAMILY)
    if found is None or found.origin is None:
        return None
    files = sorted(Path(found.origin).parent.glob("files/Bitter[[]*.ttf"))
    return files[0] if files else None


def _write(source: Path, target: Path) -> None:
    # Loaded at set-up only: serving a page must not pay for a font compiler.
    from fontTools import subset  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415
    from fontTools.varLib.instancer import instantiateVariableFont  # noqa: PLC0415

    font = instantiateVariableFont(TTFont(source), {"wght": WEIGHT})
    options = subset.Options(flavor="woff2", layout_features=["kern", "liga", "tnum"], hinting=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=LATIN)
    cutter.subset(font)
    subset.save_font(font, str(target), options)
