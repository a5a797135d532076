"""Every route says who may enter; what it says is what happens."""

from __future__ import annotations

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from app.accounts.abilities import Ability
from app.web.doors import ANYONE, CAPABILITY_LINK, POLICIES, SIGNED_IN
from tests.conftest import built

SAMPLE = {"string": "x", "int": "1", "uuid": "00000000-0000-0000-0000-000000000000", "path": "x"}


def without_policy(app: Flask) -> list[str]:
    """Routes whose blueprint declared nothing; the framework's static files are open by nature."""
    return [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and rule.endpoint.rpartition(".")[0] not in POLICIES
    ]


def address(rule: Rule) -> str:
    values = {
        name: "1" if "Integer" in type(rule._converters[name]).__name__ else "x" for name in rule.arguments
    }
    built_url = rule.build(values)
    assert built_url is not None
    return built_url[1]


def test_every_route_has_a_policy(app: Flask) -> None:
    assert not without_policy(app), "open the blueprint with app.web.doors.door(…, access=…)"
    known = {ANYONE, CAPABILITY_LINK, SIGNED_IN, *Ability}
    assert set(POLICIES.values()) <= known


def test_a_route_without_policy_is_seen(tmp_path: object) -> None:
    app = built(tmp_path, "policy")  # type: ignore[arg-type]
    stray = Blueprint("stray", __name__)
    stray.add_url_rule("/stray", "page", lambda: "")
    app.register_blueprint(stray)
    assert without_policy(app) == ["stray.page"]


def test_a_closed_door_stays_closed_to_a_passer_by(app: Flask, client: FlaskClient) -> None:
    tried = 0
    for rule in app.url_map.iter_rules():
        policy = POLICIES.get(rule.endpoint.rpartition(".")[0], ANYONE)
        if policy in (ANYONE, CAPABILITY_LINK):
            continue
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            answer = client.open(address(rule), method=method)
            assert answer.status_code == 302 and "/connexion" in answer.location, (rule.endpoint, method)
            tried += 1
    assert tried > 15


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_wrong_link_opens_nothing(app: Flask, client: FlaskClient, method: str) -> None:
    for rule in app.url_map.iter_rules():
        if POLICIES.get(rule.endpoint.rpartition(".")[0]) == CAPABILITY_LINK and method.upper() in (
            rule.methods or ()
        ):
            assert getattr(client, method)(address(rule)).status_code == 404
