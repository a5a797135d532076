"""The administrator's door over HTTP, without JavaScript."""

from __future__ import annotations

import io
import os
import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts.abilities import Role
from app.accounts.actions import NewPerson, NewPost, add_person
from app.directory import queries
from app.directory.actions import edit_branch, load_base, override_opco
from app.directory.edits import BranchEdit
from app.directory.models import Branch
from app.directory.statuses import BranchStatus
from app.extensions import transaction
from app.kernel.clock import utcnow
from app.mailbox.queue import tick
from app.officials.catalogue import KINDS
from app.officials.tried import FOLDER, LIFE, MOST, found, keep, tidy
from app.rulebooks.actions import publish_first_edition
from app.territory.models import Commune, Maison, Membership, TerritoryVersion, Zone
from app.territory.queries import maison_of
from tests.cases import NUMBERS

FORM = {
    "name": "Mission locale du Cœur d’Hérault",
    "status": "verifie",
    "mailbox": "accueil@mission.exemple.fr",
    "mailbox_verified_on": "2026-11-02",
    "zones": "département 34",
    "source": "Appel du 2 novembre 2026",
    "version": "1",
}
FIRST_DAY = date(2020, 1, 1)
HEADER = "IDCC;Libellé;IDCCactif;NouvIDCC;LibelléCourt\n"


@pytest.fixture
def desk(app: Flask) -> Flask:
    """A base directory over one commune."""
    with app.app_context():
        publish_first_edition()
        with transaction() as session:
            session.add(Commune(code="34142", name="Lodève", departement="34", population=7400))
            session.add(Zone(kind="departement", code="34", name="Hérault"))
            session.add(Zone(kind="epci", code="200017341", name="Lodévois et Larzac"))
            session.flush()
            for kind, code in (("departement", "34"), ("epci", "200017341")):
                session.add(Membership(commune="34142", kind=kind, code=code, starts_on=FIRST_DAY))
            session.add(TerritoryVersion(id=1, number=20_000 + next(NUMBERS)))
            session.add(Maison(slug="mmr-34", name="Maison", departement="34", status="a_verifier"))
        load_base()
    return app


def a_client(app: Flask, *posts: NewPost) -> FlaskClient:
    """A browser where a person holding these posts is signed in."""
    email = f"p{next(NUMBERS)}@exemple.fr"
    with app.app_context():
        _, password = add_person(NewPerson("Awa Diallo", email, list(posts)))
    client = app.test_client()
    assert client.post("/connexion", data={"email": email, "password": password}).status_code == 302
    return client


@pytest.fixture
def admin(desk: Flask) -> FlaskClient:
    return a_client(desk, NewPost(Role.ADMINISTRATOR))


def page_of(answer: TestResponse) -> str:
    return unescape(answer.text)


def stored(app: Flask, slug: str) -> Branch:
    with app.app_context():
        found = queries.branch(slug)
        assert found is not None
        return found


def send(client: FlaskClient, slug: str, **changes: str) -> TestResponse:
    return client.post(f"/administration/antennes/{slug}/", data=FORM | changes)


PAGES = (
    "/administration/",
    "/administration/antennes/",
    "/administration/antennes/nouvelle",
    "/administration/antennes/mission-locale-34/",
    "/administration/conventions/",
    "/administration/conventions/843/",
    "/administration/donnees/",
    "/administration/donnees/importer",
)


@pytest.mark.parametrize("url", PAGES)
def test_each_page_opens_for_an_administrator_only(desk: Flask, admin: FlaskClient, url: str) -> None:
    assert admin.get(url).status_code == 200
    assert desk.test_client().get(url).status_code == 302
    with desk.app_context():
        branch = queries.branch("mission-locale-34")
        assert branch is not None
    assert a_client(desk, NewPost(Role.ADVISER, branch.id)).get(url).status_code == 403


@pytest.mark.parametrize("url", ["antennes/inconnue/", "conventions/abc/", "conventions/999999/"])
def test_what_does_not_exist_is_not_found(admin: FlaskClient, url: str) -> None:
    assert admin.get(f"/administration/{url}").status_code == 404


