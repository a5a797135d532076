"""The drawing of a board: figures in, SVG out, nothing read from the database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

import vl_convert

KEPT = 128
"""Drawings each process remembers: rendering one takes 30 ms, the first one 600."""
FONT = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"
WIDE, NARROW, HEIGHT = 500, 230, 220
"""Narrow for a telephone: scaled down, the wide one could not be read."""


@dataclass(frozen=True, slots=True)
class Tones:
    """The colours of the visual language, which a picture cannot read from the style sheet."""

    paper: str
    text: str
    line: str
    first: str
    second: str


TONES = {
    "clair": Tones("#FFFFFF", "#5D5259", "#DDD5CF", "#6B2A57", "#2B7A94"),
    "sombre": Tones("#231A20", "#C8BAC2", "#4A3C44", "#E6B3D5", "#6FBAD2"),
}
LIGHT = "clair"


class Picture:
    """A drawing of figures: its `key` changes with any of them, `spec` says it in Vega-Lite."""

    __slots__ = ()
    tone: str

    def spec(self, tones: Tones) -> dict[str, Any]:
        raise NotImplementedError

    @property
    def key(self) -> str:
        return sha256(repr(self).encode()).hexdigest()[:16]

    def svg(self) -> str:
        return rendered(json.dumps(self.spec(TONES[self.tone]), sort_keys=True))


@dataclass(frozen=True, slots=True)
class Point:
    label: str
    received: int
    taken: int


@dataclass(frozen=True, slots=True)
class Drawing(Picture):
    """What is drawn."""

    title: str
    points: Sequence[Point]
    tone: str = LIGHT
    narrow: bool = False

    def spec(self, tones: Tones) -> dict[str, Any]:
        return _spec(self, tones)


@lru_cache(maxsize=KEPT)
def rendered(spec: str) -> str:
    """The picture of a Vega-Lite specification, written in JSON."""
    return str(vl_convert.vegalite_to_svg(spec, format_locale="fr-FR"))


def _spec(drawing: Drawing, tones: Tones) -> dict[str, Any]:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "description": drawing.title,
        "width": NARROW if drawing.narrow else WIDE,
        "height": HEIGHT,
        "background": tones.paper,
        "padding": {"left": 4, "right": 8, "top": 16, "bottom": 4},
        "config": configured(tones),
        "layer": [
            *_series(drawing.points, "received", "Reçus", tones.first, [1, 0], 1),
            *_series(drawing.points, "taken", "Pris", tones.second, [6, 4], 2),
        ],
    }


def _series(
    points: Sequence[Point], field: str, name: str, colour: str, dash: list[int], place: int
) -> list[dict[str, Any]]:
    """A line, its points, and its name written at its end: no legend to go back and forth to."""
    rows = [{"rang": rank, "label": one.label, "n": getattr(one, field)} for rank, one in enumerate(points)]
    last = [{**rows[-1], "nom": f"{name} {rows[-1]['n']}"}] if rows else []
    line = {
        "type": "line",
        "color": colour,
        "strokeWidth": 2.5,
        "strokeDash": dash,
        "point": {"color": colour, "size": 36},
    }
    # To the right of the last point, one a little above the other: two equal figures stay readable.
    text = {"type": "text", "align": "left", "dx": 10, "dy": -13 if place == 1 else 0, "color": colour}
    words = {**_axes(), "text": {"field": "nom"}}
    return [
        {"data": {"values": rows}, "mark": line, "encoding": _axes()},
        {"data": {"values": last}, "mark": {**text, "fontWeight": 600, "fontSize": 13}, "encoding": words},
    ]


def _axes() -> dict[str, Any]:
    across = {
        "labelAngle": 0,
        "labelOverlap": "parity",
        "labelSeparation": 10,
        "title": None,
        "grid": False,
        "ticks": False,
    }
    up = {"title": None, "tickMinStep": 1, "tickCount": 4, "format": ",d", "domain": False, "ticks": False}
    return {
        "x": {"field": "label", "type": "ordinal", "sort": None, "scale": {"type": "point"}, "axis": across},
        "y": {"field": "n", "type": "quantitative", "scale": {"domainMin": 0}, "axis": up},
    }


def configured(tones: Tones) -> dict[str, Any]:
    """What every drawing shares."""
    axis = {
        "labelColor": tones.text,
        "labelFontSize": 13,
        "gridColor": tones.line,
        "domainColor": tones.line,
        "labelPadding": 8,
    }
    return {"font": FONT, "axis": axis, "view": {"stroke": None}}
