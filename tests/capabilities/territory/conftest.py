"""An application whose communes are loaded once for the module that uses it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.territory.actions import load_reference
from tests.conftest import built


@pytest.fixture(scope="module")
def territory(tmp_path_factory: pytest.TempPathFactory, reference: Path) -> Flask:
    app = built(tmp_path_factory.mktemp("territory"), "territory")
    with app.app_context():
        load_reference()
    return app


@pytest.fixture
def here(territory: Flask) -> Iterator[Flask]:
    with territory.app_context():
        yield territory
