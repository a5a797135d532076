"""Every pair of tokens that meets on a page keeps its contrast, in the light and in the dark."""

import re
from functools import cache

import pytest

from config import ROOT

SHEET = (ROOT / "app/web/static/css/tokens.css").read_text(encoding="utf-8")
TEXT, SHAPE = 4.5, 3.0
GROUNDS = ("paper", "ground", "sunk")
ON_GROUNDS = ("ink", "ink-2", "figue", "figue-hover", "brique")
TINTED = ("figue", "brique", "olive", "pastel")
PAIRS = [
    *((text, ground, TEXT) for text in ON_GROUNDS for ground in GROUNDS),
    *((text, f"{text}-tint", TEXT) for text in TINTED),
    *(("ink", f"{tint}-tint", TEXT) for tint in (*TINTED, "ocre", "gris")),
    *((text, "paper", TEXT) for text in ("olive", "pastel", "ocre-text", "gris-text")),
    *((text, "figue-tint", TEXT) for text in ("ink-2", "brique")),
    ("ocre-text", "ocre-tint", TEXT),
    ("gris-text", "gris-tint", TEXT),
    ("on-figue", "figue", TEXT),
    ("on-figue", "figue-hover", TEXT),
    ("paper", "brique", TEXT),
    ("on-ocre", "ocre", TEXT),
    ("on-deep", "figue-deep", TEXT),
    ("on-deep-2", "figue-deep", TEXT),
    ("ocre", "figue-deep", TEXT),
    *(("line-strong", ground, SHAPE) for ground in ("paper", "ground")),
    *((f"series-{n}", "paper", SHAPE) for n in (2, 3)),
    *(("focus-in", ground, SHAPE) for ground in GROUNDS),
    ("focus-out", "figue-deep", SHAPE),
    ("focus-in", "focus-out", SHAPE),
    *(("ink", f"map-{n}", TEXT) for n in (1, 2, 3)),
    *(("paper", f"map-{n}", TEXT) for n in (4, 5)),
]


def _block(opening: str) -> dict[str, str]:
    """The colours written after this opening brace, up to the one that closes it."""
    body = SHEET.split(opening, 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6});", body))


LIGHT = _block(":root {\n  color-scheme: light;")
BY_SYSTEM = _block(':root:not([data-bs-theme="light"]) {\n    color-scheme: dark;')
BY_PAGE = _block(':root[data-bs-theme="dark"] {\n  color-scheme: dark;')


@cache
def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_dark_is_the_same_whoever_chose_it() -> None:
    assert BY_SYSTEM == BY_PAGE
    assert LIGHT.keys() == BY_PAGE.keys()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_every_pair_can_be_read(front: str, back: str, least: float, theme: str) -> None:
    tokens = LIGHT if theme == "light" else BY_PAGE
    found = contrast(tokens[front], tokens[back])
    assert found >= least, f"{front} on {back}: {found:.2f}"


def test_a_colour_is_written_in_one_sheet_only() -> None:
    colour = re.compile(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(")
    folder = ROOT / "app/web/static/css"
    wrong = {
        path.name: found
        for path in folder.glob("*.css")
        if path.name != "tokens.css" and (found := colour.findall(path.read_text(encoding="utf-8")))
    }
    assert not wrong, "write colours as tokens"


def test_every_token_used_exists() -> None:
    folder = ROOT / "app/web/static/css"
    sheets = [path.read_text(encoding="utf-8") for path in folder.glob("*.css")]
    known = {name for sheet in sheets for name in re.findall(r"(--[\w-]+)\s*:", sheet)}
    used = {name for sheet in sheets for name in re.findall(r"var\((--[\w-]+)\)", sheet)}
    assert {name for name in used - known if not name.startswith("--bs-")} == set()
