"""One real SMTP conversation."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from flask import Flask

from app.extensions import db
from app.mailbox import transport
from app.mailbox.actions import send_waiting
from app.mailbox.models import Letter
from config import UnsafeConfiguration
from tests.cases import a_desk, a_maison, an_orientation, file_need


class Kept(Message):
    """Keeps what it receives."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[object] = []

    def handle_message(self, message: object) -> None:
        self.messages.append(message)


@pytest.fixture
def server() -> Iterator[tuple[Kept, int]]:
    handler = Kept()
    controller = Controller(handler, hostname="127.0.0.1", port=_free_port())
    controller.start()
    yield handler, controller.port
    controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_a_letter_reaches_a_real_server(
    context: Flask, server: tuple[Kept, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    handler, port = server
    settings = transport._mail_settings(f"smtp://127.0.0.1:{port}")
    for name in ("backend", "server", "port", "timeout"):
        monkeypatch.setattr(context.extensions["mailman"], name, settings[f"MAIL_{name.upper()}"])
    a_maison()
    a_desk("opco", "opco-ep-occitanie")
    file_need(an_orientation(("opco", "opco-ep-occitanie")))
    assert send_waiting().sent == 2
    received = {str(message["Message-ID"]) for message in handler.messages}  # type: ignore[index]
    assert received == {letter.message_id for letter in db.session.query(Letter)}


@pytest.mark.parametrize("url", ["", "smpt://localhost", "localhost:25", "file:", "https://mail"])
def test_an_address_nobody_understands_is_refused_at_boot(url: str) -> None:
    with pytest.raises(UnsafeConfiguration):
        transport._mail_settings(url)


def test_an_smtp_address_carries_its_credentials() -> None:
    settings = transport._mail_settings("smtp+tls://guichet:s%40cret@mail.exemple.fr?from=desk%40exemple.fr")
    assert (settings["MAIL_PORT"], settings["MAIL_USE_TLS"]) == (587, True)
    assert (settings["MAIL_PASSWORD"], settings["MAIL_DEFAULT_SENDER"]) == ("s@cret", "desk@exemple.fr")
