"""Invented content is not served as a production, however the web server is started."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import create_app
from app.accounts.models import Mark
from app.accounts.queries import DEMO
from app.extensions import db, transaction
from config import ROOT
from tests.conftest import database_url, test_config
from tests.e2e.served import free_port

SETTINGS = {
    "production": {"GUICHET_ENV": "production", "BASE_URL": "https://guichet.exemple.fr"},
    "without demonstration": {"GUICHET_ENV": "demonstration", "DEMO": "0"},
}


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_a_marked_database_is_refused(tmp_path: Path, settings: dict[str, str]) -> None:
    url = database_url(tmp_path, "marked")
    app = create_app(test_config(tmp_path, url))
    with app.app_context():
        db.create_all()
        with transaction() as session:
            session.add(Mark(key=DEMO, value="complete"))
        db.engine.dispose()
    told = {
        "DATABASE_URL": url,
        "INSTANCE_DIR": str(tmp_path),
        "PORT": str(free_port()),
        "PATH": os.environ["PATH"],
    }
    keys = {"SECRET_KEY": "s" * 40, "LINK_KEY": "l" * 40}
    command = [sys.executable, "-m", "gunicorn", "wsgi:application"]
    done = subprocess.run(
        command, cwd=ROOT, env=told | keys | settings, capture_output=True, text=True, timeout=40, check=False
    )
    assert done.returncode != 0
    assert "démonstration" in done.stderr and "DATABASE_URL" in done.stderr
