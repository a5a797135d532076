"""The first edition's files, as they stand in this folder."""

from __future__ import annotations

from pathlib import Path

FIRST_EDITION = Path(__file__).parent / "first_edition"
GOLDEN = Path(__file__).parent / "golden"


def texts(folder: Path = FIRST_EDITION) -> dict[str, str]:
    """File name → text."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.toml"))}
