"""Needs expressed in a territory, as the last publication tells them: never counted when they are read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.gpec import queries as gpec
from app.kernel.quarters import Quarter, named
from app.kernel.vocabulary import ZoneKind
from app.reporting.cells import REGION, Place
from app.reporting.published import Told, cells_of, cells_of_job, publication
from app.rulebooks.queries import NoRulebook, in_force

TOLD_AT = (ZoneKind.REGION, ZoneKind.DEPARTEMENT, ZoneKind.BASSIN_BMO)


@dataclass(frozen=True, slots=True)
class ThemeCount:
    """A theme and its needs; None is secret or none at all: the two are not told apart."""

    key: str
    label: str
    needs: int | None


@dataclass(frozen=True, slots=True)
class Expressed:
    """Of the last quarter published; `needs` is that of all themes together."""

    quarter: Quarter
    companies: int
    dominant_percent: int
    is_demo: bool
    needs: int | None
    themes: tuple[ThemeCount, ...]


@dataclass(frozen=True, slots=True)
class FamilyCount:
    """What the region's publication tells of a family of jobs, theme by theme; none told is an empty list."""

    code: str
    name: str
    themes: tuple[ThemeCount, ...]


@dataclass(frozen=True, slots=True)
class JobNeeds:
    quarter: Quarter
    companies: int
    is_demo: bool
    families: tuple[FamilyCount, ...]


def expressed_in(place: Place, on: date) -> Expressed | None:
    """What the last publication tells of a place; None before there is one."""
    told = publication()
    return expressed_of(told, place, on) if told else None


def expressed_of(told: Told, place: Place, on: date) -> Expressed:
    """Every theme of the edition in force that day, whatever was asked."""
    cells = {one.theme: one.needs for one in cells_of(told, place) if not one.job and not one.size}
    themes = tuple(ThemeCount(key, label, cells.get(key)) for key, label in themes_on(on).items())
    companies, percent = told.settings["companies"], told.settings["dominant_percent"]
    return Expressed(quarter_of(told), companies, percent, told.is_demo, cells.get(""), themes)


def needs_of(families: list[str], on: date) -> JobNeeds | None:
    """The needs of these families in the whole region; None before anything is published."""
    told = publication()
    if told is None:
        return None
    labels, names = themes_on(on), gpec.family_names(families)
    counts = tuple(
        FamilyCount(code, names.get(code, code), tuple(_of_region(told, code, labels))) for code in families
    )
    return JobNeeds(quarter_of(told), told.settings["companies"], told.is_demo, counts)


def themes_on(on: date) -> dict[str, str]:
    """The themes that hold a need the desk answers, in the order of the edition; none while there is no edition."""
    try:
        book = in_force(on)
    except NoRulebook:
        return {}
    used = {need.theme for need in book.needs.values() if need.in_scope}
    return {key: theme.label for key, theme in book.themes.items() if key in used}


def quarter_of(told: Told) -> Quarter:
    """The days a publication tells of."""
    return named(told.quarter)


def _of_region(told: Told, code: str, labels: dict[str, str]) -> list[ThemeCount]:
    return [
        ThemeCount(one.theme, labels.get(one.theme, one.theme), one.needs)
        for one in cells_of_job(told, code)
        if (one.place_kind, one.place_code) == REGION
    ]
