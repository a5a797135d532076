"""One real SMTP conversation."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator

import pytest
import time_machine
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from flask import Flask

from app.extensions import db
from app.kernel.clock import utcnow
from app.mailbox import transport
from app.mailbox.actions import LEASE, send_waiting
from app.mailbox.kinds import LetterStatus
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


class Refusing(Kept):
    """Knows no company, as a server that says so for good."""

    async def handle_RCPT(self, _server, _session, envelope, address, options):  # type: ignore[no-untyped-def] # noqa: N802
        if address.startswith("contact@"):
            return "550 5.1.1 unknown"
        envelope.rcpt_tos.append(address)
        return "250 OK"


class LosingItsAnswer(Kept):
    """Receives the letter, then the line breaks before it says so: the first time only."""

    async def handle_DATA(self, server, session, envelope):  # type: ignore[no-untyped-def] # noqa: N802
        await super().handle_DATA(server, session, envelope)
        if len(self.messages) == 1:
            server.transport.abort()
            await asyncio.sleep(0.2)
        return "250 OK"


class Slow(Kept):
    """Answers after we have stopped listening."""

    async def handle_DATA(self, _server, _session, _envelope):  # type: ignore[no-untyped-def] # noqa: N802
        await asyncio.sleep(1.5)
        return "250 OK"


@pytest.fixture
def filed(context: Flask) -> None:
    a_maison()
    a_desk("opco", "opco-ep-occitanie")
    file_need(an_orientation(("opco", "opco-ep-occitanie")))


def through(context: Flask, monkeypatch: pytest.MonkeyPatch, handler: Kept, timeout: float = 5) -> Controller:
    """A real server with this temper, where letters go from now on."""
    controller = Controller(handler, hostname="127.0.0.1", port=_free_port())
    controller.start()
    settings = transport._mail_settings(f"smtp://127.0.0.1:{controller.port}") | {"MAIL_TIMEOUT": timeout}
    for name in ("backend", "server", "port", "timeout"):
        monkeypatch.setattr(context.extensions["mailman"], name, settings[f"MAIL_{name.upper()}"])
    return controller


def states() -> list[tuple[str, str]]:
    return sorted((one.recipient, one.status) for one in db.session.query(Letter))


def test_a_recipient_refused_by_a_real_server_dies_alone(
    context: Flask, filed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = through(context, monkeypatch, Refusing())
    try:
        send_waiting()
    finally:
        server.stop()
    assert states() == [("branch", LetterStatus.SENT), ("company", LetterStatus.DEAD)]


def test_an_answer_lost_on_the_line_sends_the_same_letter_again_under_the_same_name(
    context: Flask, filed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    handler = LosingItsAnswer()
    server = through(context, monkeypatch, handler)
    try:
        assert send_waiting(1).failed == 1
        with time_machine.travel(utcnow() + LEASE):
            assert send_waiting().sent == 2
    finally:
        server.stop()
    names = [str(message["Message-ID"]) for message in handler.messages]  # type: ignore[index]
    assert len(names) == 3 and len(set(names)) == 2


def test_a_slow_server_costs_the_worker_its_time_out_and_no_letter(
    context: Flask, filed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = through(context, monkeypatch, Slow(), timeout=0.2)
    try:
        assert send_waiting().failed == 2
    finally:
        server.stop()
    assert {status for _, status in states()} == {LetterStatus.WAITING}


@pytest.mark.parametrize("url", ["", "smpt://localhost", "localhost:25", "file:", "https://mail"])
def test_an_address_nobody_understands_is_refused_at_boot(url: str) -> None:
    with pytest.raises(UnsafeConfiguration):
        transport._mail_settings(url)


def test_an_smtp_address_carries_its_credentials() -> None:
    settings = transport._mail_settings("smtp+tls://guichet:s%40cret@mail.exemple.fr?from=desk%40exemple.fr")
    assert (settings["MAIL_PORT"], settings["MAIL_USE_TLS"]) == (587, True)
    assert (settings["MAIL_PASSWORD"], settings["MAIL_DEFAULT_SENDER"]) == ("s@cret", "desk@exemple.fr")
