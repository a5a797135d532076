"""What is asked, as closed lists, and when; pure."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from app.dossiers.lifecycle import Outcome
from app.kernel.vocabulary import Listed


class Useful(Listed):
    YES = "yes", "Oui"
    PARTLY = "partly", "En partie"
    NO = "no", "Non"


class LedTo(Listed):
    """What came of it, whoever gets the credit."""

    HIRE = "hire", "Un recrutement"
    APPRENTICE = "apprentice", "Un apprenti ou un alternant"
    TRAINING = "training", "Une formation"
    FUNDING = "funding", "Une aide financière"
    CHANGE = "change", "Un changement dans l’entreprise"
    ADVICE = "advice", "Un conseil"
    NOTHING = "nothing", "Rien pour le moment"


class Later(Listed):
    """Where the need stands some months later."""

    SOLVED = "solved", "C’est réglé"
    PARTLY = "partly", "C’est réglé en partie"
    NOT_SOLVED = "not_solved", "Ce n’est pas réglé"


MONTHS = (3, 6)
ASKED_LATER = frozenset({Outcome.HELPED, Outcome.STEERED, Outcome.NO_HELP})
"""Outcomes after which a result may come, with this desk's help or without. Everybody gives an opinion at closing;
who withdrew, was not reached or did not answer is not written to again."""


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def first_ask(outcome: str, closed_on: date) -> tuple[int | None, date | None]:
    """(months, day) of the first result to ask for; none after some outcomes."""
    if Outcome(outcome) not in ASKED_LATER:
        return None, None
    return MONTHS[0], months_after(closed_on, MONTHS[0])


def due_now(months: int, closed_on: date, on: date) -> tuple[int, tuple[int, ...]]:
    """(the one to ask for, those overtaken by it): after a missed run one letter leaves, not two."""
    reached = tuple(one for one in MONTHS if one >= months and months_after(closed_on, one) <= on)
    return reached[-1], reached[:-1]


def next_ask(months: int, closed_on: date) -> tuple[int | None, date | None]:
    left = [one for one in MONTHS if one > months]
    return (left[0], months_after(closed_on, left[0])) if left else (None, None)
