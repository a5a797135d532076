"""The baker of Lodève, as the story tells it, and the way through the three steps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

NEED: Mapping[str, Any] = {"part": "needs", "needs": ["alt_apprenti"]}
PLACE: Mapping[str, Any] = {
    "company": "Boulangerie Vidal",
    "commune": "Lodève",
    "workforce": "4",
    "agreement": "843",
}
CONTACT: Mapping[str, Any] = {
    "contact_name": "Claire Vidal",
    "phone": "06 39 98 12 04",
    "email": "claire@boulangerie-vidal.exemple.fr",
    "consent": "y",
}


def begin(client: FlaskClient, data: Mapping[str, Any] = NEED) -> str:
    """Post the first step; the id of the draft."""
    return draft_in(client.post("/demandes/nouvelle", data=data))


def draft_in(response: TestResponse) -> str:
    found = re.match(r"/demandes/nouvelle/([\w-]{24})/", response.location or "")
    assert found, (response.status_code, response.location)
    return found[1]


def step(client: FlaskClient, draft_id: str, name: str, data: Mapping[str, Any]) -> TestResponse:
    return client.post(f"/demandes/nouvelle/{draft_id}/{name}", data=data)


def ready(
    client: FlaskClient,
    need: Mapping[str, Any] = NEED,
    place: Mapping[str, Any] = PLACE,
    contact: Mapping[str, Any] = CONTACT,
) -> str:
    """A draft that only waits to be sent."""
    draft_id = begin(client, need)
    assert step(client, draft_id, "etablissement", place).location.endswith("/contact")
    assert step(client, draft_id, "contact", contact).location.endswith("/relire")
    return draft_id


def send(client: FlaskClient, draft_id: str) -> TestResponse:
    return step(client, draft_id, "relire", {})


def text_of(response: TestResponse) -> str:
    return response.get_data(as_text=True).replace("\u00a0", " ")
