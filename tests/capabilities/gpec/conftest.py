"""An application without communes: the survey says itself where its rows belong."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from flask import Flask

from app.gpec.imports import import_bmo
from tests.conftest import built

BMO = "bmo/Base_open_data_BMO_2024_occitanie.xlsx"

Written = Callable[[str, Sequence[str], Sequence[Sequence[str]]], Path]


@pytest.fixture(scope="module")
def surveyed_app(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Flask:
    app = built(tmp_path_factory.mktemp("gpec"), "gpec")
    with app.app_context():
        import_bmo(samples / BMO)
    return app


@pytest.fixture
def surveyed(surveyed_app: Flask) -> Iterator[Flask]:
    """The BMO of 2024 in Occitanie is in."""
    with surveyed_app.app_context():
        yield surveyed_app


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Writes a made-up table and says where."""

    def write(name: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows([header, *rows])
        return path

    return write
