"""Expressed needs as files: what one page shows, and the whole publication as open data with its dictionary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from app.gpec import queries as gpec
from app.kernel.clock import today
from app.kernel.quarters import Quarter
from app.kernel.vocabulary import ZoneKind
from app.reporting.exports import Cell
from app.reporting.expressed import quarter_of, themes_on
from app.reporting.feedback import Line
from app.reporting.published import Told, all_cells
from app.territory.queries import zone, zone_title
from app.web.public.expressed_page import Page
from app.web.public.place_files import MASKED
from app.web.public.territory_card import OCCITANIE

LICENCE = "Licence Ouverte 2.0 (à confirmer par la Région)"
FIELDS = (
    ("trimestre", "string", "Trimestre de dépôt des demandes, « 2026-T4 »."),
    ("genre_lieu", "string", "region, departement ou bassin_bmo (bassin de l’enquête BMO)."),
    ("code_lieu", "string", "Code INSEE de la région ou du département, code du bassin de l’enquête."),
    ("lieu", "string", "Nom du lieu."),
    ("theme", "string", "Clé du thème ; vide : tous les thèmes ensemble."),
    ("libelle_theme", "string", "Nom du thème."),
    (
        "metier",
        "string",
        "Domaine (une lettre) ou famille FAP-228 de la FAP-2021 ; vide : tous, métier non dit compris.",
    ),
    ("libelle_metier", "string", "Nom du domaine ou de la famille."),
    (
        "effectif",
        "string",
        "Tranche d’effectif de l’entreprise ; vide : toutes, effectif non dit compris. Croisée avec un domaine, jamais "
        "avec une famille.",
    ),
    (
        "besoins",
        "integer",
        "Nombre de besoins. Une combinaison absente est nulle ou secrète : rien ne les distingue.",
    ),
    ("fictif", "boolean", "oui : la publication contient des demandes de démonstration, inventées."),
)
COMPARED = (
    *("trimestre", "lieu", "theme", "effectif", "niveau", "code", "libellé", "besoins publiés"),
    *("part des besoins comparés (%)", "projets BMO", "lignes BMO secrètes", "part des projets comparés (%)"),
    *("verdict", "établissements employeurs (Sirene)", "source", "édition", "fictif"),
)


def page_rows(page: Page) -> Iterator[Sequence[Cell]]:
    """Domains, families, then sizes of the page's place and theme; domains alone once a size is chosen."""
    yield COMPARED
    starts = (page.told.quarter, page.place.label, page.theme.label, page.size.value or "tous")
    ends = (*_edition(page), _demo(page.told))
    yield (*starts, "ensemble", "", "Tous métiers", _known(page.feedback.needs), *[None] * 6, *ends)
    for theme in page.by_theme:
        yield (*starts, "thème", theme.key, theme.label, _known(theme.needs), *[None] * 6, *ends)
    if page.by_theme:
        return
    for level, lines in (("domaine", page.feedback.domains), ("famille", page.feedback.families)):
        for line in lines:
            yield (*starts, level, line.code, line.label, *_measures(line), None, *ends)
    for one in page.feedback.sizes if page.feedback.size is None else ():
        yield (
            *starts,
            *("effectif", one.size, one.size.label, _known(one.needs), *[None] * 5, one.employers),
            *_register(page),
            _demo(page.told),
        )


def _edition(page: Page) -> tuple[str, int | None]:
    source = page.feedback.source
    return f"{source.publisher}, {source.title}" if source else "", page.feedback.year


def _register(page: Page) -> tuple[str, int | None]:
    known = page.feedback.employers
    return (f"{known.source.publisher}, {known.source.title}", known.year) if known else ("", None)


def quarter_rows(told: Told) -> Iterator[Sequence[Cell]]:
    """One row a published count."""
    yield tuple(name for name, _, _ in FIELDS)
    cells = all_cells(told)
    themes = themes_on(today())
    codes = {one.job for one in cells if one.job}
    jobs = gpec.family_names(sorted(codes)) | {
        code: name for code, name in gpec.domain_names().items() if code in codes
    }
    places: dict[tuple[str, str], str] = {}
    for one in cells:
        where = one.place_kind, one.place_code
        name = places.setdefault(where, place_name(*where))
        theme, job = themes.get(one.theme, one.theme), jobs.get(one.job, one.job)
        yield (told.quarter, *where, name, one.theme, theme, one.job, job, one.size, one.needs, _demo(told))


def descriptor(told: Told, url: str) -> dict[str, Any]:
    """The dictionary of the file, after the Data Package and Table Schema specifications (Frictionless)."""
    quarter: Quarter = quarter_of(told)
    return {
        "name": f"besoins-exprimes-{told.quarter.lower()}",
        "title": "Besoins en ressources humaines et compétences exprimés au guichet",
        "description": (
            f"Demandes déposées du {quarter.first:%d/%m/%Y} au {quarter.last:%d/%m/%Y}, publiées une fois pour toutes, "
            "sous secret statistique (seuil, dominance, suppression complémentaire)."
            + (" Publication fictive : elle contient des demandes de démonstration." if told.is_demo else "")
        ),
        "created": told.published_at.isoformat(),
        "licenses": [{"name": "etalab-2.0", "title": LICENCE}],
        "secrecy": told.settings,
        "resources": [
            {
                "name": "besoins",
                "path": url,
                "format": "csv",
                "encoding": "utf-8",
                "dialect": {"delimiter": ";", "lineTerminator": "\r\n"},
                "schema": {
                    "fields": [
                        {"name": name, "type": kind, "description": words} | _boolean(kind)
                        for name, kind, words in FIELDS
                    ],
                    "primaryKey": ["trimestre", "genre_lieu", "code_lieu", "theme", "metier", "effectif"],
                },
            }
        ],
    }


def place_name(kind: str, code: str) -> str:
    if kind == ZoneKind.REGION:
        return OCCITANIE
    found = zone(kind, code)
    return zone_title(found) if found else code


def _measures(one: Line) -> tuple[Cell, ...]:
    projects = _known(one.figures.projects) if one.figures.rows else None
    return (
        _known(one.needs),
        None if one.share is None else round(one.share, 1),
        projects,
        one.figures.secret_rows,
        None if one.surveyed_share is None else round(one.surveyed_share, 1),
        one.told,
    )


def _known(value: int | None) -> Cell:
    return MASKED if value is None else value


def _demo(told: Told) -> str:
    return "oui" if told.is_demo else "non"


def _boolean(kind: str) -> dict[str, list[str]]:
    return {"trueValues": ["oui"], "falseValues": ["non"]} if kind == "boolean" else {}
