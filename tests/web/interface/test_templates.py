"""What the content policy and the look ask of every template."""

import re
from pathlib import Path

import pytest
from flask import Flask

from config import ROOT

FOLDER = ROOT / "app/web/templates"
PRINTED = ("adviser/summary_document.html", "governance/pack_document.html")
"""Made into a PDF: they carry their own style, no browser is ever sent them."""
PAGES = sorted(path for path in FOLDER.rglob("*.html") if "mail" not in path.parts)
INLINE = re.compile(
    r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\ssrc=)", re.IGNORECASE
)
ELSEWHERE = re.compile(
    r"<(?:link|script|img|source|iframe)[^>]*(?:href|src)=[\"']?(?:https?:)?//", re.IGNORECASE
)


def named(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if named(path) not in PRINTED:
        assert not INLINE.search(text), "style sheets and scripts are files: see app/web/static"
    assert not ELSEWHERE.search(text), "everything is served by this site"


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_template_compiles(path: Path, app: Flask) -> None:
    assert app.jinja_env.get_template(named(path)).name == named(path)


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_icon_is_drawn(path: Path, app: Flask) -> None:
    shapes = app.jinja_env.get_template("components/icons.html").module.SHAPES  # type: ignore[attr-defined]
    names = re.findall(r"\bicon\(\"([\w-]+)\"\)", path.read_text(encoding="utf-8"))
    assert set(names) <= set(shapes)


def test_static_files_are_small_and_ours() -> None:
    files = [path for path in (ROOT / "app/web/static").rglob("*") if path.is_file()]
    assert {path.suffix for path in files} <= {".css", ".js", ".svg"}
    assert max(path.stat().st_size for path in files) < 16_000