def test_the_list_is_searched_and_paged(admin: FlaskClient) -> None:
    page = page_of(admin.get("/administration/antennes/?q=mission locale&reseau=mission_locale"))
    assert "mission-locale-34" in page and "cma-34" not in page
    first = admin.get("/administration/antennes/").text
    following = re.search(r'href=.([^"\']*apres=[^"\']*)', first)
    assert following
    second = admin.get(unescape(following[1])).text
    slugs = [re.findall(r"/administration/antennes/([\w-]+)/", text) for text in (first, second)]
    assert slugs[0] and slugs[1] and not set(slugs[0]) & set(slugs[1])
    back = re.search(r'href=.([^"\']*avant=[^"\']*)', second)
    assert (
        back
        and re.findall(r"/administration/antennes/([\w-]+)/", admin.get(unescape(back[1])).text) == slugs[0]
    )


@pytest.mark.parametrize("text", ["%", "_", "\\", "'; drop table", "\0", "é" * 300])
def test_any_text_may_be_searched(admin: FlaskClient, text: str) -> None:
    for url in ("antennes", "conventions"):
        assert (
            admin.get(f"/administration/{url}/", query_string={"q": text, "apres": text}).status_code == 200
        )


def test_a_verified_mailbox_tells_the_engine(desk: Flask, admin: FlaskClient) -> None:
    assert send(admin, "mission-locale-34", zones="").status_code == 303
    branch = stored(desk, "mission-locale-34")
    assert (branch.mailbox, branch.version) == ("accueil@mission.exemple.fr", 2)
    with desk.app_context():
        told = {one.slug for one in queries.snapshot().branches if one.told}
    assert told == {"mission-locale-34"}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": " "}, "Écrivez le nom"),
        ({"source": ""}, "Dites d’où vient"),
        ({"mailbox": "accueil"}, "Cette adresse n’est pas complète"),
        ({"mailbox": "a@b.fr\r\nBcc: x@y.fr"}, "Cette adresse n’est pas complète"),
        ({"mailbox": ""}, "Écrivez d’abord la boîte"),
        ({"mailbox_verified_on": "2999-01-01"}, "pas encore passée"),
        ({"mailbox_verified_on": "hier"}, "Écrivez la date"),
        ({"status": "ouverte"}, "Choisissez un état"),
        ({"status": "fermee"}, "ne se ferme pas"),
    ],
)
def test_a_mistake_is_said_and_nothing_typed_is_lost(
    desk: Flask, admin: FlaskClient, changes: dict[str, str], sentence: str
) -> None:
    answer = send(admin, "mission-locale-34", **changes)
    page = page_of(answer)
    assert answer.status_code == 400 and sentence in page
    assert all(
        value in page for key, value in FORM.items() if key not in changes and key in ("name", "source")
    )
    assert stored(desk, "mission-locale-34").version == 1


def test_a_new_mailbox_must_be_verified_anew(desk: Flask, admin: FlaskClient) -> None:
    send(admin, "mission-locale-34")
    answer = send(admin, "mission-locale-34", version="2", mailbox="autre@mission.exemple.fr")
    assert answer.status_code == 400 and "Cette boîte est nouvelle" in page_of(answer)


def test_two_administrators_at_once_lose_nothing(desk: Flask, admin: FlaskClient) -> None:
    edit = BranchEdit("Nom de l’autre", BranchStatus.TO_CHECK, None, None, (), "Autre source")
    with desk.app_context():
        edit_branch("mission-locale-34", 1, edit)
    answer = send(admin, "mission-locale-34")
    page = page_of(answer)
    assert answer.status_code == 409 and "Trop tard" in page
    assert FORM["name"] in page and "Nom de l’autre" in page
    assert stored(desk, "mission-locale-34").name == "Nom de l’autre"
    assert send(admin, "mission-locale-34", version="2").status_code == 303


@pytest.mark.parametrize("version", ["", "abc", "-1", "999999999999", "²"])
def test_a_version_never_read_is_refused(admin: FlaskClient, version: str) -> None:
    assert send(admin, "mission-locale-34", version=version).status_code == 409


