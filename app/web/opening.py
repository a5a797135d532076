"""The doors of the house, and what every page shares, in the order a request meets them."""

from __future__ import annotations

from flask import Flask

from app.web.admin.pages import blueprint as admin
from app.web.adviser.pages import blueprint as adviser
from app.web.api.health import blueprint as health
from app.web.assets import install_assets
from app.web.bodies import install_bodies
from app.web.company.counter import blueprint as counter
from app.web.company.followup import blueprint as following
from app.web.company.lost_link import blueprint as lost_link
from app.web.company.pages import blueprint as company
from app.web.errors import install_errors
from app.web.filters import install_filters
from app.web.governance.pages import blueprint as governance
from app.web.headers import install_headers
from app.web.local.collective import blueprint as collective
from app.web.local.pages import blueprint as local
from app.web.local.planning import blueprint as planning
from app.web.manager.steering import blueprint as manager
from app.web.navigation import install_navigation
from app.web.proxies import install_proxies
from app.web.public.expressed import blueprint as expressed
from app.web.public.jobs import blueprint as jobs
from app.web.public.lookup import blueprint as lookup
from app.web.public.pages import blueprint as public
from app.web.public.selfcheck import blueprint as selfcheck
from app.web.public.territories import blueprint as territories
from app.web.signin.pages import blueprint as signin
from app.web.tracing import install_tracing

SHARED = (
    install_tracing,
    install_bodies,
    install_headers,
    install_errors,
    install_assets,
    install_filters,
    install_navigation,
    install_proxies,
)
DOORS = (
    public,
    lookup,
    territories,
    jobs,
    expressed,
    selfcheck,
    company,
    counter,
    lost_link,
    following,
    signin,
    adviser,
    local,
    collective,
    planning,
    manager,
    governance,
    admin,
    health,
)


def open_doors(app: Flask) -> None:
    for install in SHARED:
        install(app)
    for door in DOORS:
        app.register_blueprint(door)
