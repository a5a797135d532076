"""What the forms of several doors read alike: a date, an amount, a text without what no database holds."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from wtforms import DateField, SelectMultipleField, StringField
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from app.kernel.text import storable

DAYS = ["%Y-%m-%d", "%d/%m/%Y"]
MONEY = re.compile(r"(?P<euros>\d{1,9})(?:[.,]0{1,2})?€?")
EARLIEST = date(2000, 1, 1)


def at_most(length: int) -> Length:
    return Length(max=length, message=f"Raccourcissez\u00a0: {length} caractères au plus")


def number_of(text: str) -> int | None:
    """A row's number as an address gives it; what cannot be one is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def stripped(value: str | None) -> str | None:
    """Without the spaces around, nor what the database refuses."""
    return storable(value).strip() if value else value


class FrenchDate(DateField):
    """A date field whose error is written for the person who typed it."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError("Écrivez la date comme 23/11/2026") from error


class Euros(StringField):
    """A whole amount in euros, as people write them: 1 200, 1200 €, 1200,00."""

    def amount(self) -> int | None:
        """What was typed, None when nothing was; raises ValueError, its message in French."""
        text = re.sub(r"\s", "", self.data or "")
        if not text:
            return None
        found = MONEY.fullmatch(text)
        if found is None:
            raise ValueError("Écrivez un montant en euros, sans centimes, par exemple 1200")
        return int(found["euros"])


class CheckboxesField(SelectMultipleField):
    """Several answers as boxes to tick: no key to hold down."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()
