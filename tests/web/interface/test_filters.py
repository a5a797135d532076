"""Dates, numbers and punctuation as French pages write them."""

from datetime import UTC, date, datetime

import pytest
from markupsafe import Markup

from app.web.filters import jour, jour_court, lateness_of, moment, nombre, telephone, typo
from app.web.typography import spaced

MONDAY = date(2026, 11, 23)


def test_a_day_is_written_in_full() -> None:
    assert jour(date(2026, 11, 30)) == "lundi 30 novembre 2026"
    assert jour(date(2026, 12, 1)) == "mardi 1er décembre 2026"
    assert jour(None) == jour_court(None) == moment(None) == ""


def test_an_instant_is_told_on_the_clocks_of_occitanie() -> None:
    assert moment(datetime(2026, 11, 23, 9, 42, tzinfo=UTC)) == "lundi 23 novembre 2026 à 10\u00a0h\u00a042"
    assert moment(datetime(2026, 7, 14, 22, 5, tzinfo=UTC)) == "mercredi 15 juillet 2026 à 0\u00a0h\u00a005"
    assert jour(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == "vendredi 1er janvier 2027"


def test_a_short_day_says_its_year_when_it_is_another_one() -> None:
    assert jour_court(date(2019, 8, 5)) == "lun. 5 août 2019"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (1234567, "1\u00a0234\u00a0567"),
        (3.4, "3,4"),
        (1500.0, "1\u00a0500"),
        (-1200, "-1\u00a0200"),
        (None, ""),
    ],
)
def test_numbers(value: float | None, text: str) -> None:
    assert nombre(value) == text


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (date(2026, 11, 20), ("late", "en retard de 1\u00a0jour")),
        (date(2026, 11, 18), ("late", "en retard de 3\u00a0jours")),
        (date(2026, 11, 22), ("late", "en retard de 1\u00a0jour")),
        (MONDAY, ("soon", "aujourd’hui")),
        (date(2026, 11, 24), ("soon", "demain")),
        (date(2026, 11, 25), ("soon", "dans 2\u00a0jours ouvrés")),
        (date(2026, 11, 30), ("plain", "dans 5\u00a0jours ouvrés")),
    ],
)
def test_lateness_counts_working_days(due: date, said: tuple[str, str]) -> None:
    assert lateness_of(due, MONDAY) == said


def test_late_during_a_week_end_is_said_without_a_number() -> None:
    assert lateness_of(date(2026, 11, 20), date(2026, 11, 21)) == ("late", "en retard")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Où travaillez-vous ?", "Où travaillez-vous\u00a0?"),
        ("Pourquoi : « un mot » ; rien", "Pourquoi\u00a0: «\u00a0un mot\u00a0»\u00a0; rien"),
        ("/liste?theme=x&amp;y", "/liste?theme=x&amp;y"),
        ("12:30 !important", "12:30 !important"),
        ("", ""),
    ],
)
def test_french_spaces(typed: str, shown: str) -> None:
    assert spaced(typed) == shown


def test_markup_is_left_as_written() -> None:
    markup = Markup("<b>a ?</b>")
    assert typo(markup) is markup
    assert typo(None) == ""


def test_a_telephone_is_dialled_without_spaces() -> None:
    assert telephone("06 39.98 12-04") == "0639981204"
    assert telephone("+33 6 39 98 12 04") == "+33639981204"
