"""What a page reads is a form: the form libraries would read JSON instead, whatever its shape, and fail on a list."""

from __future__ import annotations

from flask import Flask, abort, request

from app.web.errors import API

READS = frozenset({"GET", "HEAD", "OPTIONS"})
READS_ANYWAY = "security"
"""The framework's sign-in pages look at a body even when they are only asked for."""


def install_bodies(app: Flask) -> None:
    app.before_request(_forms_only)


def _forms_only() -> None:
    if not request.is_json or request.path.startswith(API):
        return
    if request.method not in READS or request.blueprint == READS_ANYWAY:
        abort(415)
