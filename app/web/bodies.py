"""What a page reads is a form of a modest size.

The form libraries would read JSON instead, whatever its shape, and fail on a list.
"""

from __future__ import annotations

from flask import Flask, abort, request

from app.web.errors import API
from app.web.writing import largest_body

READS = frozenset({"GET", "HEAD", "OPTIONS"})
READS_ANYWAY = "security"
"""The framework's sign-in pages look at a body even when they are only asked for."""
LARGEST = {"admin.import_file": 32 * 1024 * 1024}
"""Where an official file is awaited; elsewhere, `MAX_CONTENT_LENGTH` is the rule."""
JOINED = {"adviser.write_company", "adviser.write_actors", "adviser.write_team", "following.write"}
"""Where files are joined to a message: as many and as large as the settings say."""


def install_bodies(app: Flask) -> None:
    # Before the guard against forged forms, which reads the body.
    app.url_value_preprocessor(_bound)
    app.before_request(_forms_only)


def _forms_only() -> None:
    if not request.is_json or request.path.startswith(API):
        return
    if request.method not in READS or request.blueprint == READS_ANYWAY:
        abort(415)


def _bound(endpoint: str | None, _values: object) -> None:
    if endpoint in LARGEST:
        request.max_content_length = LARGEST[endpoint]
    if endpoint in JOINED:
        request.max_content_length = largest_body()
