"""What is written stays true: links lead somewhere, commands exist, the map names every package."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from config import ROOT

PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
CODE_PATH = re.compile(r"`((?:app|tests|docs|migrations)/[\w./<>-]+)`")


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_paths_lead_somewhere(page: Path) -> None:
    missing = [link for link in LINK.findall(text(page)) if not (page.parent / link).exists()]
    missing += [
        path for path in CODE_PATH.findall(text(page)) if "<" not in path and not (ROOT / path).exists()
    ]
    assert not missing


def test_the_map_names_every_package() -> None:
    drawn = text(ROOT / "docs" / "architecture.md")
    packages = {path.parent.name for path in (ROOT / "app").glob("*/__init__.py")}
    assert not {name for name in packages if f"`{name}`" not in drawn}


def test_every_target_of_the_readme_exists() -> None:
    named = set(re.findall(r"make ((?:[a-z]+ ?)+)`", text(ROOT / "README.md")))
    targets = set(re.findall(r"^([a-z]+):", text(ROOT / "Makefile"), re.MULTILINE))
    assert {one for line in named for one in line.split()} <= targets


def test_ci_runs_the_command_of_the_readme() -> None:
    readme, ran = text(ROOT / "README.md"), text(ROOT / ".ci" / "run")
    assert "```sh\nmake check test\n```" in readme
    assert ran.rstrip().endswith("make check test")
    system = re.search(r"apt-get install ([^`)]+)", readme)
    assert system and f'packages="{system[1].strip()}"' in ran


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "requirements-data.txt"])
def test_every_requirement_has_its_hashes(name: str) -> None:
    entries = re.split(
        r"\n(?=[A-Za-z])", re.sub(r"^\s*#.*$", "", text(ROOT / name), flags=re.MULTILINE).strip()
    )
    assert entries and all("==" in one and "--hash=sha256:" in one for one in entries)


def test_the_tests_run_what_is_served() -> None:
    """Both locks name the same version of what they share."""
    pinned = [
        dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text(ROOT / name), re.MULTILINE))
        for name in ("requirements.txt", "requirements-dev.txt")
    ]
    assert {name: pinned[1].get(name) for name in pinned[0]} == pinned[0]
