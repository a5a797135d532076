"""The map drawn from outlines in degrees."""

from __future__ import annotations

from app.territory.drawing import WIDTH, draw


def test_north_is_up_and_the_drawing_fills_its_width() -> None:
    south = [[[0.0, 43.0], [2.0, 43.0], [2.0, 43.5], [0.0, 43.5], [0.0, 43.0]]]
    north = [[[0.0, 44.0], [1.0, 44.0], [1.0, 44.5], [0.0, 44.5], [0.0, 44.0]]]
    drawing = draw({"n": north, "s": south})
    assert drawing is not None and drawing.width == WIDTH
    widest, other = drawing.shapes
    assert (widest.code, other.code) == ("s", "n") and other.y < widest.y
    assert widest.path.startswith("M") and widest.path.endswith("z") and 0 < widest.x < WIDTH


def test_an_enclave_is_drawn_over_what_holds_it_and_borders_share_the_scale() -> None:
    around = [[[0.0, 43.0], [2.0, 43.0], [2.0, 44.0], [0.0, 44.0], [0.0, 43.0]]]
    inside = [[[0.5, 43.4], [0.7, 43.4], [0.7, 43.6], [0.5, 43.6], [0.5, 43.4]]]
    drawing = draw({"a": inside, "b": around}, {"34": around})
    assert drawing is not None and [one.code for one in drawing.shapes] == ["b", "a"]
    (border,) = drawing.borders
    assert border.path == drawing.shapes[0].path


def test_steps_lead_back_to_each_point() -> None:
    ring = [[0.0, 43.0], [2.0, 43.2], [1.3, 43.9], [0.0, 43.0]]
    drawing = draw({"a": [ring]})
    assert drawing is not None
    start, _, steps = drawing.shapes[0].path[1:-1].partition("l")
    points = [tuple(map(float, start.split()))]
    numbers = [float(one) for one in steps.split()]
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        points.append((round(points[-1][0] + dx, 1), round(points[-1][1] + dy, 1)))
    assert points[0][0] == 0 and points[1][0] == WIDTH and len(points) == 3


def test_without_outlines_there_is_no_map() -> None:
    assert draw({}) is None
