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


LEANINGS = {
    "01": (("A1", "AB"), ("A0X40", "A0X41"), (Size.NONE, Size.UNDER_10)),
    "02": (("AB", "B1", "B2"), ("B2X60", "S1X20"), (Size.FROM_50, Size.UNDER_20)),
    "03": (("C1", ""), ("A0X40", "B2X60"), tuple(Size)),
}


def leaning_region(seed: int) -> list[Record]:
    """Each département has its own jobs and sizes, as real ones do: what is told of a job then speaks of a place."""
    drawn, found = Random(seed), list[Record]()
    for number in range(drawn.randint(60, 110)):
        departement = drawn.choices(list(LEANINGS), (5, 6, 3))[0]
        basins, families, sizes = LEANINGS[departement]
        basin, size = drawn.choices(basins, [1, *[5] * (len(basins) - 1)])[0], drawn.choice(sizes)
        for _ in range(drawn.choice((1, 1, 2, 3))):
            theme = drawn.choices(THEMES[:2], (1, 4))[0]
            found.append(Record(f"c{number}", departement, basin, theme, drawn.choice(families), size))
    return found


def _company(drawn: Random, name: str) -> tuple[str, str, str, str]:
    departement = drawn.choices(list(BASINS), (6, 8, 2, 3))[0]
    basin = drawn.choice((*BASINS[departement], ""))
    return name, departement, basin, drawn.choice(SIZES)


def _need(drawn: Random, company: tuple[str, str, str, str]) -> Record:
    name, departement, basin, size = company
    theme = drawn.choices(THEMES, (6, 3, 1))[0]
    family = drawn.choices(FAMILIES, (9, 5, 7, 2, 1, 8, 3, 1, 6))[0]
    return Record(name, departement, basin, theme, family, size)
