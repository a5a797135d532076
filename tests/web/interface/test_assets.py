"""Static files: addressed by content, compressed, kept for ever, the same for every process."""

import re
from pathlib import Path

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from app import create_app
from app.web.assets import build_font
from app.web.font import FONT
from tests.conftest import database_url, test_config


def address(app: Flask, name: str) -> str:
    with app.test_request_context():
        return url_for("static", filename=name)


def test_a_sheet_is_kept_for_ever_and_its_address_follows_its_content(
    app: Flask, client: FlaskClient
) -> None:
    url = address(app, "css/house.css")
    answer = client.get(url)
    assert answer.status_code == 200 and answer.mimetype == "text/css"
    assert "immutable" in answer.headers["Cache-Control"] and "max-age=" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get("/static/0000000000000000/css/house.css").status_code == 404


def test_bootstrap_comes_from_its_wheel_and_travels_light(app: Flask, client: FlaskClient) -> None:
    url = address(app, "css/bootstrap.css")
    for encoding, most in (("br", 32_000), ("gzip", 36_000)):
        answer = client.get(url, headers={"Accept-Encoding": encoding})
        assert answer.headers["Content-Encoding"] == encoding
        assert len(answer.data) < most
    assert b"Bootstrap" in client.get(url).data[:200]


def test_every_file_named_by_a_page_is_served(app: Flask, client: FlaskClient) -> None:
    page = client.get("/rien-ici").get_data(as_text=True)
    addresses = re.findall(r"(?:href|src)=\"(/static/[^\"]+)\"", page)
    assert len(addresses) >= 6
    assert {client.get(one).status_code for one in addresses} == {200}


def test_a_walk_out_of_the_folder_finds_nothing(client: FlaskClient) -> None:
    for path in (
        "/static/../config.py",
        "/static/%2e%2e/config.py",
        "/static//etc/passwd",
        "/static/",
        "/static",
    ):
        assert client.get(path).status_code in (404, 308)


def test_a_read_only_instance_still_serves(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.write_text("a file where a folder is wanted")
    app = create_app(test_config(tmp_path, database_url(tmp_path, "readonly"), instance_dir=locked))
    answer = app.test_client().get(address(app, "css/tokens.css"))
    assert answer.status_code == 200


def test_two_processes_agree_on_the_edition(app: Flask, tmp_path: Path) -> None:
    other = create_app(test_config(tmp_path, database_url(tmp_path, "other")))
    assert address(other, "css/house.css") == address(app, "css/house.css")


def test_the_font_is_cut_once_and_small(tmp_path: Path) -> None:
    build_font(tmp_path)
    font = tmp_path / FONT
    assert 6_000 < font.stat().st_size < 16_000 and font.read_bytes()[:4] == b"wOF2"
    written = font.stat().st_mtime_ns
    build_font(tmp_path)
    assert font.stat().st_mtime_ns == written


def test_without_the_package_there_is_no_font_and_no_noise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.font.FAMILY", "no_such_package")
    build_font(tmp_path)
    assert not (tmp_path / FONT).exists()