def test_a_finer_branch_takes_over_where_it_serves(desk: Flask, admin: FlaskClient) -> None:
    data = FORM | {"actor": "mission_locale", "opco": "", "zones": "intercommunalité 200017341\n34142"}
    answer = admin.post("/administration/antennes/nouvelle", data=data)
    assert answer.status_code == 303 and "mission-locale-du-coeur-d-herault" in answer.location
    with desk.app_context():
        snapshot = queries.snapshot()
        found = snapshot.branch_for("mission_locale", snapshot.places["34142"])
    assert found is not None and found.slug == "mission-locale-du-coeur-d-herault" and found.told


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"zones": ""}, "au moins une zone"),
        ({"zones": "Atlantide"}, "n’est pas une zone"),
        ({"zones": "département 75"}, "n’existe pas en Occitanie"),
        ({"zones": "75056"}, "n’existe pas en Occitanie"),
        ({"actor": ""}, "Choisissez un réseau"),
        ({"actor": "inconnu"}, "Choisissez un réseau"),
        ({"actor": "opco"}, "Choisissez l’OPCO"),
        ({"opco": "AKTO"}, "ne va pas avec ce réseau"),
    ],
)
def test_a_new_branch_is_checked(
    desk: Flask, admin: FlaskClient, changes: dict[str, str], sentence: str
) -> None:
    data = FORM | {"actor": "mission_locale", "opco": ""} | changes
    answer = admin.post("/administration/antennes/nouvelle", data=data)
    assert answer.status_code == 400 and sentence in page_of(answer)
    assert FORM["name"] in page_of(answer)


def test_an_override_beats_every_source_and_may_be_withdrawn(desk: Flask, admin: FlaskClient) -> None:
    url = "/administration/conventions/0843/"
    answer = admin.post(url, data={"opco": "AKTO", "source": "Arrêté du test", "version": "0"})
    assert answer.status_code == 303
    with desk.app_context():
        load_base()
        found = queries.opco_of("843")
    assert (found.opco, found.status, found.source) == ("AKTO", "saisi", "Arrêté du test")
    assert "Arrêté du test" in page_of(admin.get("/administration/conventions/"))
    assert admin.post(url, data={"withdraw": "1", "version": "1"}).status_code == 303
    with desk.app_context():
        assert queries.opco_of("843").opco == "OPCO_EP"


def test_an_override_without_source_or_too_late_is_refused(desk: Flask, admin: FlaskClient) -> None:
    url = "/administration/conventions/843/"
    assert admin.post(url, data={"opco": "AKTO", "source": "", "version": "0"}).status_code == 400
    assert admin.post(url, data={"opco": "ABC", "source": "x", "version": "0"}).status_code == 400
    with desk.app_context():
        override_opco("843", 0, None, "Autre saisie")
        assert queries.opco_of("843").opco is None
    late = admin.post(url, data={"opco": "AKTO", "source": "Ma source", "version": "0"})
    assert late.status_code == 409 and "Ma source" in late.text and "Trop tard" in late.text


def upload(client: FlaskClient, text: str, *, kind: str = "idcc", tried: bool = False) -> TestResponse:
    data = {"kind": kind, "file": (io.BytesIO(text.encode()), "liste-2026.csv")}
    data |= {"dry_run": "y"} if tried else {}
    return client.post("/administration/donnees/importer", data=data, content_type="multipart/form-data")


def test_a_dry_run_reports_and_writes_nothing(desk: Flask, admin: FlaskClient) -> None:
    answer = upload(admin, HEADER + "00018;Industries textiles;1;;Textile\n", tried=True)
    assert answer.status_code == 200 and "Essai à blanc" in page_of(answer)
    with desk.app_context():
        assert not queries.datasets()


def test_an_import_is_dated_and_shown(desk: Flask, admin: FlaskClient) -> None:
    answer = upload(admin, HEADER + "00018;Industries textiles;1;;Textile\n")
    assert answer.status_code == 200 and "2026" in answer.text
    assert "Conventions collectives" in admin.get("/administration/donnees/").text
    assert "Déjà importé" in page_of(upload(admin, HEADER + "00018;Industries textiles;1;;Textile\n"))


def test_a_tried_file_is_recorded_without_being_chosen_again(desk: Flask, admin: FlaskClient) -> None:
    text = HEADER + "00018;Industries textiles;1;;Textile\n"
    page = upload(admin, text, tried=True).text
    mark = re.search(r'name="tried" value="([0-9a-f]{64})"', page)
    assert mark and "Enregistrer ces lignes" in page
    url, data = "/administration/donnees/importer", {"kind": "idcc", "tried": mark[1]}
    done = admin.post(url, data=data)
    assert done.status_code == 200 and "Importé." in page_of(done)
    with desk.app_context():
        assert [one.version for one in queries.datasets()] == ["2026"], "its name, which dates it, was kept"
    assert "Déjà importé" in page_of(admin.post(url, data=data)), "a second click"
    again = page_of(upload(admin, text, tried=True))
    assert "Déjà importé" in again and "Enregistrer ces lignes" not in again


