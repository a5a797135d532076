"""How a migration reaches the database of the application: one connection, one transaction for the whole move."""

from __future__ import annotations

import warnings
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from app.extensions import UTCDateTime, db

# Only read by SQLite's reflection, which keeps no expression: the migrations create and drop such an index by name.
warnings.filterwarnings("ignore", message="Skipped unsupported reflection of expression-based index")


def plain_types(kind: str, item: Any, _autogen: Any) -> str | bool:
    """A migration is self-contained: it names the database's types, not the application's."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def move(connection: Connection) -> None:
    settings = current_app.extensions["migrate"].configure_args
    context.configure(connection=connection, target_metadata=db.metadata, render_item=plain_types, **settings)
    with context.begin_transaction():
        context.run_migrations()
        _check_references(connection)


def _check_references(connection: Connection) -> None:
    """SQLite rebuilds a table to alter it, with references unchecked meanwhile: check them all before committing."""
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"the migration leaves {len(broken)} broken references: {broken[:3]}")


def run() -> None:
    with db.engine.connect() as connection:
        raw = connection.connection.driver_connection
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            # Outside any transaction, where this statement has an effect.
            raw.execute("PRAGMA foreign_keys=OFF")
        try:
            move(connection)
        finally:
            if sqlite:
                raw.execute("PRAGMA foreign_keys=ON")


run()
