"""Letters as files that open in a browser: the default way out, and the only one of a demonstration."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flask_mailman import EmailMultiAlternatives
from flask_mailman.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    """Each letter as .eml and .html; named after its Message-ID, so that a second sending replaces the first."""

    def __init__(self, *args: Any, mailman: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.folder = Path(mailman.file_path)

    def send_messages(self, email_messages: Sequence[EmailMultiAlternatives]) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            stem = self.folder / _file_stem(message)
            stem.with_suffix(".eml").write_bytes(message.message().as_bytes())
            for body, kind in message.alternatives:
                if kind == "text/html":
                    stem.with_suffix(".html").write_text(str(body), encoding="utf-8")
        return len(email_messages)


def _file_stem(message: EmailMultiAlternatives) -> str:
    local = message.extra_headers["Message-ID"].strip("<>").partition("@")[0]
    return f"{message.extra_headers['X-Guichet-Letter']}-{local[:12]}"
