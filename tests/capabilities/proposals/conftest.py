"""Two communes of one intercommunalité, and lists of made-up local actors."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.extensions import transaction
from app.territory.models import Commune, FormerCommune, Membership, TerritoryVersion, Zone
from tests.cases import NUMBERS

Written = Callable[[str, Any], Path]


@pytest.fixture
def placed(context: Flask) -> Flask:
    with transaction() as session:
        session.add(Zone(kind="epci", code="200017341", name="Lodévois et Larzac"))
        for code, name in (("34142", "Lodève"), ("34220", "Poujols"), ("34172", "Montpellier")):
            session.add(Commune(code=code, name=name, departement="34", population=10))
        session.flush()
        session.add(FormerCommune(code="34999", name="Ancienne", commune="34142"))
        for code in ("34142", "34220"):
            row = {"commune": code, "kind": "epci", "code": "200017341", "starts_on": date(2020, 1, 1)}
            session.add(Membership(**row))
        session.add(TerritoryVersion(id=1, number=30_000 + next(NUMBERS)))
    return context


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(name: str, value: Any) -> Path:
        path = tmp_path / name
        path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
        return path

    return write
