"""What a page asks of the database, and how the database answers: which statements read a large table whole."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, event, inspect, text

from app.extensions import db

SCANNED = re.compile(r"^SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?")


@dataclass(slots=True)
class Heard:
    """The SELECT statements of a page, each once, with the values it was given."""

    statements: dict[str, Any] = field(default_factory=dict)


@contextmanager
def listening() -> Iterator[Heard]:
    heard = Heard()

    def note(_c: object, _cursor: object, statement: str, values: Any, _x: object, many: bool) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")) and not many:
            heard.statements.setdefault(statement, values)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield heard
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def large_tables(rows: int) -> set[str]:
    """The tables of that many rows: to read one whole is a fault."""
    with db.engine.connect() as connection:
        names = inspect(connection).get_table_names()
        counts = {name: connection.scalar(text(f'SELECT count(*) FROM "{name}"')) for name in names}
    return {name for name, count in counts.items() if (count or 0) >= rows}


def faults(heard: Heard, large: set[str], most: int) -> list[str]:
    """A line for each statement that reads a large table whole, or more than `most` rows of it (PostgreSQL counts)."""
    with db.engine.connect() as connection:
        looked = _postgresql if db.engine.dialect.name == "postgresql" else _sqlite
        return [
            f"{fault} :: {' '.join(statement.split())[:600]}"
            for statement, values in heard.statements.items()
            for fault in looked(connection, statement, values, large, most)
        ]


def _sqlite(
    connection: Connection, statement: str, values: Any, large: set[str], _most: int
) -> Iterator[str]:
    rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    names = _aliases(statement)
    for row in rows:
        found = SCANNED.match(row[-1])
        if found and names.get(found[1], found[1]) in large and not (found[2] and "LIMIT" in statement):
            yield row[-1]


def _postgresql(
    connection: Connection, statement: str, values: Any, large: set[str], most: int
) -> Iterator[str]:
    told = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", values).scalar_one()
    plan = told if isinstance(told, list) else json.loads(told)
    for node in _nodes(plan[0]["Plan"]):
        if node.get("Relation Name") not in large:
            continue
        read = (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
        if (node["Node Type"] == "Seq Scan" and node["Actual Loops"]) or read > most:
            yield f"{node['Node Type']} on {node['Relation Name']}, {read:.0f} rows"


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", ()):
        yield from _nodes(inner)


def _aliases(statement: str) -> dict[str, str]:
    found = re.findall(r"(?:FROM|JOIN|,)\s+(\w+)\s+AS\s+(\w+)", statement)
    return {alias: name for name, alias in found}
