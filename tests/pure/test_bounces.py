"""Reports of non-delivery: the letter and its code, or nothing at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.mailbox.bounces import Bounce, read_bounces

REPORT = """From: MAILER-DAEMON@mx.exemple.fr
To: guichet@localhost
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="limite"

--limite
Content-Type: text/plain; charset=utf-8

Je suis un serveur. contact@secret.exemple.fr n'existe pas.

--limite
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.exemple.fr

Final-Recipient: rfc822; contact@secret.exemple.fr
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 unknown

--limite
{returned}

--limite--
"""
WHOLE = "Content-Type: message/rfc822\n\nMessage-ID: <abc123@localhost>\nSubject: x\n\ncorps\n"
HEADERS = "Content-Type: text/rfc822-headers\n\nMessage-ID: <abc123@localhost>\nSubject: x\n"


def report(action: str = "failed", status: str = "5.1.1", returned: str = WHOLE) -> bytes:
    return REPORT.format(action=action, status=status, returned=returned).encode()


@pytest.mark.parametrize("returned", [WHOLE, HEADERS], ids=["whole", "headers"])
def test_a_report_names_the_letter_and_the_code(returned: str) -> None:
    assert read_bounces(report(returned=returned)) == [Bounce("<abc123@localhost>", "5.1.1")]


@pytest.mark.parametrize(
    "raw",
    [
        report(action="delayed"),
        report(returned="Content-Type: text/plain\n\nMessage-ID: <abc123@localhost>\n"),
        b"",
        b"Message-ID: <abc123@localhost>\n\nbonjour",
        b"Content-Type: multipart/report\n\nMessage-ID: <abc123@localhost>\n",
    ],
)
def test_anything_else_says_nothing(raw: bytes) -> None:
    assert read_bounces(raw) == []


def test_a_code_that_cannot_be_read_is_not_kept() -> None:
    assert read_bounces(report(status="contact@secret.exemple.fr")) == [Bounce("<abc123@localhost>", None)]


@given(st.binary(max_size=400), st.integers(0, 700))
def test_whatever_is_dropped_in_the_middle_never_breaks(garbage: bytes, at: int) -> None:
    raw = report()
    assert len(read_bounces(raw[:at] + garbage + raw[at:])) <= 1
