"""The steering board: tiles, tables, one drawing, a file. Each page: parse, ask, do, answer."""

from __future__ import annotations

from dataclasses import replace

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from app.accounts.abilities import Ability
from app.dossiers.late import late_count
from app.kernel.clock import today
from app.kernel.vocabulary import DEPARTEMENTS
from app.reporting.charts import Drawing
from app.reporting.exports import csv_text
from app.reporting.indicators import Figures
from app.reporting.queries import Slice, over_time
from app.reporting.queries import board as counted_in
from app.reporting.scope import Scope, perimeter
from app.rulebooks.queries import NoRulebook, in_force
from app.web.doors import current_viewer, door
from app.web.manager import unmet, words
from app.web.manager.filters import Asked, presets, read
from app.web.pictures import LOOKS, as_svg, asked_look

blueprint = door("manager", __name__, access=Ability.STEER, url_prefix="/pilotage")

OUT_OF_SCOPE, PROFILE = "hors_champ", "profil"


@blueprint.get("/")
def board() -> str | tuple[str, int]:
    themes, steered = _themes(), perimeter(current_viewer())
    asked = _asked(themes)
    shown = {
        "asked": asked,
        "themes": themes,
        "departements": DEPARTEMENTS,
        "places": [(code, f"{name} ({code})") for code, name in DEPARTEMENTS.items()],
        "presets": presets(today()),
        "steered": [post.branch_name for post in current_viewer().posts if post.branch_name],
        "regional": steered is None,
        "late": late_count(steered, today()),
        "words": words,
    }
    if asked.scope is None:
        return render_template("manager/board.html", **shown), 400
    return render_template("manager/board.html", **shown, **_content(asked, asked.scope))


@blueprint.get("/graphique.svg")
def drawing() -> Response | tuple[str, int]:
    asked = _asked(_themes())
    if asked.scope is None:
        return asked.problem.sentence if asked.problem else "", 400
    tone, narrow = asked_look()
    return as_svg(replace(_drawing(over_time(asked.scope), asked.scope), tone=tone, narrow=narrow))


@blueprint.get("/tableaux.csv")
def export() -> Response | tuple[str, int]:
    themes = _themes()
    asked = _asked(themes)
    if asked.scope is None:
        return asked.problem.sentence if asked.problem else "", 400
    scope = asked.scope
    answer = make_response(csv_text(words.export(scope, counted_in(scope), themes)))
    answer.mimetype = "text/csv"
    name = f"pilotage-{scope.start.isoformat()}-{scope.end.isoformat()}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _content(asked: Asked, scope: Scope) -> dict[str, object]:
    counted, cuts = counted_in(scope), over_time(scope)
    regional = scope.branches is None
    picture = _drawing(cuts, scope)
    return {
        "scope": scope,
        "counted": counted,
        "tiles": words.tiles(counted.total),
        "cuts": cuts,
        "picture": picture,
        "looks": [(media, asked.kept | look) for media, look in LOOKS],
        "nothing": counted.total == Figures() and counted.partner == Figures(),
        "running": scope.end >= today(),
        "unmet": unmet.unmet_in(scope, _profiles()) if regional else None,
        "unmet_words": unmet,
    }


def _drawing(cuts: tuple[Slice, ...], scope: Scope) -> Drawing:
    weekly = scope.weekly
    title = f"Besoins reçus et pris, par {'semaine' if weekly else 'mois'}"
    return Drawing(title, words.points(cuts, weekly=weekly))


def _asked(themes: dict[str, str]) -> Asked:
    return read(request.args, themes, perimeter(current_viewer()), today())


def _profiles() -> dict[str, str]:
    """Who may write to the desk without being an employer, in the words of the rules in force."""
    try:
        asked = in_force(today()).questions.get(PROFILE)
    except NoRulebook:
        return {}
    return dict(asked.choices) if asked else {}


def _themes() -> dict[str, str]:
    """The themes a company may ask about, by the label of the rules in force."""
    try:
        themes = in_force(today()).themes
    except NoRulebook:
        return {}
    return {key: theme.label for key, theme in themes.items() if key != OUT_OF_SCOPE}
