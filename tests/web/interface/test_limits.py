"""Limits as a served desk has them: who is slowed down, and what happens when their store is away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from app import create_app
from app.extensions import db, limiter
from app.kernel.clock import utcnow
from tests.cases import a_regional_manager, signed_in
from tests.conftest import test_config

Serve = Callable[..., Flask]


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Serve:
    """Builds an application that limits; the others of the suite do not."""
    monkeypatch.setattr(limiter, "enabled", False)

    def build(**changes: object) -> Flask:
        url = f"sqlite:///{tmp_path / 'limits.sqlite'}"
        app = create_app(test_config(tmp_path, url, **{"env": "demonstration", **changes}))
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            db.create_all()
        return app

    return build


@pytest.mark.parametrize("path", ["/espace/mot-de-passe", "/espace/verifier"])
def test_an_open_session_does_not_let_one_guess_its_password(served: Serve, path: str) -> None:
    app = served()
    with app.app_context():
        viewer = a_regional_manager()
    client = signed_in(app, viewer)
    # More than twice the limit: the minute may change on the way.
    codes = [client.post(path, data={"password": "faux"}).status_code for _ in range(125)]
    assert codes[0] != 429 and 429 in codes


def test_a_link_does_not_let_one_write_to_every_address(served: Serve) -> None:
    """A corrected contact is written to: a list of addresses is not gone through."""
    client = served().test_client()
    codes = [client.post("/demandes/un-lien/coordonnees", data={}).status_code for _ in range(15)]
    # Twice the limit at most: the minute may change on the way.
    assert codes[0] != 429 and codes.count(429) >= 5


def test_a_store_of_limits_that_is_away_closes_nothing(served: Serve) -> None:
    app = served(limiter_url="redis://127.0.0.1:1/0")
    codes = {app.test_client().get("/communes?q=lodeve").status_code for _ in range(3)}
    assert codes == {200}


@pytest.mark.parametrize(("proxies", "shared"), [(0, True), (1, False)])
def test_visitors_behind_a_trusted_proxy_have_limits_of_their_own(
    served: Serve, proxies: int, shared: bool
) -> None:
    client = served(trusted_proxies=proxies).test_client()
    loud, quiet = {"X-Forwarded-For": "192.0.2.1"}, {"X-Forwarded-For": "192.0.2.2"}
    with time_machine.travel(utcnow(), tick=False):
        codes = [client.get("/communes?q=x", headers=loud).status_code for _ in range(305)]
        assert 429 in codes
        limited = 429 in [client.get("/communes?q=x", headers=quiet).status_code for _ in range(5)]
    assert limited is shared