@pytest.mark.parametrize("mark", ["x", "../../etc/passwd", "0" * 64, "\x00", "a" * 5000])
def test_a_mark_that_was_not_given_finds_nothing(admin: FlaskClient, mark: str) -> None:
    answer = admin.post("/administration/donnees/importer", data={"kind": "idcc", "tried": mark})
    assert answer.status_code == 400 and "n’est plus gardé" in answer.text


def test_a_tried_file_is_forgotten_after_an_hour_and_few_wait_at_once(tmp_path: Path) -> None:
    marks = []
    for number in range(MOST + 2):
        path = tmp_path / f"{number}.csv"
        path.write_text(str(number), "utf-8")
        marks.append(keep(tmp_path, path))
        put = utcnow().timestamp() - 60 + number
        os.utime(tmp_path / FOLDER / marks[-1], (put, put))
    assert [bool(found(tmp_path, one)) for one in marks] == [False] * 2 + [True] * MOST
    tidy(tmp_path, utcnow() + LIFE)
    assert not any(found(tmp_path, one) for one in marks)


def test_the_worker_forgets_a_tried_file_nobody_came_back_for(desk: Flask, admin: FlaskClient) -> None:
    upload(admin, HEADER + "00018;Industries textiles;1;;Textile\n", tried=True)
    (folder,) = (desk.config["GUICHET"].instance_dir / FOLDER).iterdir()
    with desk.app_context():
        tick()
        assert folder.is_dir()
        past = (utcnow() - 2 * LIFE).timestamp()
        os.utime(folder, (past, past))
        tick()
    assert not folder.exists()


def test_refused_rows_are_shown_with_their_reason(desk: Flask, admin: FlaskClient) -> None:
    answer = upload(admin, HEADER + "abc;Sans numéro;1;;\n00018;Industries textiles;1;;Textile\n")
    page = page_of(answer)
    assert answer.status_code == 400 and "Plus de 1 %" in page.replace("\u00a0", " ") and "abc" in page
    with desk.app_context():
        assert not queries.datasets()


@pytest.mark.parametrize("text", ["", "\0\0", "PK\x03\x04", "une;deux\n1;2\n"])
def test_an_unreadable_file_is_refused_in_words(admin: FlaskClient, text: str) -> None:
    assert upload(admin, text).status_code == 400


def test_the_page_offers_the_kinds_of_the_command(admin: FlaskClient) -> None:
    text = admin.get("/administration/donnees/importer").text
    assert set(KINDS) == set(re.findall(r'name="kind"[^>]* value="([^"]+)"', text))


def test_a_survey_is_imported_and_listed(desk: Flask, admin: FlaskClient) -> None:
    header = "annee;Code métier BMO;Nom métier BMO;REG;Dept;BE24;met;xmet;smet\n"
    answer = upload(admin, header + "2024;A0X40;Agriculteurs;76;46;7601;12;*;3\n", kind="bmo")
    assert answer.status_code == 200
    assert "Besoins en main-d’œuvre" in page_of(admin.get("/administration/donnees/"))


def test_the_page_says_where_files_are_published_and_which_are_missing(
    desk: Flask, admin: FlaskClient
) -> None:
    page = page_of(admin.get("/administration/donnees/"))
    assert page.count("pas encore importé") == len(KINDS) - 1 and "https://www.insee.fr/" in page
    own = Path(desk.config["GUICHET"].instance_dir) / "official-sources.toml"
    own.write_text("illisible [", "utf-8")
    try:
        assert "n’est pas lisible" in page_of(admin.get("/administration/donnees/"))
    finally:
        own.unlink()


def test_a_form_without_file_or_kind_is_refused(admin: FlaskClient) -> None:
    answer = admin.post("/administration/donnees/importer", data={"kind": "inconnu"})
    assert answer.status_code == 400 and "Choisissez un fichier" in page_of(answer)


def test_a_maison_renamed_in_the_directory_is_renamed_on_the_territory(
    admin: FlaskClient, desk: Flask
) -> None:
    changes = {
        "name": "Maison de Ma Région de Montpellier",
        "zones": "",
        "mailbox": "",
        "mailbox_verified_on": "",
    }
    assert send(admin, "mmr-34", **changes).status_code == 303
    with desk.app_context():
        maison = maison_of("34142")
        assert maison is not None
        assert (maison.slug, maison.name) == ("mmr-34", "Maison de Ma Région de Montpellier")
