"""Invented requests of a small region, with what makes secrecy hard: rare jobs, one large company, a basin in two."""

from __future__ import annotations

from random import Random

from app.reporting.cells import Record, Size

BASINS = {"01": ("A1", "A2", "AB"), "02": ("AB", "B1", "B2", "B3"), "03": ("C1",), "04": ("D1", "D2")}
THEMES = ("recruter", "former", "garder")
FAMILIES = ("A0X40", "A0X41", "B2X60", "B2X61", "B4X10", "S1X20", "S1X40", "T2A60", "")
SIZES = (*Size, "")


def region(seed: int, needs: int, companies: int) -> list[Record]:
    """So many needs; a company stays in its place and its size, the first ones come back more often."""
    drawn = Random(seed)
    known = [_company(drawn, f"c{number}") for number in range(companies)]
    weights = [30 if number == 0 else 8 if number < 4 else 1 for number in range(companies)]
    return [_need(drawn, drawn.choices(known, weights)[0]) for _ in range(needs)]


def _company(drawn: Random, name: str) -> tuple[str, str, str, str]:
    departement = drawn.choices(list(BASINS), (6, 8, 2, 3))[0]
    basin = drawn.choice((*BASINS[departement], ""))
    return name, departement, basin, drawn.choice(SIZES)


def _need(drawn: Random, company: tuple[str, str, str, str]) -> Record:
    name, departement, basin, size = company
    theme = drawn.choices(THEMES, (6, 3, 1))[0]
    family = drawn.choices(FAMILIES, (9, 5, 7, 2, 1, 8, 3, 1, 6))[0]
    return Record(name, departement, basin, theme, family, size)
