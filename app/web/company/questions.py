"""The questions the engine still asks, as form fields; and their answers as the engine reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from wtforms import Field, RadioField, SelectChoice, StringField
from wtforms.validators import ValidationError

from app.routing.facts import Answer
from app.routing.rulebook import Question
from app.web.company.finding import UNKNOWN, find_commune
from app.web.inputs import CheckboxesField

PREFIX = "q_"
MOST = 5
LARGEST = 1_000_000
LONGEST_TEXT = 200
DAY = re.compile(r"^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})$|^(\d{4})-(\d{2})-(\d{2})$", re.ASCII)
YES_NO = (("oui", "Oui"), ("non", "Non"))
LEVELS = (
    ("3", "CAP ou équivalent"),
    ("4", "Bac, brevet professionnel"),
    ("5", "Bac + 2"),
    ("6", "Bac + 3 ou bac + 4"),
    ("7", "Bac + 5"),
    ("8", "Doctorat"),
)
LEVEL_KEYS = ("niveau", "diplome_niveau")
IDK = (UNKNOWN, "Je ne sais pas")


def field_name(key: str) -> str:
    return PREFIX + key


def choices_of(question: Question) -> tuple[tuple[str, str], ...]:
    """What may be ticked; nothing for a number, a date or a text."""
    if question.kind == "oui/non":
        return YES_NO
    return LEVELS if question.key in LEVEL_KEYS else question.choices


def field_of(question: Question) -> Field:
    """The form field that asks it; « je ne sais pas » is always a way to answer."""
    hint = hint_of(question)
    checks = [_check(question)]
    choices = choices_of(question)
    if question.kind == "choix multiple":
        return CheckboxesField(
            question.text,
            choices=_options(choices),
            validate_choice=False,
            validators=checks,
            description=hint,
        )
    if choices:
        return RadioField(
            question.text,
            choices=_options((*choices, IDK)),
            validate_choice=False,
            validators=checks,
            description=hint,
        )
    return StringField(question.text, validators=checks, description=hint)


def hint_of(question: Question) -> str:
    if choices_of(question):
        return question.hint if question.key not in LEVEL_KEYS else ""
    idk = "Laissez vide si vous ne savez pas."
    if question.kind == "date":
        return f"Par exemple 15/01/2027. {idk}"
    if question.kind == "texte":
        return f"{question.hint} N’écrivez ni nom ni information de santé. {idk}".strip()
    return f"{question.hint} En chiffres. {idk}".strip()


def answer_of(question: Question, values: Sequence[str]) -> Answer | None:
    """The typed answer; None when unknown. Raises ValueError with a French sentence."""
    told = [value for value in values if value and value != UNKNOWN]
    if not told:
        return None
    if choices := choices_of(question):
        return _chosen(question, told, dict(choices))
    if question.kind == "entier":
        return _number(told[0])
    if question.kind == "date":
        return _day(told[0])
    return _text(question, told[0])


def shown(question: Question, values: Sequence[str]) -> str:
    """The answer as the check page repeats it."""
    labels = dict((*choices_of(question), IDK))
    return ", ".join(labels.get(value, value) for value in values if value) or IDK[1]


def _options(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice(value=value, label=label) for value, label in pairs]


def _check(question: Question) -> object:
    def check(_form: object, field: Field) -> None:
        try:
            answer_of(question, field.raw_data or [])
        except ValueError as error:
            raise ValidationError(str(error)) from error

    return check


def _chosen(question: Question, told: list[str], choices: dict[str, str]) -> Answer:
    if any(value not in choices for value in told):
        raise ValueError("Choisissez une réponse de la liste")
    if question.kind == "choix multiple":
        return frozenset(told)
    if question.kind == "oui/non":
        return told[0] == "oui"
    return int(told[0]) if question.kind == "entier" else told[0]


def _number(text: str) -> int:
    digits = re.sub(r"[\s\u00a0\u202f]", "", text)
    if not digits.isascii() or not digits.isdigit() or len(digits) > 7 or int(digits) > LARGEST:
        raise ValueError("Écrivez un nombre entier, en chiffres")
    return int(digits)


def _day(text: str) -> date:
    found = DAY.match(text)
    if found:
        day, month, year, *iso = found.groups()
        parts = (year, month, day) if year else tuple(iso)
        try:
            return date(*(int(part) for part in parts))
        except ValueError:
            pass
    raise ValueError("Écrivez une date comme 15/01/2027")


def _text(question: Question, text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"Raccourcissez : {LONGEST_TEXT} caractères au plus")
    if question.key == "commune_chantier":
        return _site(text)
    return text


def _site(text: str) -> str:
    """The building site is asked by name; the rules read its commune's code."""
    found = find_commune(text, "")
    if found.code is None:
        raise ValueError("Précisez la commune du chantier, par exemple avec son code postal")
    return found.code
