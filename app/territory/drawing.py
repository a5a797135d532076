"""The map of the region: outlines in degrees become paths of a drawing. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import cos, radians

from app.territory.contours import Ring

WIDTH = 400
MIDDLE_LATITUDE = radians(43.7)


@dataclass(frozen=True, slots=True)
class Shape:
    """One zone on the map: its path, and where its code is written."""

    code: str
    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    width: int
    height: int
    shapes: tuple[Shape, ...]


def draw(outlines: Mapping[str, Iterable[Ring]]) -> Drawing | None:
    """North up, as wide as WIDTH; None without outlines."""
    flat = {code: [_flat(ring) for ring in rings] for code, rings in outlines.items()}
    points = [point for rings in flat.values() for ring in rings for point in ring]
    if not points:
        return None
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    scale = WIDTH / (right - left)
    placed = {
        code: [
            [(round((x - left) * scale, 1), round((y - top) * scale, 1)) for x, y in ring] for ring in rings
        ]
        for code, rings in flat.items()
    }
    shapes = tuple(_shape(code, placed[code]) for code in sorted(placed))
    return Drawing(WIDTH, round((bottom - top) * scale), shapes)


def _flat(ring: Ring) -> list[tuple[float, float]]:
    return [(longitude * cos(MIDDLE_LATITUDE), -latitude) for longitude, latitude in ring]


def _shape(code: str, rings: list[list[tuple[float, float]]]) -> Shape:
    path = "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in ring[:-1]) + "Z" for ring in rings)
    largest = max(rings, key=len)
    xs, ys = [x for x, _ in largest], [y for _, y in largest]
    return Shape(code, path, round((min(xs) + max(xs)) / 2, 1), round((min(ys) + max(ys)) / 2, 1))
