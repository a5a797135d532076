"""Where doors are born with their guard: a blueprint cannot exist without saying who may enter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, g, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.abilities import Ability, Viewer
from app.accounts.queries import viewer_of
from app.kernel.clock import today

ANYONE = "anyone"
CAPABILITY_LINK = "capability link"
SIGNED_IN = "signed in"
Access = str | Ability

POLICIES: dict[str, Access] = {}
"""Blueprint name → who may enter. Read by the tests: a route whose blueprint is absent has no policy."""


def door(name: str, import_name: str, *, access: Access, url_prefix: str | None = None) -> Blueprint:
    """A blueprint whose every route is guarded by `access`."""
    blueprint = Blueprint(name, import_name, url_prefix=url_prefix)
    POLICIES[name] = access
    if access not in (ANYONE, CAPABILITY_LINK):
        blueprint.before_request(_guard(access))
    return blueprint


def _guard(access: Access) -> Callable[[], Any]:
    def enter() -> Response | None:
        if not current_user.is_authenticated:
            wanted = request.full_path.rstrip("?") if request.method == "GET" else None
            return redirect(url_for("security.login", next=wanted))
        if isinstance(access, Ability) and not current_viewer().can(access):
            abort(403)
        return None

    return enter


def current_viewer() -> Viewer:
    """Who asks, with the posts held today; read once per request."""
    if "viewer" not in g:
        g.viewer = viewer_of(current_user, today())
    viewer: Viewer = g.viewer
    return viewer
