"""Pictures drawn by the server: which one goes where, and how a browser keeps it."""

from __future__ import annotations

from typing import Protocol

from flask import make_response, request
from werkzeug.wrappers import Response

from app.reporting.charts import LIGHT, TONES

DARK = "(prefers-color-scheme: dark)"
PHONE = "(max-width: 575.98px)"
LOOKS = (
    (f"{DARK} and {PHONE}", {"teinte": "sombre", "etroit": "1"}),
    (DARK, {"teinte": "sombre"}),
    (PHONE, {"etroit": "1"}),
)
"""The light and wide one everywhere else."""
KEPT_BY_THE_BROWSER = "private, no-cache"
"""Asked again each time, sent again when it changed: on a shared machine it closes with the session."""


class Picture(Protocol):
    @property
    def key(self) -> str: ...

    def svg(self) -> str: ...


def asked_look() -> tuple[str, bool]:
    """(tone, narrow) of the picture asked for."""
    tone = request.args.get("teinte", LIGHT)
    return tone if tone in TONES else LIGHT, "etroit" in request.args


def as_svg(picture: Picture) -> Response:
    answer = make_response(picture.svg())
    answer.mimetype = "image/svg+xml"
    answer.headers["Cache-Control"] = KEPT_BY_THE_BROWSER
    answer.set_etag(picture.key)
    return answer.make_conditional(request)
