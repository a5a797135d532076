"""« Reprendre plus tard »: nothing typed is lost, and the link alone brings it back on another device."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.extensions import db
from app.inquiries.models import Resumption
from tests.web.company.baker import CONTACT, PLACE, begin, ready, send, step, text_of


def link_in(page: str) -> str:
    found = re.search(r'href="http://localhost(/demandes/nouvelle/reprendre/[\w-]+)"', page)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("name", "data", "kept"),
    [
        ("besoin", {"part": "needs", "needs": ["alt_apprenti"]}, 'value="alt_apprenti" checked'),
        ("etablissement", {"company": "Boulangerie Vidal"}, 'value="Boulangerie Vidal"'),
    ],
)
def test_what_was_typed_comes_back_on_another_device(
    seeded: Flask, name: str, data: dict[str, str], kept: str
) -> None:
    client = seeded.test_client()
    draft_id = begin(client)
    left = step(client, draft_id, name, {**data, "then": "plus-tard"})
    assert left.location.endswith("/plus-tard")
    other = seeded.test_client()
    back = other.get(link_in(client.get(left.location).text))
    assert back.status_code == 303 and back.location.endswith("/etablissement")
    assert kept in text_of(other.get(f"/demandes/nouvelle/{draft_id}/{name}"))


def test_the_contact_step_is_left_and_found_again(seeded: Flask) -> None:
    client = seeded.test_client()
    draft_id = begin(client)
    step(client, draft_id, "etablissement", PLACE)
    left = step(client, draft_id, "contact", {"contact_name": "Claire", "then": "plus-tard"})
    assert left.location.endswith("/plus-tard")
    page = text_of(client.get(f"/demandes/nouvelle/{draft_id}/contact"))
    assert 'value="Claire"' in page


def test_the_link_is_sent_and_the_reminder_is_a_choice(seeded: Flask) -> None:
    client = seeded.test_client()
    draft_id = begin(client)
    assert "checked" not in client.get(f"/demandes/nouvelle/{draft_id}/plus-tard").text
    sent = step(client, draft_id, "plus-tard", {"email": CONTACT["email"]})
    assert "Le lien part à votre adresse" in text_of(client.get(sent.location))
    step(client, draft_id, "plus-tard", {"email": CONTACT["email"], "remind": "y"})
    with seeded.app_context():
        assert [one.reminder_wanted for one in db.session.query(Resumption).order_by("id")] == [False, True]
    step(client, draft_id, "etablissement", PLACE)
    assert f'value="{CONTACT["email"]}"' in client.get(f"/demandes/nouvelle/{draft_id}/contact").text


@pytest.mark.parametrize(
    "email", ["", "claire", "a@b", "\x00", "x" * 6000, "a@b.fr\nBcc: c@d.fr", "😀@exemple"]
)
def test_a_wrong_address_is_said_and_nothing_is_sent(seeded: Flask, email: str) -> None:
    client = seeded.test_client()
    answer = step(client, begin(client), "plus-tard", {"email": email})
    assert answer.status_code == 422
    with seeded.app_context():
        assert db.session.query(Resumption).count() == 0


@pytest.mark.parametrize("token", ["x", "0" * 32 + "-" + "A" * 32, "%00", "é" * 40])
def test_a_forged_link_opens_nothing(seeded: Flask, token: str) -> None:
    answer = seeded.test_client().get(f"/demandes/nouvelle/reprendre/{token}")
    assert answer.status_code == 404 and "n’existe plus" in text_of(answer)


def test_once_filed_the_link_leads_to_the_acknowledgement(seeded: Flask) -> None:
    client = seeded.test_client()
    draft_id = ready(client)
    link = link_in(client.get(f"/demandes/nouvelle/{draft_id}/plus-tard").text)
    location = send(client, draft_id).location
    assert seeded.test_client().get(link).location == location
