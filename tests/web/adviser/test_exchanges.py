"""Three threads, three addresses: what is written never reaches another audience; nothing typed is lost."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.directory.models import Branch
from app.exchanges.audiences import Audience
from app.exchanges.models import Attachment, Message
from app.extensions import db
from tests.cases import a_viewer, dossier_of, signed_in

ADDRESSES = {
    "entreprise": ("message-a-l-entreprise", Audience.COMPANY, "Envoyer à l’entreprise"),
    "acteurs": ("note-aux-acteurs", Audience.ACTORS, "Partager avec les acteurs"),
    "equipe": ("note-de-l-equipe", Audience.TEAM, "Garder pour mon équipe"),
}


def rows(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        return [(one.audience, one.text) for one in db.session.query(Message).order_by(Message.id)]


@pytest.mark.parametrize("tab", ADDRESSES)
def test_a_tab_has_one_form_and_its_button_says_who_reads(
    app: Flask, adviser: FlaskClient, taken: int, tab: str
) -> None:
    path, audience, button = ADDRESSES[tab]
    page = adviser.get(f"/dossiers/{taken}/?fil={tab}").text
    assert button in page and f'action="/dossiers/{taken}/{path}"' in page
    assert not any(other[0] in page for name, other in ADDRESSES.items() if name != tab)
    answer = adviser.post(f"/dossiers/{taken}/{path}", data={f"{tab}-text": "Bonjour"})
    assert answer.status_code == 303 and f"fil={tab}" in answer.location
    assert rows(app) == [(audience, "Bonjour")]
    assert "Bonjour" in adviser.get(answer.location).text


@pytest.mark.parametrize("tab", ADDRESSES)
def test_the_form_of_a_tab_sent_to_another_writes_nothing(
    app: Flask, adviser: FlaskClient, taken: int, tab: str
) -> None:
    for other, (path, _, _) in ADDRESSES.items():
        if other != tab:
            sent = {f"{tab}-text": "Entre nous", "audience": "company"}
            assert adviser.post(f"/dossiers/{taken}/{path}", data=sent).status_code == 422
    assert rows(app) == []


def test_what_was_typed_stays_when_it_cannot_be_sent(app: Flask, adviser: FlaskClient, taken: int) -> None:
    path = ADDRESSES["equipe"][0]
    sent = {"equipe-text": "À garder <b>", "equipe-files": (BytesIO(b"MZ"), "virus.exe")}
    answer = adviser.post(f"/dossiers/{taken}/{path}", data=sent)
    assert answer.status_code == 422 and "À garder &lt;b&gt;" in answer.text
    assert "Ce type de fichier n’est pas accepté" in answer.text.replace("\u00a0", " ")
    assert rows(app) == []


def test_a_file_is_saved_never_opened(app: Flask, adviser: FlaskClient, taken: int) -> None:
    sent = {"entreprise-text": "", "entreprise-files": (BytesIO("été".encode()), "l’été 1.txt")}
    assert adviser.post(f"/dossiers/{taken}/message-a-l-entreprise", data=sent).status_code == 303
    assert "non analysé" in adviser.get(f"/dossiers/{taken}/").text
    with app.app_context():
        number = db.session.query(Attachment).one().id
    given = adviser.get(f"/dossiers/{taken}/pieces/{number}")
    assert given.data == "été".encode() and given.content_type.startswith("text/plain")
    assert given.headers["Content-Disposition"].startswith("attachment;")
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in given.headers["Content-Security-Policy"]
    assert given.headers["Cache-Control"] == "no-store"
    assert "sandbox" not in adviser.get(f"/dossiers/{taken}/").headers["Content-Security-Policy"]


def test_a_file_is_not_reached_from_elsewhere(
    app: Flask, adviser: FlaskClient, stranger: FlaskClient, client: FlaskClient, taken: int
) -> None:
    sent = {"equipe-files": (BytesIO(b"pour nous"), "note.txt")}
    assert adviser.post(f"/dossiers/{taken}/note-de-l-equipe", data=sent).status_code == 303
    with app.app_context():
        number = db.session.query(Attachment).one().id
        support = dossier_of(db.session.query(Message).one().need_id, _cma())
        support_id, other = support.id, a_viewer("Paul Roque", support.branch_id, "cma-34")
    assert stranger.get(f"/dossiers/{taken}/pieces/{number}").status_code == 404
    assert client.get(f"/dossiers/{taken}/pieces/{number}").status_code == 302
    there = signed_in(app, other)
    assert there.get(f"/dossiers/{support_id}/pieces/{number}").status_code == 404
    assert there.get(f"/dossiers/{support_id}/pieces/2147483647").status_code == 404
    assert "pour nous" not in there.get(f"/dossiers/{support_id}/?fil=equipe").text


def _cma() -> int:
    return db.session.query(Branch).filter_by(slug="cma-34").one().id


@pytest.mark.parametrize("path", [one[0] for one in ADDRESSES.values()])
def test_a_stranger_and_a_passer_by_write_nothing(
    app: Flask, stranger: FlaskClient, client: FlaskClient, taken: int, path: str
) -> None:
    for tab in ADDRESSES:
        assert stranger.post(f"/dossiers/{taken}/{path}", data={f"{tab}-text": "x"}).status_code == 404
        assert client.post(f"/dossiers/{taken}/{path}", data={f"{tab}-text": "x"}).status_code == 302
    assert rows(app) == []


ODD = ["", " ", "\x00", "\x00\x01", "é" * 5000, "💥", "\ud800".encode("utf-8", "surrogatepass")]


@pytest.mark.parametrize("text", ODD)
def test_whatever_is_typed_is_a_page(app: Flask, adviser: FlaskClient, taken: int, text: object) -> None:
    sent = {"equipe-text": text, "equipe-form_id": "x" * 4000}
    assert adviser.post(f"/dossiers/{taken}/note-de-l-equipe", data=sent).status_code in (303, 422)
    url = f"/dossiers/{taken}/?fil=%00&avant=99999999999999999999&texte={'x' * 50}"
    assert adviser.get(url).status_code == 200


def test_too_much_at_once_is_refused(app: Flask, adviser: FlaskClient, taken: int) -> None:
    many = [(BytesIO(b"x"), f"{n}.txt") for n in range(6)]
    answer = adviser.post(f"/dossiers/{taken}/note-de-l-equipe", data={"equipe-files": many})
    assert answer.status_code == 422 and "5 fichiers au plus" in answer.text
    large = (BytesIO(b"x" * (10 * 1024 * 1024 + 1)), "long.txt")
    answer = adviser.post(
        f"/dossiers/{taken}/note-de-l-equipe", data={"equipe-text": "gardé", "equipe-files": large}
    )
    assert answer.status_code == 422 and "dépasse 10" in answer.text and "gardé" in answer.text
    assert adviser.post(f"/dossiers/{taken}/prendre", data={"a": "x" * 3_000_000}).status_code == 413
