"""Names and sizes: nothing is called misc, files stay about one subject."""

from __future__ import annotations

import ast
import statistics
from pathlib import Path

import pytest

from tests.house.source import APP, functions, modules, name_of, tree

BANNED = {"utils", "util", "helpers", "helper", "common", "services", "service", "constants", "misc", "tools"}
LONGEST_FILE, LONGEST_FUNCTION = 400, 60
MEDIAN_FILE = 100
LATE_IMPORTS = {"app": 1}
"""Own imports inside a function: `create_app` alone, so that importing the engine never loads Flask."""


def test_nothing_is_called_misc() -> None:
    guilty = [
        name_of(path) for path in modules() if BANNED & set(path.relative_to(APP).with_suffix("").parts)
    ]
    assert not guilty, f"a file is named after one subject, not {guilty}"


def test_files_and_functions_stay_small() -> None:
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert statistics.median(lengths.values()) <= MEDIAN_FILE
    assert not {name: length for name, length in lengths.items() if length > LONGEST_FILE}
    long = [
        f"{name_of(path)}.{one.name}"
        for path in modules()
        for one in functions(path)
        if (one.end_lineno or one.lineno) - one.lineno >= LONGEST_FUNCTION
    ]
    assert not long


def test_one_late_import_of_our_own() -> None:
    late: dict[str, int] = {}
    for path in modules():
        for one in functions(path):
            for node in ast.walk(one):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("app"):
                    late[name_of(path)] = late.get(name_of(path), 0) + 1
    assert late == LATE_IMPORTS


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(tree(path)) or not tree(path).body
