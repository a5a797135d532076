"""What was sent, parsed: tolerant on form, strict on sense; null, empty and absent are unknown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from app.kernel.codes import CodeError, CommuneCode, Idcc, NafCode
from app.routing.answers import UNREADABLE, Unreadable, partly_unread, read_answer
from app.routing.facts import Answer, Situation
from app.routing.legal_forms import legal_form_of
from app.routing.refusals import SituationError
from app.routing.rulebook import Rulebook

NAF_2025_FROM = date(2027, 1, 1)
BAND = re.compile(r"^(\d{1,7})\s*(?:-|–|à)\s*(\d{1,7})$")
OPEN_BAND = re.compile(r"^(\d{1,7})\s*(?:\+|et plus|ou plus)$")
LARGEST = 10_000_000
FIELDS = ("commune", "naf", "naf_version", "idcc", "workforce", "legal_form", "need", "answers", "on")


def read_situation(payload: Mapping[str, Any], book: Rulebook, today: date) -> Situation:
    """The situation described by one line or one form. Raises SituationError."""
    on = _day(payload.get("on"), today)
    answers, ignored = _answers(payload.get("answers"), book)
    legal_form, unread = _legal_form(payload.get("legal_form"))
    return Situation(
        commune=_commune(payload.get("commune")),
        need=_need(payload.get("need"), book),
        on=on,
        naf=_naf(payload.get("naf")),
        naf_version=_naf_version(payload.get("naf_version"), on),
        idcc=_idcc(payload.get("idcc")),
        workforce=read_workforce(payload.get("workforce")),
        legal_form=legal_form,
        answers=answers,
        ignored=(*ignored, *unread),
    )


def _text(value: Any, field: str) -> str | None:
    value = _whole(value)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise SituationError("Ce champ attend un texte.", field)
    return str(value).strip() or None


def _whole(value: Any) -> Any:
    """A spreadsheet writes 843.0 for 843."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _commune(value: Any) -> str:
    if not isinstance(value, str):
        raise SituationError("Le code de la commune est un texte de 5 caractères.", "commune")
    try:
        return str(CommuneCode(value))
    except CodeError as error:
        raise SituationError(str(error), "commune") from error


def _need(value: Any, book: Rulebook) -> str:
    if not isinstance(value, str) or value.strip() not in book.needs:
        raise SituationError("Ce besoin n’est pas dans la liste.", "need")
    return value.strip()


def _day(value: Any, today: date) -> date:
    if value is None or value == "":
        return today
    return read_date(value, "on")


def read_date(value: Any, field: str) -> date:
    """An ISO date. Raises SituationError."""
    if isinstance(value, date):
        return value
    try:
        if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip()):
            raise ValueError
        return date.fromisoformat(value.strip())
    except ValueError as error:
        raise SituationError("Écrivez une date comme 2026-11-23.", field) from error


def _naf(value: Any) -> str | None:
    text = _text(value, "naf")
    if text is None:
        return None
    try:
        return str(NafCode(text))
    except CodeError as error:
        raise SituationError(str(error), "naf") from error


def _naf_version(value: Any, on: date) -> str:
    if value is None or value == "":
        return "2025" if on >= NAF_2025_FROM else "rev2"
    version = str(value).strip()
    if version not in ("rev2", "2025"):
        raise SituationError("La version de la NAF est rev2 ou 2025.", "naf_version")
    return version


def _idcc(value: Any) -> str | None:
    text = _text(value, "idcc")
    if text is None:
        return None
    try:
        return str(Idcc(text))
    except CodeError as error:
        raise SituationError(str(error), "idcc") from error


def read_workforce(value: Any) -> tuple[int, int | None] | None:
    """A number or a band: « 10-19 », « 250+ ». Raises SituationError."""
    value = _whole(value)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise SituationError("L’effectif est un nombre ou une tranche.", "workforce")
    return _band(str(value).strip())


def _band(text: str) -> tuple[int, int | None] | None:
    if not text:
        return None
    if text.isascii() and text.isdigit() and int(text[:9]) <= LARGEST:
        return int(text[:9]), int(text[:9])
    if found := OPEN_BAND.match(text):
        return int(found[1]), None
    found = BAND.match(text)
    if not found or int(found[1]) > int(found[2]):
        raise SituationError("L’effectif est un nombre positif ou une tranche comme 10-19.", "workforce")
    return int(found[1]), int(found[2])


def _legal_form(value: Any) -> tuple[str | None, tuple[str, ...]]:
    text = _text(value, "legal_form")
    if text is None:
        return None, ()
    form = legal_form_of(text)
    return form, () if form else ("legal_form",)


def _answers(value: Any, book: Rulebook) -> tuple[dict[str, Answer], tuple[str, ...]]:
    if value is None or value == "":
        return {}, ()
    if not isinstance(value, Mapping):
        raise SituationError("Les réponses sont un objet JSON.", "answers")
    answers: dict[str, Answer] = {}
    ignored: list[str] = []
    for key, given in value.items():
        question = book.questions.get(key)
        read = read_answer(question, given, read_date) if question else UNREADABLE
        if isinstance(read, Unreadable) or (question and partly_unread(question, given)):
            ignored.append(str(key).encode("utf-8", "replace").decode())
        if read is not None and not isinstance(read, Unreadable):
            answers[key] = read
    return answers, tuple(ignored)
