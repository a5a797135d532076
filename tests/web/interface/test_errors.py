"""Every failure is a page in French that says what to do; no value sent makes a 500."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from structlog.testing import capture_logs
from werkzeug.datastructures import MultiDict

from app import create_app
from app.web.error_words import WORDS
from tests.cases import a_desk, a_maison, a_territory, an_administrator, signed_in
from tests.conftest import database_url, test_config

CODES = sorted(WORDS)
MULTIPART = "multipart/form-data"
Raise = Callable[[], str]


def raising(error: Exception) -> Raise:
    def view() -> str:
        raise error

    return view


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application with one page per failure."""
    folder = tmp_path_factory.mktemp("errors")
    app = create_app(test_config(folder, database_url(folder, "errors")))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    for code in CODES:
        app.add_url_rule(f"/abort/{code}", f"abort-{code}", lambda code=code: abort(code))
        app.add_url_rule(f"/api/abort/{code}", f"api-{code}", lambda code=code: abort(code))
    for name, error in {
        "locked": OperationalError("insert", {}, Exception("database is locked")),
        "twice": IntegrityError("insert", {"email": "claire@exemple.fr"}, Exception("UNIQUE")),
        "bug": RuntimeError("secret detail"),
        "large": OverflowError("Python int too large to convert to SQLite INTEGER"),
        "half": UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed"),
        "csrf": CSRFError("The CSRF token is missing."),
    }.items():
        app.add_url_rule(f"/raise/{name}", f"raise-{name}", raising(error), methods=["GET", "POST"])
    return app


@pytest.fixture
def visitor(failing: Flask) -> FlaskClient:
    return failing.test_client()


@pytest.mark.parametrize("code", CODES)
def test_a_failure_is_a_page_that_says_what_to_do(visitor: FlaskClient, code: int) -> None:
    answer = visitor.get(f"/abort/{code}")
    page = answer.get_data(as_text=True)
    assert answer.status_code == code and answer.mimetype == "text/html"
    assert page.count("<h1") == 1 and WORDS[code].title in page and WORDS[code].do in page
    assert 'lang="fr"' in page and "Content-Security-Policy" in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("code", CODES)
def test_a_machine_reads_a_problem(visitor: FlaskClient, code: int) -> None:
    answer = visitor.get(f"/api/abort/{code}")
    assert (answer.status_code, answer.mimetype) == (code, "application/problem+json")
    assert answer.json and answer.json["status"] == code and answer.json["title"] == WORDS[code].title


def test_a_busy_database_says_when_to_come_back(visitor: FlaskClient) -> None:
    answer = visitor.post("/raise/locked")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "Attendez une minute" in answer.get_data(as_text=True)


def test_what_was_being_written_is_in_no_log(visitor: FlaskClient) -> None:
    with capture_logs() as lines:
        assert visitor.post("/raise/twice").status_code == 409
    assert "conflict" in str(lines) and "claire@exemple.fr" not in str(lines)


def test_a_bug_says_nothing_of_itself(visitor: FlaskClient) -> None:
    answer = visitor.get("/raise/bug")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 500 and "secret detail" not in page and "Traceback" not in page
    assert "L’erreur vient de nous" in page


