"""Outlines of zones, drawn from those of their communes. Pure: shapely in, plain lists out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Point, Polygon

TOLERANCE = 0.01
"""Degrees: about one kilometre, enough for a map of the region."""

SLIVER = 0.0005
"""Square degrees: what is smaller is a seam between two outlines, not land."""

FAR = 0.05
"""Degrees: about five kilometres, more than the coarse outlines can be wrong."""

Ring = list[list[float]]


def merged(shapes: Iterable[str]) -> bytes:
    """One shape for a commune and its former communes, as bytes to keep."""
    return bytes(shapely.to_wkb(shapely.union_all(shapely.from_wkb(list(shapes)))))


def outlines(shapes: Mapping[str, Iterable[str | bytes]]) -> dict[str, list[Ring]]:
    """Code → rings, from WKB shapes; neighbours keep their common border once simplified.

    Inner edges are left out: most come from communes whose outline is missing. A true enclave is another zone,
    drawn over this one.
    """
    codes = sorted(shapes)
    whole = [shapely.union_all(shapely.from_wkb(list(shapes[code]))) for code in codes]
    simple: Any = shapely.coverage_simplify(whole, TOLERANCE) if whole else []
    return {code: [_ring(part) for part in _seen(shape)] for code, shape in zip(codes, simple, strict=True)}


def _parts(shape: shapely.Geometry) -> list[Polygon]:
    parts = shape.geoms if isinstance(shape, MultiPolygon) else [shape]
    return [part for part in parts if isinstance(part, Polygon) and not part.is_empty]


def _seen(shape: shapely.Geometry) -> list[Polygon]:
    return [part for part in _parts(shape) if part.area > SLIVER]


def _ring(part: Polygon) -> Ring:
    return [[round(x, 4), round(y, 4)] for x, y in part.exterior.coords]


def town_hall(wkb: str, outline: str) -> tuple[float, float] | tuple[None, None]:
    """Longitude and latitude of the town hall; the middle of the outline when it is missing or far away.

    The reference puts the town hall of Caharet (65) in Normandy, under its true postal code.
    """
    hall = shapely.from_wkb(wkb) if wkb else None
    shape = shapely.from_wkb(outline) if outline else None
    if shape is not None and (hall is None or shape.distance(hall) > FAR):
        hall = shape.representative_point()
    if not isinstance(hall, Point):
        return None, None
    return round(hall.x, 5), round(hall.y, 5)
