"""A day as French writes it."""

from __future__ import annotations

from datetime import date

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def in_full(day: date) -> str:
    """« lundi 30 novembre 2026 »."""
    return f"{DAYS[day.weekday()]} {first(day)} {MONTHS[day.month - 1]} {day.year}"


def first(day: date) -> str:
    """« 1er », then plain numbers."""
    return "1er" if day.day == 1 else str(day.day)
