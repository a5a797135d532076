"""Whatever the register does, asking it ends, soon, with an answer to rely on or with Unavailable."""

from __future__ import annotations

import gzip
import socket
import struct
import time
from threading import Thread

import pytest

from app.establishments.asked import Asked, Kind, asked
from app.establishments.calling import Patience, Register, Unavailable
from tests.capabilities.establishments.register import (
    OTHER_SIRET,
    SIREN,
    SIRET,
    Behaviour,
    Call,
    Served,
    answer,
    company,
    establishment,
)

HASTY = Patience(connect=0.5, read=0.4, budget=0.8, failures=3, pause=0.3)
CALM = Patience(pause=0.3)
BAKERY = Asked(Kind.SIRET, SIRET)
JSON_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def hang(call: Call) -> None:
    call.closing.wait(3)


def reset(call: Call) -> None:
    """The connection is broken off, not closed."""
    call.handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    call.handler.connection.close()


def flood(call: Call) -> None:
    call.handler.wfile.write(JSON_HEAD + b"\r\n")
    while not call.closing.is_set():
        call.handler.wfile.write(b'{"results": [' + b" " * 65536)


def bomb(call: Call) -> None:
    call.send(gzip.compress(b" " * 50_000_000), Content_Encoding="gzip")


def elsewhere(call: Call) -> None:
    call.send(b"{}", status=302, Location="http://127.0.0.1:1/")


FAILING: dict[str, Behaviour] = {
    "hangs": hang,
    "resets": reset,
    "floods": flood,
    "drips the headers": lambda call: call.drip(b"HTTP/1.1 200 OK\r\nX-Slow: "),
    "drips the body": lambda call: call.drip(JSON_HEAD + b"\r\n"),
    "bombs": bomb,
    "redirects": elsewhere,
    "fails": lambda call: call.send(b"{}", status=500),
    "forbids": lambda call: call.send(b"{}", status=403),
    "speaks HTML": lambda call: call.send(b"<html></html>", kind="text/html"),
    "speaks HTML as JSON": lambda call: call.send(b"<html></html>"),
    "is cut short": lambda call: call.send(b'{"results": []}'[:8]),
    "nests without end": lambda call: call.send(b"[" * 500_000),
    "writes an endless number": lambda call: call.send(b'{"results": ' + b"9" * 20_000 + b"}"),
    "is no text": lambda call: call.send(b"\xff\xfe\x00"),
    "is a list": lambda call: call.json([]),
    "is null": lambda call: call.json(None),
    "forgets the results": lambda call: call.json({"total_results": 1}),
    "types wrongly": lambda call: call.json(answer(company(siren=18))),
    "forgets the SIREN": lambda call: call.json(answer({"nom_complet": "SANS NUMERO"})),
    "brings a million": lambda call: call.send(b'{"results": [' + b"{}," * 300_000 + b"{}]}"),
    "names too many agreements": lambda call: call.json(
        answer(company(siege=establishment(liste_idcc=["0843"] * 90_000)))
    ),
    "brings too many": lambda call: call.json(answer(*[{"siren": SIREN}] * 2_000)),
}


@pytest.mark.parametrize("behaviour", FAILING.values(), ids=FAILING)
def test_a_bad_answer_is_no_answer(register: Served, behaviour: Behaviour) -> None:
    register.behaviour = behaviour
    started = time.monotonic()
    with pytest.raises(Unavailable):
        Register(register.url, HASTY).ask(BAKERY)
    assert time.monotonic() - started < 2.9, "beyond the budget, by the patience of a server that hangs"


def test_nobody_listens() -> None:
    with pytest.raises(Unavailable):
        Register("http://127.0.0.1:9", HASTY).ask(BAKERY)


@pytest.mark.parametrize("change", [{"siren": "552032534"}, {"siege": establishment(OTHER_SIRET)}])
def test_another_company_than_the_one_asked_is_left_out(register: Served, change: dict[str, object]) -> None:
    register.behaviour = lambda call: call.json(answer(company(**change)))
    assert Register(register.url, CALM).ask(BAKERY) == ()


def test_a_stumble_is_tried_again_once(register: Served) -> None:
    def once(call: Call) -> None:
        call.send(b"{}", status=503) if len(register.calls) == 1 else call.json(answer(company()))

    register.behaviour = once
    (found,) = Register(register.url, CALM).ask(BAKERY)
    assert found.siret == SIRET and len(register.calls) == 2


def test_a_register_that_asks_to_wait_is_left_alone(register: Served) -> None:
    register.behaviour = lambda call: call.send(b"{}", status=429, Retry_After="30")
    one = Register(register.url, HASTY)
    for _ in range(5):
        with pytest.raises(Unavailable):
            one.ask(BAKERY)
    assert len(register.calls) == 1


def test_an_ill_register_is_not_called_then_tried_again(register: Served) -> None:
    well = register.behaviour
    register.behaviour = lambda call: call.send(b"{}", status=403)
    one = Register(register.url, CALM)
    for _ in range(6):
        with pytest.raises(Unavailable):
            one.ask(BAKERY)
    assert len(register.calls) == 3, "three failures, then nobody is called"
    register.behaviour = well
    time.sleep(CALM.pause + 0.05)
    assert one.ask(BAKERY) and one.ask(BAKERY)


def test_several_owners_at_once_all_get_an_end(register: Served) -> None:
    register.behaviour = hang
    one, ends = Register(register.url, HASTY), []

    def owner() -> None:
        try:
            one.ask(BAKERY)
        except Unavailable:
            ends.append("unavailable")

    owners = [Thread(target=owner) for _ in range(6)]
    for thread in owners:
        thread.start()
    for thread in owners:
        thread.join(6)
    assert len(ends) == 6


def test_only_what_the_form_uses_is_asked(register: Served) -> None:
    question = asked("  Boulangerie   Fictive ")
    assert question is not None
    Register(register.url, CALM).ask(question)
    (sent,) = register.calls
    assert (sent["q"], sent["region"], sent["minimal"]) == ("Boulangerie Fictive", "76", "true")
    assert "dirigeants" not in sent["include"]
