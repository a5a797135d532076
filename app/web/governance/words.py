"""How a session pack writes its periods and its figures."""

from __future__ import annotations

from datetime import date

from app.governance.lines import ActionLine, NeedLine
from app.governance.periods import Period
from app.gpec.figures import Figures
from app.gpec.wording import NBSP, number


def period(one: Period, on: date) -> str:
    """« 3e trimestre 2026 », said to be running while it is."""
    return one.words + (", en cours" if one.last >= on else "")


def few(value: int, least: int) -> str:
    """A count from the threshold on, and zero; between the two, « moins de 5 »."""
    return f"moins de {least}" if 0 < value < least else number(value)


def counted(need: NeedLine, least: int) -> str:
    """« 6 demandes de 5 entreprises »; under the threshold, what is sure."""
    if need.signals is not None and need.companies is not None:
        return need.words.reading
    if need.limits is None:
        return f"plus de demandes que d’habitude, de moins de {least} entreprises"
    signals, companies = need.limits
    return f"au moins {number(signals)} demandes, d’au moins {number(companies)} entreprises"


def companies(action: ActionLine, least: int) -> str:
    """How many agreed out of how many asked."""
    if action.asked is None:
        return f"moins de {least} interrogées"
    agreed = f"moins de {least}" if action.agreed is None else number(action.agreed)
    return f"{agreed} d’accord sur {number(action.asked)}"


def people(count: int, least: int) -> str:
    return f"{few(count, least)} personne{'s' if count > 1 else ''}"


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
