"""« Mes e-mails »: what is shown, written, refused."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from app.mailbox.choices import choices_of
from app.mailbox.topics import UNLESS_TOLD, Choice, Topic
from tests.cases import a_desk, a_maison, an_administrator, signed_in

PAGE = "/dossiers/courriels"
ALL_DAILY = dict.fromkeys([topic.value for topic in Topic], Choice.DAILY.value)


def test_the_page_shows_what_applies_and_keeps_what_is_chosen(app: Flask) -> None:
    with app.app_context():
        a_maison()
        desk = a_desk("cma", "cma-34", told=False)
    client = signed_in(app, desk.viewer)
    shown = client.get(PAGE).get_data(as_text=True)
    assert shown.count("checked") == len(Topic) and "boîte de l’équipe" not in shown
    answer = client.post(PAGE, data=ALL_DAILY, follow_redirects=True)
    assert "Vos choix sont enregistrés" in answer.get_data(as_text=True)
    with app.app_context():
        assert set(choices_of(desk.viewer.user_id).values()) == {Choice.DAILY}


def test_what_is_no_choice_is_refused_and_nothing_is_written(app: Flask) -> None:
    with app.app_context():
        a_maison()
        desk = a_desk("cma", "cma-34", told=False)
    client = signed_in(app, desk.viewer)
    for wrong in ({}, ALL_DAILY | {"note": "parfois"}, ALL_DAILY | {"note": "\0"}, {"note": ["x"] * 9}):
        assert client.post(PAGE, data=wrong).status_code == 400
    with app.app_context():
        assert choices_of(desk.viewer.user_id) == UNLESS_TOLD


def test_who_reads_the_mailbox_of_a_team_is_told_so(app: Flask) -> None:
    with app.app_context():
        a_maison()
        desk = a_desk("opco", "opco-ep-occitanie")
    assert "boîte de l’équipe" in signed_in(app, desk.viewer).get(PAGE).get_data(as_text=True)


def test_only_who_works_cases_has_this_page(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        administrator = an_administrator()
    assert signed_in(app, administrator).get(PAGE).status_code == 403
    assert client.get(PAGE).status_code == 302
