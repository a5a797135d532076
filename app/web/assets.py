"""Style sheets, scripts and the font of titles: addressed by their content, so that a browser keeps them for ever."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import flask_bootstrap
from flask import Flask

from app.web.edition import Edition
from app.web.font import FONT, subset_font

BOOTSTRAP = Path(flask_bootstrap.__file__).parent / "static" / "bootstrap5" / "css" / "bootstrap.min.css"
HOUSE = ("tokens", "theme", "base", "controls", "components", "print")
"""The sheets of every page, joined in this order into one."""


def install_assets(app: Flask) -> None:
    """Serve the current edition ahead of the application; `url_for("static", …)` points to it."""
    edition = Edition(_sources(app), Path(app.instance_path) / "static", app.wsgi_app)
    app.wsgi_app = edition  # type: ignore[method-assign]

    @app.url_defaults
    def point_to_edition(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and values.get("filename") in edition.files:
            values["filename"] = f"{edition.name}/{values['filename']}"

    app.jinja_env.globals["has_asset"] = lambda name: name in edition.files


def build_font(instance_dir: Path) -> None:
    """Draw the titles' font from the installed package; nothing to do when it is there or has no source."""
    subset_font(instance_dir / FONT)


def _sources(app: Flask) -> dict[str, tuple[Path, ...]]:
    """Public name → the files it is made of."""
    folder = Path(app.static_folder or "")
    files: dict[str, tuple[Path, ...]] = {
        path.relative_to(folder).as_posix(): (path,) for path in sorted(folder.rglob("*.*"))
    }
    files["css/bootstrap.css"] = (BOOTSTRAP,)
    files["css/house.css"] = tuple(folder / "css" / f"{name}.css" for name in HOUSE)
    font = Path(app.instance_path) / FONT
    if font.is_file():
        files[FONT] = (font,)
    return files
