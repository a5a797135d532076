"""Behind a proxy, who asks is written in a header: believed only as far as the settings say."""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix


def install_proxies(app: Flask) -> None:
    """Without it, every visitor has the address of the proxy and shares the same limits."""
    count = app.config["GUICHET"].trusted_proxies
    if count:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]