def test_a_bug_is_logged_by_its_place_alone(visitor: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with capture_logs() as lines:
        visitor.get("/raise/bug?token=1-aSecretLink")
    said = str(lines) + caplog.text
    assert "RuntimeError" in said and "test_errors.py" in said
    assert "secret detail" not in said and "/raise/bug" not in said and "aSecretLink" not in said


def test_an_expired_form_tells_how_to_keep_what_was_typed(visitor: FlaskClient) -> None:
    answer = visitor.post("/raise/csrf")
    assert answer.status_code == 400
    assert "copiez ce que vous avez écrit" in answer.get_data(as_text=True)


@pytest.mark.parametrize("name", ["large", "half"])
def test_a_value_nothing_can_hold_is_never_a_500(visitor: FlaskClient, name: str) -> None:
    assert visitor.get(f"/raise/{name}").status_code == 404
    assert visitor.post(f"/raise/{name}").status_code == 400


def test_a_session_that_cannot_be_read_is_a_busy_database(
    failing: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: object) -> None:
        raise OperationalError("select", {}, Exception("connection refused"))

    monkeypatch.setattr(failing.session_interface, "open_session", away)
    monkeypatch.setitem(failing.config, "TESTING", False)
    answer = failing.test_client().get("/connexion")
    assert (answer.status_code, answer.headers.get("Retry-After")) == (503, "30")
    assert "Attendez une minute" in answer.get_data(as_text=True)


def test_the_allowed_methods_are_kept(client: FlaskClient) -> None:
    answer = client.post("/territoires/")
    assert answer.status_code == 405 and "GET" in answer.headers["Allow"]


NONSENSE = [
    "%00",
    "%ff%fe",
    "%ed%a0%80",
    "99999999999999999999",
    "-1",
    "%F0%9F%92%A9",
    "a" * 3000,
    "'\"<script>",
]


@pytest.mark.parametrize("odd", NONSENSE, ids=lambda odd: odd[:20])
def test_nonsense_in_an_address_is_never_a_500(seeded: Flask, odd: str) -> None:
    visitor = seeded.test_client()
    for path in (
        f"/{odd}",
        f"/dossiers/{odd}/",
        f"/demandes/{odd}/",
        f"/demandes/nouvelle/{odd}/besoin",
        f"/demandes/nouvelle?theme={odd}&liste={odd}",
        f"/territoires/?q={odd}",
        f"/territoires/commune/{odd}",
        f"/communes?q={odd}",
        f"/connexion?next={odd}",
        f"/administration/antennes/{odd}",
    ):
        assert visitor.get(path).status_code < 500, path
        assert (
            visitor.post(path, data={"words": "\x00\ud83d".encode("utf-8", "surrogatepass")}).status_code
            < 500
        ), path


def test_a_base_without_schema_says_how_to_prepare_it(tmp_path: Path) -> None:
    app = create_app(test_config(tmp_path, database_url(tmp_path, "bare")))
    for address in ("/", "/demandes/nouvelle", "/territoires/", "/comment-ca-marche"):
        answer = app.test_client().get(address)
        assert answer.status_code == 503 and "make setup" in answer.text, address


@pytest.mark.parametrize("body", ["[1]", '"x"', "null", '{"version": [1]}', "{"])
def test_a_page_reads_forms_and_never_json(app: Flask, body: str) -> None:
    with app.app_context():
        a_territory()
        clients = [
            signed_in(app, a_desk("opco", "opco-34").viewer),
            signed_in(app, a_maison().viewer),
            app.test_client(),
        ]
    unsafe = [
        (method, rule.rule.replace("<int(max=2147483647):dossier_id>", "1"))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}
        if not rule.rule.startswith("/api/")
    ]
    assert len(unsafe) > 20
    for client in clients:
        for method, path in unsafe:
            answer = client.open(path, method=method, data=body, content_type="application/json")
            assert answer.status_code in (404, 415), (method, path, answer.status_code)


def test_only_the_page_that_awaits_a_file_reads_a_large_body(app: Flask) -> None:
    with app.app_context():
        viewer = an_administrator()
    client = signed_in(app, viewer)
    large = {"file": (BytesIO(b"idcc;opco\n" + b" " * 3_000_000), "large.csv"), "kind": "idcc-opco"}
    assert client.post("/administration/donnees/importer", data=large).status_code == 400
    for path in ("/connexion", "/demandes/nouvelle", "/administration/antennes/nouvelle"):
        sent = {"file": (BytesIO(b" " * 3_000_000), "large.csv")}
        assert client.post(path, data=sent).status_code == 413, path
    parts = [(f"f{n}", "x") for n in range(600)]
    assert client.post("/demandes/nouvelle", data=MultiDict(parts), content_type=MULTIPART).status_code == 413
