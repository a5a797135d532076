"""What a mail server says of a letter it could not deliver (RFC 3464); pure. Nothing of it is kept but a code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

LARGEST = 5_000_000
"""Bytes: a report quotes a letter, and our letters are short."""
CODE = re.compile(r"^\s*([245]\.\d{1,3}\.\d{1,3})\b")
IDENTIFIER = re.compile(r"<[^<>\s]{3,190}>")
FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Bounce:
    """A letter that did not arrive: which, and the code of the refusal (5.1.1: no such mailbox)."""

    message_id: str
    code: str | None


def read_bounces(raw: bytes) -> list[Bounce]:
    """The letters this report declares undelivered; none when it is no report, or only announces a delay."""
    report = message_from_bytes(raw)
    if report.get_content_type() != "multipart/report" or not report.is_multipart():
        return []
    codes = [_code(fields) for fields in _recipients(report) if _failed(fields)]
    found = _message_id(report)
    return [Bounce(found, codes[0])] if codes and found else []


def _recipients(report: Message) -> Iterator[Message]:
    """The groups of fields of each recipient: a delivery-status part is parsed as a list of headers."""
    for part in report.walk():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            yield from (one for one in part.get_payload() if isinstance(one, Message))


def _failed(fields: Message) -> bool:
    return str(fields.get("Action", "")).strip().lower() == FAILED


def _code(fields: Message) -> str | None:
    found = CODE.match(str(fields.get("Status", "")))
    return found[1] if found else None


def _message_id(report: Message) -> str | None:
    """The Message-ID of the letter returned, whole or by its headers alone."""
    for part in report.walk():
        told: object = None
        if part.get_content_type() == "message/rfc822" and part.is_multipart():
            inner = part.get_payload(0)
            told = inner.get("Message-ID") if isinstance(inner, Message) else None
        elif part.get_content_type() == "text/rfc822-headers":
            body = part.get_payload(decode=True)
            told = message_from_bytes(body).get("Message-ID") if isinstance(body, bytes) else None
        found = IDENTIFIER.search(str(told)) if told else None
        if found:
            return found[0]
    return None
