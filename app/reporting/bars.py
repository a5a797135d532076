"""Bars of a figure by place: the same figures as the table beside them, a secret written as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.reporting.charts import LIGHT, Picture, Tones, configured

WIDE, NARROW, STEP = 320, 90, 26
"""Of the bars alone: names and figures stand on either side."""
WIDE_LABEL, NARROW_LABEL = 260, 140
"""A longer name is cut: the table beside says it whole."""


@dataclass(frozen=True, slots=True)
class Bar:
    """`told` is what is written at its end; no bar is drawn for a secret."""

    label: str
    value: int | None
    told: str


@dataclass(frozen=True, slots=True)
class Bars(Picture):
    """What is drawn."""

    title: str
    bars: Sequence[Bar]
    tone: str = LIGHT
    narrow: bool = False

    def spec(self, tones: Tones) -> dict[str, Any]:
        return _spec(self, tones)


def _spec(drawing: Bars, tones: Tones) -> dict[str, Any]:
    rows = [{"lieu": one.label, "n": one.value or 0, "dit": one.told} for one in drawing.bars]
    quiet = {"title": None, "ticks": False, "domain": False, "grid": False}
    limit = NARROW_LABEL if drawing.narrow else WIDE_LABEL
    names = {"field": "lieu", "type": "nominal", "sort": None, "axis": {**quiet, "labelLimit": limit}}
    length = {"field": "n", "type": "quantitative", "axis": None, "scale": {"domainMin": 0}}
    words = {"type": "text", "align": "left", "dx": 6, "color": tones.text, "fontSize": 13}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "description": drawing.title,
        "data": {"values": rows},
        "width": NARROW if drawing.narrow else WIDE,
        "height": {"step": STEP},
        "background": tones.paper,
        "padding": {"left": 4, "right": 8, "top": 4, "bottom": 4},
        "config": configured(tones),
        "encoding": {"y": names, "x": length},
        "layer": [
            {"mark": {"type": "bar", "color": tones.first, "height": 16}},
            {"mark": words, "encoding": {"text": {"field": "dit"}}},
        ],
    }
