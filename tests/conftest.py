"""Fixtures shared by the whole suite. One schema per test session; rows are wiped after each test."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.extensions import limiter
from config import ROOT, Config

REFERENCE_CAPABILITIES = ("app.territory", "app.directory", "app.rulebooks", "app.gpec")

MEMORIES = (
    "directory_snapshot",
    "directory_agreements",
    "territory_gazetteer",
    "guichet_coverage",
    "gpec_job_names",
)
"""What a process keeps of the tables by their version: versions begin again once the rows are gone."""


def database_url(folder: Path, name: str) -> str:
    """An empty database of the engine under test (GUICHET_TEST_DB=sqlite|postgresql)."""
    if os.environ.get("GUICHET_TEST_DB", "sqlite") == "postgresql":
        from tests.postgres import fresh_database

        return fresh_database(name)
    return f"sqlite:///{folder / name}.sqlite"


def test_config(folder: Path, url: str, **changes: object) -> Config:
    values: dict[str, object] = {
        "env": "test",
        "secret_key": secrets.token_hex(32),
        "link_key": secrets.token_hex(32),
        "base_url": "http://localhost",
        "database_url": url,
        "instance_dir": folder,
        "mail_url": f"file://{folder / 'letters'}",
        "limiter_url": "memory://",
        "web_workers": 1,
        "host": "127.0.0.1",
        "port": 8000,
        "demo": False,
    }
    return Config(**{**values, **changes})  # type: ignore[arg-type]


test_config.__test__ = False  # type: ignore[attr-defined]


def built(folder: Path, name: str) -> Flask:
    from app.extensions import db

    app = create_app(test_config(folder, database_url(folder, name)))
    with app.app_context():
        db.create_all()
    return app


def _wipe(app: Flask, keep: tuple[str, ...] = ()) -> None:
    """Delete the rows of every table, but those of the capabilities in `keep`."""
    from app.extensions import Base, db

    kept = {
        mapper.class_.__tablename__
        for mapper in Base.registry.mappers
        if mapper.class_.__module__.startswith(keep or ("-",))
    }
    with app.app_context():
        db.session.rollback()
        with db.engine.begin() as connection:
            for table in reversed(db.metadata.sorted_tables):
                if table.name not in kept:
                    connection.execute(table.delete())
        db.session.remove()
    for remembered in MEMORIES:
        app.extensions.pop(remembered, None)


@pytest.fixture(scope="session")
def _empty_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return built(tmp_path_factory.mktemp("empty"), "empty")


@pytest.fixture(scope="session")
def _seeded_app(tmp_path_factory: pytest.TempPathFactory, reference: Path) -> Flask:
    """Communes, base directory and first rulebook, loaded once for the session."""
    from app.cli.setup import load_reference

    app = built(tmp_path_factory.mktemp("seeded"), "seeded")
    with app.app_context():
        load_reference()
    return app


@pytest.fixture(autouse=True)
def limits_off() -> None:
    """There is one limiter for all applications: one built for a demonstration leaves it on for the tests after it."""
    limiter.enabled = False


@pytest.fixture
def app(_empty_app: Flask) -> Iterator[Flask]:
    """An application on an empty database (no context kept open: it would leak the signed-in user)."""
    yield _empty_app
    _wipe(_empty_app)


@pytest.fixture
def seeded(_seeded_app: Flask) -> Iterator[Flask]:
    """An application whose territory, directory and rulebook are loaded."""
    yield _seeded_app
    _wipe(_seeded_app, REFERENCE_CAPABILITIES)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def context(app: Flask) -> Iterator[Flask]:
    """The application with its context pushed, for tests that do not use a client."""
    with app.app_context():
        yield app


@pytest.fixture
def seeded_context(seeded: Flask) -> Iterator[Flask]:
    with seeded.app_context():
        yield seeded


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of official sample files; what uses it is skipped, saying so, where it is absent."""
    folder = Path(os.environ.get("GUICHET_SAMPLES") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"official sample files absent ({folder})")
    return folder


@pytest.fixture(scope="session")
def reference() -> Path:
    """Where the reference data of set-up is installed."""
    from app.territory.reference import reference_folder

    folder = reference_folder()
    if folder is None or not folder.is_dir():
        pytest.skip("reference data absent: run make setup")
    return folder
