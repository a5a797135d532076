"""What the check page repeats, row by row, each with the way back to its step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for

from app.web.company.counting import count_of
from app.web.company.flow import Journey
from app.web.company.forms import BANDS, LEGAL_FORMS
from app.web.company.questions import field_name, shown
from app.web.company.remarks import since, summary
from app.web.company.typed import first

NOT_TOLD = "Non précisé"


@dataclass(frozen=True, slots=True)
class Row:
    term: str
    value: str
    edit_url: str
    edit_label: str


def sections(journey: Journey) -> list[tuple[str, list[Row]]]:
    return [
        ("Votre besoin", _need_rows(journey)),
        ("Votre établissement", _establishment_rows(journey)),
        ("Vous", _contact_rows(journey)),
    ]


def _need_rows(journey: Journey) -> list[Row]:
    words, count = first(journey.data, "words"), len(journey.needs)
    rows = [_row(journey, "need", "Vos mots", f"«\u00a0{words}\u00a0»", "#words", phrase=1)] if words else []
    for number, key in enumerate(journey.needs, 1):
        term = f"Besoin {number}" if count > 1 else "Besoin"
        need = journey.book.needs[key]
        rows.append(_row(journey, "need", term, need.label, theme=need.theme))
    for question in journey.questions():
        name = field_name(question.key)
        value = shown(question, journey.data.get(name) or [])
        rows.append(_row(journey, "contact", question.text, value, f"#{name}"))
    return rows


def _establishment_rows(journey: Journey) -> list[Row]:
    form, data = journey.establishment(), journey.data
    told = [
        ("Entreprise", first(data, "company"), "company"),
        ("Commune", form.place.label, "commune"),
        ("SIRET", first(data, "siret") or NOT_TOLD, "siret"),
        ("Salariés", _workforce(journey), "band"),
        ("Activité", form.activity_found.label or NOT_TOLD, "activity"),
        ("Convention collective", form.agreement_found.label or NOT_TOLD, "agreement"),
    ]
    if form.told:
        legal_form = LEGAL_FORMS.get(form.legal_form.data or "", NOT_TOLD)
        register = f"{since(form.told)}\u00a0: {summary(form.told.found)}"
        told += [("Forme juridique", legal_form, "legal_form"), ("Annuaire", register, "search")]
    return [_row(journey, "establishment", term, value, f"#{name}") for term, value, name in told]


def _workforce(journey: Journey) -> str:
    exact, band = count_of(first(journey.data, "workforce")), first(journey.data, "band")
    return str(exact) if exact is not None else (BANDS[band][0] if band in BANDS else NOT_TOLD)


def _contact_rows(journey: Journey) -> list[Row]:
    new, data = journey.inquiry(), journey.data
    told = (
        ("Nom", first(data, "contact_name"), "contact_name"),
        ("Téléphone", new.phone or NOT_TOLD, "phone"),
        ("E-mail", new.email or NOT_TOLD, "email"),
        ("Quand vous appeler", new.preferred_time or "Peu importe", "preferred_time"),
    )
    return [_row(journey, "contact", term, value, f"#{name}") for term, value, name in told]


def _row(journey: Journey, page: str, term: str, value: str, anchor: str = "", **args: Any) -> Row:
    url = url_for(f"company.{page}", draft_id=journey.draft.id, **args) + anchor
    return Row(term, value, url, f"Modifier : {term}".replace(" :", "\u00a0:"))
