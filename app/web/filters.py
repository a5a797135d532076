"""How pages write dates, numbers and French punctuation."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from flask import Flask
from markupsafe import Markup

from app.gpec.wording import cause_words, tension_words
from app.kernel.clock import PARIS, today
from app.kernel.days import DAYS, first, in_full
from app.kernel.workdays import workdays_between
from app.web.branch_names import short_name, whereabouts
from app.web.initials import initials
from app.web.typography import FrenchSpaces, spaced

NBSP = "\u00a0"
SHORT_MONTHS = (
    "janv.",
    "févr.",
    "mars",
    "avril",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
)
SOON = 2
"""Two working days or fewer: time to hurry."""


def install_filters(app: Flask) -> None:
    app.jinja_env.add_extension(FrenchSpaces)
    app.jinja_env.filters.update(
        jour=jour,
        jour_court=jour_court,
        moment=moment,
        nombre=nombre,
        percent=percent,
        typo=typo,
        telephone=telephone,
        organisme=short_name,
        precision=whereabouts,
    )
    app.jinja_env.globals.update(
        weight=weight,
        initials=initials,
        lateness_of=lateness_of,
        workdays_between=workdays_between,
        tension_words=tension_words,
        cause_words=cause_words,
    )


def jour(value: date | datetime | None) -> str:
    """« lundi 30 novembre 2026 »."""
    if value is None:
        return ""
    return in_full(_day(value))


def jour_court(value: date | datetime | None) -> str:
    """« lun. 30 nov. », with its year when it is another one."""
    if value is None:
        return ""
    day = _day(value)
    year = "" if day.year == today().year else f" {day.year}"
    return f"{DAYS[day.weekday()][:3]}. {first(day)} {SHORT_MONTHS[day.month - 1]}{year}"


def moment(value: datetime | date | None) -> str:
    """« lundi 23 novembre 2026 à 10 h 42 », on the clocks of Occitanie."""
    if not isinstance(value, datetime):
        return jour(value)
    at = value.astimezone(PARIS)
    return f"{jour(at)} à {at.hour}{NBSP}h{NBSP}{at.minute:02}"


def nombre(value: float | None) -> str:
    """Thousands apart, a comma for decimals."""
    if value is None:
        return ""
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.1f}".removesuffix(".0")
    return text.translate({ord(","): NBSP, ord("."): ","})


def percent(share: float) -> str:
    """« 57 % »."""
    return f"{share:.0f}{NBSP}%"


def weight(size: int) -> str:
    """« 1,2 Mo », « 340 ko »."""
    kilo = max(1, round(size / 1024))
    return f"{kilo}{NBSP}ko" if kilo < 1000 else f"{nombre(size / 1024 / 1024)}{NBSP}Mo"


def typo(value: object) -> Any:
    """Plain text with the spaces French wants; markup is left as its author wrote it."""
    return value if isinstance(value, Markup) else spaced(str(value if value is not None else ""))


def telephone(value: str | None) -> str:
    """What a telephone dials: no space, no dot."""
    return re.sub(r"[^+0-9]", "", value or "")


def lateness_of(due: date, on: date) -> tuple[str, str]:
    """(kind, words) of a date to keep: late, soon or plain; working days, as the promise counts them."""
    if due < on:
        late = workdays_between(due, on)
        return "late", f"en retard de {late}{NBSP}jour{'s' if late > 1 else ''}" if late else "en retard"
    left = workdays_between(on, due)
    return "soon" if left <= SOON else "plain", _ahead((due - on).days, left)


def _ahead(days: int, workdays: int) -> str:
    if days == 0:
        return "aujourd’hui"
    if days == 1:
        return "demain"
    return f"dans {workdays}{NBSP}jour{'s' if workdays > 1 else ''} ouvré{'s' if workdays > 1 else ''}"


def _day(value: date | datetime) -> date:
    return value.astimezone(PARIS).date() if isinstance(value, datetime) else value
