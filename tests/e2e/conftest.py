"""A demonstration served by its own processes, and a browser to walk it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright

from app import create_app
from tests.conftest import database_url, test_config
from tests.e2e.served import Served, free_port

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ACCOUNT = re.compile(r"(?P<email>\S+@exemple\.fr)\s+mot de passe : (?P<password>\S+)")


@dataclass(frozen=True)
class Demonstration:
    """A served demonstration: where it is, who signs in."""

    app: Flask
    url: str
    passwords: Mapping[str, str]


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory, reference: Path) -> Iterator[Demonstration]:
    folder = tmp_path_factory.mktemp("demonstration")
    url = database_url(folder, "demonstration")
    config = test_config(folder, url, env="demonstration", demo=True, port=free_port())
    app = create_app(config)
    assert app.test_cli_runner().invoke(args=["setup", "all"]).exit_code == 0
    served = Served(config, workers=1)
    try:
        served.serve()
        accounts = (folder / "demo-accounts.txt").read_text(encoding="utf-8")
        yield Demonstration(
            app, served.url, {one["email"]: one["password"] for one in ACCOUNT.finditer(accounts)}
        )
    finally:
        served.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing and CI forbids to go without")
        pytest.skip("no Chromium: install Debian's chromium, or name one with CHROMIUM")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield opened
        opened.close()
