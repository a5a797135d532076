"""Two shares side by side, job by job: the requests and the survey. The same figures as the table beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.reporting.charts import LIGHT, Picture, Tones, configured

WIDE, NARROW, STEP = 330, 110, 17
"""Of the bars alone: names stand before them, shares behind."""
WIDE_LABEL, NARROW_LABEL = 250, 120
ASKED, SURVEYED = "Demandes", "Enquête BMO"


@dataclass(frozen=True, slots=True)
class Pair:
    """Percents; `told` says the verdict at the end of the first bar."""

    label: str
    asked: float
    surveyed: float
    told: str


@dataclass(frozen=True, slots=True)
class Pairs(Picture):
    """What is drawn."""

    title: str
    pairs: Sequence[Pair]
    tone: str = LIGHT
    narrow: bool = False

    def spec(self, tones: Tones) -> dict[str, Any]:
        return _spec(self, tones)


def _spec(drawing: Pairs, tones: Tones) -> dict[str, Any]:
    rows = [
        {"metier": one.label, "serie": name, "part": round(value, 1), "dit": f"{value:.0f} %{told}"}
        for one in drawing.pairs
        for name, value, told in (
            (ASKED, one.asked, "" if drawing.narrow else f" · {one.told}"),
            (SURVEYED, one.surveyed, ""),
        )
    ]
    quiet = {"title": None, "ticks": False, "domain": False, "grid": False}
    limit = NARROW_LABEL if drawing.narrow else WIDE_LABEL
    names = {"field": "metier", "type": "nominal", "sort": None, "axis": {**quiet, "labelLimit": limit}}
    length = {"field": "part", "type": "quantitative", "axis": None, "scale": {"domainMin": 0}}
    series = {"field": "serie", "type": "nominal", "sort": [ASKED, SURVEYED]}
    legend = {
        "title": None,
        "orient": "top",
        "direction": "horizontal",
        "labelFontSize": 13,
        "labelColor": tones.text,
    }
    colours = {"scale": {"domain": [ASKED, SURVEYED], "range": [tones.first, tones.second]}, "legend": legend}
    words = {"type": "text", "align": "left", "dx": 6, "color": tones.text, "fontSize": 12}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "description": drawing.title,
        "data": {"values": rows},
        "width": NARROW if drawing.narrow else WIDE,
        "height": {"step": STEP, "for": "offset"},
        "background": tones.paper,
        "padding": {"left": 4, "right": 8, "top": 4, "bottom": 4},
        "config": configured(tones),
        "encoding": {"y": names, "x": length, "yOffset": series},
        "layer": [
            {"mark": {"type": "bar"}, "encoding": {"color": {**series, **colours}}},
            {"mark": words, "encoding": {"text": {"field": "dit"}}},
        ],
    }
