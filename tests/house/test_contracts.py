"""The import contracts hold, and each one is seen to break when somebody goes the wrong way."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from config import ROOT

LINT = Path(sys.executable).with_name("lint-imports")
WRONG_WAYS = {
    "Imports only go down the floors of the house": (
        "app/territory/queries.py",
        "import app.dossiers.queries",
    ),
    "The engine and the words know no framework and no database": (
        "app/routing/engine.py",
        "import sqlalchemy",
    ),
    "In a capability: imports, actions, records, queries, models, in that order": (
        "app/dossiers/models.py",
        "import app.dossiers.actions",
    ),
    "Doors do not know one another": ("app/web/company/pages.py", "import app.web.adviser.pages"),
    "Pages know neither the database nor its rows": (
        "app/web/adviser/pages.py",
        "import app.dossiers.models",
    ),
    "What anybody reads counts no request: it reads what was published": (
        "app/web/public/territories.py",
        "import app.reporting.queries",
    ),
    "No package of the house imports itself through another": (
        "app/kernel/codes.py",
        "import app.routing.facts",
    ),
}


def verdicts(folder: Path) -> dict[str, str]:
    """Contract → KEPT or BROKEN."""
    ran = subprocess.run([str(LINT), "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)
    said = (line.rpartition(" ") for line in ran.stdout.splitlines())
    return {name: verdict for name, _, verdict in said if verdict in {"KEPT", "BROKEN"}}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(
        ROOT / "app", folder / "app", ignore=shutil.ignore_patterns("__pycache__", "*.html", "*.toml")
    )
    shutil.copy(ROOT / ".importlinter", folder)
    shutil.copy(ROOT / "config.py", folder)
    return folder


def test_every_contract_is_kept(copy: Path) -> None:
    found = verdicts(copy)
    assert set(found) == set(WRONG_WAYS), "give each contract its wrong way here"
    assert set(found.values()) == {"KEPT"}


@pytest.mark.parametrize("contract", WRONG_WAYS)
def test_the_wrong_way_breaks_it(copy: Path, contract: str) -> None:
    name, line = WRONG_WAYS[contract]
    path = copy / name
    before = path.read_text(encoding="utf-8")
    try:
        path.write_text(f"{before}\n{line}\n", encoding="utf-8")
        assert verdicts(copy)[contract] == "BROKEN"
    finally:
        path.write_text(before, encoding="utf-8")


def test_a_package_without_a_floor_is_refused(copy: Path) -> None:
    stray = copy / "app" / "stray"
    stray.mkdir()
    try:
        (stray / "__init__.py").write_text('"""No floor."""\n', encoding="utf-8")
        assert verdicts(copy)["Imports only go down the floors of the house"] == "BROKEN"
    finally:
        shutil.rmtree(stray)


WRONG_TYPE = """from app.kernel.codes import Siret


def number() -> int:
    return Siret("1")
"""


def test_a_wrong_type_is_seen(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.py"
    wrong.write_text(WRONG_TYPE, encoding="utf-8")
    settings = ("--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(tmp_path))
    command = [sys.executable, "-m", "mypy", *settings, str(wrong)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 1 and "Incompatible return value type" in ran.stdout
