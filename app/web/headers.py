"""Security headers: a strict content policy (nothing inline), from the first day."""

from __future__ import annotations

from flask import Flask, Response, request
from flask_talisman import Talisman

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": ["'self'", "data:"],
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "manifest-src": "'self'",
}


def install_headers(app: Flask) -> None:
    https = app.config["GUICHET"].base_url.startswith("https://")
    Talisman(
        app,
        force_https=False,
        strict_transport_security=https,
        session_cookie_secure=https,
        content_security_policy=POLICY,
        content_security_policy_nonce_in=[],
        referrer_policy="same-origin",
    )
    app.after_request(_never_cache_pages)


def _never_cache_pages(response: Response) -> Response:
    """A page may hold a person's case: only static files and those that say so are kept by a browser."""
    if request.endpoint != "static" and "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response
