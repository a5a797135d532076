"""The first page, and what anyone may know of the desk. Each page: parse, ask, do, answer."""

from __future__ import annotations

import re

from flask import make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.accounts.sessions import LIFETIME
from app.directory import queries as directory
from app.dossiers.deadlines import BOOK
from app.inquiries.actions import DRAFT_LIFE
from app.kernel.clock import today
from app.reporting.secrecy import rules
from app.routing.rulebook import Rulebook
from app.rulebooks.queries import NoRulebook, in_force, published_at
from app.territory import queries as territory
from app.web.doors import ANYONE, door
from app.web.public.algorithm import Description

blueprint = door("public", __name__, access=ANYONE)

OUT_OF_SCOPE = "hors_champ"
ICONS = {
    "recruter": "loupe",
    "alternance": "diplome",
    "inclusion": "equipe",
    "former": "livre",
    "garder": "bouclier",
    "anticiper": "panneau",
    "difficulte": "parapluie",
    "droit": "document",
}
PRIVATE = ("/demandes/", "/dossiers/", "/maison/", "/pilotage/", "/administration/", "/espace", "/connexion")
"""What a search engine has no business reading; a secret link is no secret once listed."""


@blueprint.get("/")
def home() -> str | tuple[str, int]:
    """The owner's own words, or a theme; 503 while nothing could be done with them."""
    book = _book()
    missing = _missing(book)
    page = render_template(
        "public/home.html",
        missing=missing,
        themes=_themes(book) if book else [],
        soonest=min(step.first_contact for step in BOOK.steps.values()),
        latest=max(step.first_contact for step in BOOK.steps.values()),
    )
    return (page, 503) if missing else page


@blueprint.get("/donnees")
def data() -> str:
    return render_template(
        "public/data.html",
        draft_days=DRAFT_LIFE.days,
        session_hours=int(LIFETIME.total_seconds() // 3600),
        threshold=rules().companies,
    )


@blueprint.get("/comment-ca-marche")
def algorithm() -> str:
    book = _book()
    described = Description(book, published_at(book.hash)) if book else None
    return render_template("public/algorithm.html", described=described, steps=BOOK.steps)


@blueprint.get("/accessibilite")
def accessibility() -> str:
    return render_template("public/accessibility.html")


@blueprint.get("/mentions")
def legal() -> str:
    return render_template(
        "public/legal.html", datasets=[*territory.latest_datasets(), *directory.datasets()]
    )


@blueprint.get("/robots.txt")
def robots() -> Response:
    answer = make_response("\n".join(["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE), ""]))
    answer.mimetype = "text/plain"
    return answer


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    return redirect(url_for("static", filename="favicon.svg"))


def _book() -> Rulebook | None:
    try:
        return in_force(today())
    except NoRulebook:
        return None


def _themes(book: Rulebook) -> list[dict[str, str]]:
    """The list of a label is left to its hint: « Recruter autrement »."""
    return [
        {
            "key": one.key,
            "label": re.split(r"\s:", one.label)[0],
            "hint": one.hint,
            "icon": ICONS.get(one.key, "question"),
        }
        for one in book.themes.values()
        if one.key != OUT_OF_SCOPE
    ]


def _missing(book: Rulebook | None) -> list[str]:
    """The reference data without which no request can be read."""
    known = {"les règles d’aiguillage": book, "les communes d’Occitanie": territory.gazetteer().communes}
    return [words for words, there in known.items() if not there]
