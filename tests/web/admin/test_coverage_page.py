"""The administrator reads the same proof as the command."""

from __future__ import annotations

from html import unescape

from flask import Flask

from app.directory.queries import snapshot
from app.kernel.clock import today
from app.routing.coverage import cover
from app.routing.reach import unreached
from app.rulebooks.queries import in_force
from app.web.filters import nombre
from tests.cases import an_administrator, signed_in


def test_the_page_says_what_the_command_says(seeded: Flask) -> None:
    with seeded.app_context():
        book = in_force(today())
        proof = cover(snapshot(), book, today())
        admin = signed_in(seeded, an_administrator())
    page = unescape(admin.get("/administration/couverture/").text)
    assert nombre(proof.combinations) in page and nombre(proof.led) in page
    assert proof.without_lead == 0
    assert "Je veux prendre un apprenti" in page
    never = list(unreached(book))
    assert f"Jamais atteint\u00a0: {len(never)} dispositifs" in page
    assert all(book.schemes[one.key].label in page for one in never if one.kind == "scheme")


def test_without_rules_it_says_what_to_do(app: Flask) -> None:
    with app.app_context():
        admin = signed_in(app, an_administrator())
    answer = admin.get("/administration/couverture/")
    assert answer.status_code == 503 and "make setup" in answer.text
