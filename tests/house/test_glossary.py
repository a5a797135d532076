"""The glossary stays true: each name it gives exists in the code."""

from __future__ import annotations

import ast
import re

from config import ROOT
from tests.house.source import modules, tree

ROW = re.compile(r"^\| (?P<word>[^|]+) \| `(?P<name>[^`]+)` \| (?P<meaning>[^|]+) \|$", re.MULTILINE)


def rows() -> list[re.Match[str]]:
    return list(ROW.finditer((ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")))


def names() -> set[str]:
    """Classes, functions, members and columns of the house."""
    found: set[str] = set()
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                found.add(node.name)
                found |= {f"{node.name}.{member}" for member in members(node)}
                found |= members(node)
            elif isinstance(node, ast.FunctionDef):
                found.add(node.name)
    return found


def members(node: ast.ClassDef) -> set[str]:
    targets = [one.targets[0] for one in node.body if isinstance(one, ast.Assign)]
    targets += [one.target for one in node.body if isinstance(one, ast.AnnAssign)]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def test_each_name_of_the_glossary_exists() -> None:
    assert len(rows()) >= 40
    known = names()
    assert not [row["name"] for row in rows() if row["name"] not in known]


def test_each_word_is_explained_once() -> None:
    words = [row["word"] for row in rows()]
    assert len(words) == len(set(words))
    assert all(len(row["meaning"]) > 15 for row in rows())


def test_every_table_of_a_business_word_is_in_it() -> None:
    """A word that has rows of its own is a word of the trade."""
    said = {row["name"].partition(".")[0] for row in rows()}
    assert {"Inquiry", "Need", "Dossier", "Event", "Letter", "Branch", "Commune", "Membership"} <= said
