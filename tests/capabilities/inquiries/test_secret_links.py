"""The secret link opens one inquiry, cannot be forged, and can be revoked."""

from __future__ import annotations

import pytest
from flask import Flask

from app.extensions import transaction
from app.inquiries.actions import revoke_link
from app.inquiries.links import id_in, is_genuine, token_for
from app.inquiries.models import Inquiry
from app.inquiries.queries import inquiry_of


def _filed() -> int:
    with transaction() as session:
        inquiry = Inquiry(
            reference="GO-26-TESTED", company="Boulangerie", place="Lodève", commune="34142", departement="34"
        )
        session.add(inquiry)
        session.flush()
        return inquiry.id


def test_a_link_opens_its_inquiry(context: Flask) -> None:
    number = _filed()
    found = inquiry_of(token_for(number, 1))
    assert found is not None
    assert found.id == number


def test_raising_the_version_revokes_the_former_link(context: Flask) -> None:
    number = _filed()
    former = token_for(number, 1)
    version = revoke_link(number)
    assert inquiry_of(former) is None
    assert inquiry_of(token_for(number, version)) is not None


def test_one_changed_character_opens_nothing(context: Flask) -> None:
    number = _filed()
    token = token_for(number, 1)
    for place in range(len(token)):
        other = "B" if token[place] != "B" else "C"
        assert inquiry_of(token[:place] + other + token[place + 1 :]) is None


def test_the_link_key_makes_the_link(context: Flask) -> None:
    """Another key gives another link: nothing in the token can be worked out without it."""
    before = token_for(7, 1)
    config = context.config["GUICHET"]
    from dataclasses import replace

    context.config["GUICHET"] = replace(config, link_key="another key of the tests, long enough")
    try:
        assert token_for(7, 1) != before
        assert not is_genuine(before, 7, 1)
    finally:
        context.config["GUICHET"] = config


@pytest.mark.parametrize(
    "token",
    ["", "-", "é-" + "a" * 32, "1-é", "1-" + "a" * 33, "0-" + "a" * 32, "z" * 13 + "-" + "a" * 32, "1\x00"],
)
def test_garbage_is_no_link(context: Flask, token: str) -> None:
    assert id_in(token) is None or inquiry_of(token) is None
    assert not is_genuine(token, 1, 1)
