"""The map of the region: outlines in degrees become paths of a drawing. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
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
    """`shapes`, the widest first: a zone enclosed in another is seen over it. `borders`: lines over them."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    borders: tuple[Shape, ...] = ()


Outlines = Mapping[str, Iterable[Ring]]
Rings = list[list[tuple[float, float]]]


def draw(outlines: Outlines, borders: Outlines | None = None) -> Drawing | None:
    """North up, as wide as WIDTH; None without outlines."""
    flat = {code: [_flat(ring) for ring in rings] for code, rings in outlines.items()}
    lines = {code: [_flat(ring) for ring in rings] for code, rings in (borders or {}).items()}
    points = [point for each in (flat, lines) for rings in each.values() for ring in rings for point in ring]
    if not flat or not points:
        return None
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    scale = WIDTH / (right - left)

    def placed(each: dict[str, Rings]) -> Iterable[tuple[str, Rings]]:
        for code in sorted(each, key=lambda code: (-_spread(each[code]), code)):
            yield code, [[_at(x - left, y - top, scale) for x, y in ring] for ring in each[code]]

    shapes, over = (tuple(_shape(code, rings) for code, rings in placed(each)) for each in (flat, lines))
    return Drawing(WIDTH, round((bottom - top) * scale), shapes, over)


def _at(x: float, y: float, scale: float) -> tuple[float, float]:
    return round(x * scale, 1), round(y * scale, 1)


def _spread(rings: Rings) -> float:
    """The area of the box around a zone: more than that of any zone enclosed in it."""
    xs, ys = [x for ring in rings for x, _ in ring], [y for ring in rings for _, y in ring]
    return (max(xs) - min(xs)) * (max(ys) - min(ys)) if xs else 0


def _flat(ring: Ring) -> list[tuple[float, float]]:
    return [(longitude * cos(MIDDLE_LATITUDE), -latitude) for longitude, latitude in ring]


def _shape(code: str, rings: Rings) -> Shape:
    largest = max(rings, key=len)
    xs, ys = [x for x, _ in largest], [y for _, y in largest]
    path = "".join(_path(ring) for ring in rings)
    return Shape(code, path, round((min(xs) + max(xs)) / 2, 1), round((min(ys) + max(ys)) / 2, 1))


def _path(ring: list[tuple[float, float]]) -> str:
    """Steps from point to point: half the weight of the points themselves, on pages that draw 160 zones."""
    (x, y), *_ = ring
    steps = ((after[0] - before[0], after[1] - before[1]) for before, after in pairwise(ring[:-1]))
    return f"M{x:g} {y:g}l" + " ".join(f"{dx:.4g} {dy:.4g}" for dx, dy in steps if dx or dy) + "z"
