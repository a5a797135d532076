"""The drawing of a board: an SVG of its own, whose words are the figures of the table beside it."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from app.reporting.charts import TONES, Drawing, Point

WEEKS = (Point("5 oct.", 12, 9), Point("12 oct.", 7, 7), Point("19 oct.", 1250, 4))
DRAWING = Drawing("Besoins reçus et pris, par semaine", WEEKS)


def words(svg: str) -> list[str]:
    return [text.strip() for text in ElementTree.fromstring(svg).itertext() if text.strip()]  # noqa: S314


@pytest.mark.parametrize("tone", sorted(TONES))
def test_a_drawing_names_its_series_and_their_last_figure(tone: str) -> None:
    svg = replace(DRAWING, tone=tone).svg()
    written = words(svg)
    assert "Reçus 1250" in written and "Pris 4" in written
    assert "5 oct." in written
    assert TONES[tone].first in svg and TONES[tone].paper in svg


def test_a_drawing_runs_nothing_and_asks_for_nothing() -> None:
    svg = DRAWING.svg()
    assert "<script" not in svg and "@import" not in svg
    assert "href" not in svg


@pytest.mark.parametrize("points", [(), (Point("5 oct.", 0, 0),)])
def test_little_is_drawn_too(points: tuple[Point, ...]) -> None:
    assert ElementTree.fromstring(Drawing("Vide", points).svg()).tag.endswith("svg")  # noqa: S314


def test_the_key_follows_every_figure() -> None:
    changed = (*WEEKS[:2], replace(WEEKS[2], taken=5))
    keys = {DRAWING.key, replace(DRAWING, points=changed).key, replace(DRAWING, tone="sombre").key}
    assert len(keys) == 3
    assert replace(DRAWING).key == DRAWING.key


def test_a_label_is_text_whatever_it_holds() -> None:
    svg = Drawing("<b>&", (Point("<script>alert(1)</script>", 1, 1),)).svg()
    assert "<script" not in svg
    ElementTree.fromstring(svg)  # noqa: S314
