"""How a session pack writes its periods and its figures."""

from __future__ import annotations

from datetime import date

from app.gpec.figures import Figures
from app.gpec.wording import NBSP, number
from app.kernel.quarters import Quarter


def period(quarter: Quarter, on: date) -> str:
    """« 3e trimestre 2026 », said to be running while it is."""
    return quarter.words + (", en cours" if quarter.last >= on else "")


def count(value: int | None) -> str:
    """« s » is secret: never zero."""
    return "s" if value is None else number(value)


def percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}{NBSP}%"


def difficulty(figures: Figures) -> str:
    """The share judged difficult, with its base."""
    if figures.difficult_share is None:
        return "trop peu de projets pour une part"
    return f"{percent(figures.difficult_share)} ({count(figures.difficult)} sur {count(figures.base)})"


def days(value: float | None) -> str:
    if value is None:
        return "non donné"
    return f"{value:g}".replace(".", ",") + NBSP + ("jour ouvré" if value < 2 else "jours ouvrés")
