"""The map drawn from outlines in degrees."""

from __future__ import annotations

from app.territory.drawing import WIDTH, draw


def test_north_is_up_and_the_drawing_fills_its_width() -> None:
    south = [[[0.0, 43.0], [2.0, 43.0], [2.0, 43.5], [0.0, 43.5], [0.0, 43.0]]]
    north = [[[0.0, 44.0], [1.0, 44.0], [1.0, 44.5], [0.0, 44.5], [0.0, 44.0]]]
    drawing = draw({"n": north, "s": south})
    assert drawing is not None and drawing.width == WIDTH
    first, second = drawing.shapes
    assert (first.code, second.code) == ("n", "s") and first.y < second.y
    assert first.path.startswith("M") and first.path.endswith("Z") and 0 < second.x < WIDTH


def test_without_outlines_there_is_no_map() -> None:
    assert draw({}) is None
