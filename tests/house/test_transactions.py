"""One use case, one transaction: opened in actions, imports and intake only, never by a page, a query or a record."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from flask import Flask

from app.extensions import NestedTransaction, transaction
from tests.house.source import APP, calls, modules, name_of, tree

OPENERS = {"actions", "imports", "intake"}
HOME = APP / "extensions.py"
WRITES = {"commit", "rollback", "flush"}


def may_open(path: Path) -> bool:
    return path.stem in OPENERS or path.stem.endswith("_actions")


def test_transactions_are_opened_by_actions_alone() -> None:
    guilty = [
        name_of(path)
        for path in modules()
        if path != HOME and not may_open(path) and list(calls(tree(path), "transaction"))
    ]
    assert not guilty, f"move the verb to actions.py: {guilty}"


def test_nobody_commits_by_hand() -> None:
    guilty = [
        f"{name_of(path)}:{node.lineno}"
        for path in modules()
        if path != HOME
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and node.attr == "commit"
        and ast.unparse(node.value).endswith("session")
    ]
    assert not guilty, f"transaction() commits: {guilty}"


def test_an_action_never_calls_an_action() -> None:
    guilty = []
    for path in modules():
        if not may_open(path):
            continue
        verbs = {node.name for node in tree(path).body if isinstance(node, ast.FunctionDef)}
        opening = {
            node.name
            for node in tree(path).body
            if isinstance(node, ast.FunctionDef) and list(calls(node, "transaction"))
        }
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef) and node.name in opening:
                guilty += [
                    f"{name_of(path)}.{node.name} → {other}"
                    for other in (verbs & opening) - {node.name}
                    if list(calls(node, other))
                ]
    assert not guilty


def test_a_nested_transaction_is_refused(app: Flask) -> None:
    with app.app_context(), transaction(), pytest.raises(NestedTransaction), transaction():
        pass
