"""The parts of a form: label, hint, error and control, joined for those who hear the page."""

import re

import pytest
from flask import Flask
from markupsafe import Markup
from wtforms import BooleanField, Form, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired


class Asked(Form):
    name = StringField("Prénom et nom", [InputRequired("Écrivez votre nom")])
    words = TextAreaField("Votre besoin")
    size = RadioField(
        "Combien ?",
        choices=[SelectChoice(value="1", label="1 à 10"), SelectChoice(value="2", label="11 à 19")],
        validators=[InputRequired("Choisissez")],
    )
    place = SelectField("Où", choices=[SelectChoice(value="a", label="Ici")], validate_choice=False)
    consent = BooleanField("J’accepte", [DataRequired("Cochez la case")])


@pytest.fixture
def parts(app: Flask) -> object:
    with app.test_request_context():
        yield app.jinja_env.get_template("components/forms.html").module


def wrong() -> Asked:
    form = Asked()
    form.validate()
    return form


def test_a_field_is_joined_to_its_hint_and_to_its_error(parts: object) -> None:
    html = str(parts.field(wrong().name, hint="Le vôtre", autocomplete="name"))  # type: ignore[attr-defined]
    ids = re.search(r'aria-describedby="([^"]+)"', html)
    assert ids and ids[1].split() == ["name-aide", "name-erreur"]
    assert all(f'id="{one}"' in html for one in ids[1].split())
    assert 'aria-invalid="true"' in html and 'for="name"' in html and 'autocomplete="name"' in html
    assert (
        html.index("<label")
        < html.index("name-aide")
        < html.index("Écrivez votre nom")
        < html.index("<input")
    )


def test_an_optional_field_says_so_in_words(parts: object) -> None:
    html = str(parts.field(Asked().words, optional=True, rows=4))  # type: ignore[attr-defined]
    assert (
        "(facultatif)" in html and 'rows="4"' in html and "*" not in html and "aria-describedby" not in html
    )


def test_cards_are_a_group_with_its_question(parts: object) -> None:
    html = str(parts.radio_cards(wrong().size, hints={"1": "Le plus courant"}))  # type: ignore[attr-defined]
    assert 'id="size"' in html and "<legend" in html and html.count('type="radio"') == 2
    assert 'aria-describedby="size-0-aide"' in html and "Choisissez" in html


def test_a_single_box_is_a_card(parts: object) -> None:
    html = str(parts.field(wrong().consent, hint="Personne d’autre ne la reçoit."))  # type: ignore[attr-defined]
    assert html.count('type="checkbox"') == 1 and "Cochez la case" in html


def test_the_summary_repeats_the_errors_and_leads_to_each_field(parts: object) -> None:
    form = wrong()
    html = str(parts.error_summary(form))  # type: ignore[attr-defined]
    assert "3 choses à corriger" in html and "autofocus" in html
    for target, error in (
        ("#name", "Écrivez votre nom"),
        ("#size-0", "Choisissez"),
        ("#consent", "Cochez la case"),
    ):
        assert re.search(rf'<a href="{target}">{error}</a>', html), target
    assert str(parts.error_summary(Asked())).strip() == ""  # type: ignore[attr-defined]


def test_what_was_typed_is_escaped(parts: object) -> None:
    form = Asked(data={"name": '"><script>x</script>'})
    html = parts.field(form.name)  # type: ignore[attr-defined]
    assert isinstance(html, Markup) and "<script>" not in html
