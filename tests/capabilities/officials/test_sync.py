"""`gpec sync` against a publisher on this machine: whole, resumed, unchanged, refused in words."""

from __future__ import annotations

import io
import json
import socket
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.gpec import queries
from app.officials.catalogue import KINDS
from app.officials.fetching import FetchFailed, Limits, NoNetwork, fetch
from app.officials.manifest import ManifestError, OfficialSource, official_sources
from tests.capabilities.officials.publisher import publishing

CONTENT = ("code;name\n" + "".join(f"A{number:04};Métier {number}\n" for number in range(300))).encode()
QUICK = Limits(connect=1, read=0.6, total=1.5, attempts=12, pause=0)


@pytest.fixture
def publisher() -> Iterator[Any]:
    with publishing(CONTENT) as server:
        yield server


def source(address: str, **more: Any) -> OfficialSource:
    return OfficialSource(
        "rome", "Fictif", "https://page.exemple/", "Licence", "chaque année", address, "rome-2026.csv", **more
    )


def test_a_file_is_fetched_then_unchanged(publisher: Any, tmp_path: Path) -> None:
    first = fetch(source(f"{publisher.address}/moved"), tmp_path, QUICK)
    assert first.path.read_bytes() == CONTENT and not first.unchanged and first.path.name == "rome-2026.csv"
    again = fetch(source(f"{publisher.address}/moved"), tmp_path, QUICK)
    assert again.unchanged and again.path.read_bytes() == CONTENT
    publisher.content = CONTENT + b"B0001;Neuf\n"
    assert fetch(source(f"{publisher.address}/moved"), tmp_path, QUICK).path.read_bytes() == publisher.content


def test_an_address_that_changed_is_asked_for_whole(publisher: Any, tmp_path: Path) -> None:
    fetch(source(f"{publisher.address}/whole"), tmp_path, QUICK)
    fetch(source(f"{publisher.address}/moved"), tmp_path, QUICK)
    assert not any("If-None-Match" in headers for _, headers in publisher.asked)


def test_a_file_cut_in_the_middle_is_resumed_to_the_byte(publisher: Any, tmp_path: Path) -> None:
    found = fetch(source(f"{publisher.address}/cut"), tmp_path, QUICK)
    assert found.path.read_bytes() == CONTENT
    starts = [headers.get("Range") for _, headers in publisher.asked]
    assert starts[0] is None and len(starts) > 3 and all(starts[1:])


def test_a_part_of_another_edition_is_not_joined(publisher: Any, tmp_path: Path) -> None:
    once = Limits(connect=1, read=0.6, total=1.5, attempts=1, pause=0)
    with pytest.raises(FetchFailed, match="coupé"):
        fetch(source(f"{publisher.address}/cut"), tmp_path, once)
    publisher.content = CONTENT.replace("Métier".encode(), b"Emploi")
    assert fetch(source(f"{publisher.address}/cut"), tmp_path, QUICK).path.read_bytes() == publisher.content


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("gone", "404"),
        ("broken", "503"),
        ("circle", "tourne en rond"),
        ("page", "page de site"),
        ("disguised", "page de site"),
        ("huge", "dépasse 1 Mo"),
        ("endless", "dépasse 1 Mo"),
        ("trickle", "trop lent"),
        ("always_cut", "coupé"),
    ],
)
def test_what_publishers_do_is_said_in_words(publisher: Any, tmp_path: Path, path: str, words: str) -> None:
    with pytest.raises(FetchFailed, match=words) as caught:
        fetch(source(f"{publisher.address}/{path}", largest=1), tmp_path, QUICK)
    assert not isinstance(caught.value, NoNetwork) and caught.value.sentence.endswith(".")
    assert not (tmp_path / "rome" / "rome-2026.csv").exists()


@pytest.mark.parametrize("path", ["silent", None])
def test_nobody_at_the_address(publisher: Any, tmp_path: Path, path: str | None) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}/x"
    with pytest.raises(NoNetwork):
        fetch(source(f"{publisher.address}/{path}" if path else nobody), tmp_path, QUICK)


def test_a_failure_leaves_the_file_that_was_there(publisher: Any, tmp_path: Path) -> None:
    kept = fetch(source(f"{publisher.address}/whole"), tmp_path, QUICK).path
    with pytest.raises(FetchFailed):
        fetch(source(f"{publisher.address}/page"), tmp_path, QUICK)
    assert kept.read_bytes() == CONTENT


def own_list(app: Flask, text: str) -> Path:
    path = Path(app.config["GUICHET"].instance_dir) / "official-sources.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def listed(app: Flask, publisher: Any) -> Iterator[Path]:
    path = own_list(app, f'[[source]]\nkind = "rome"\naddress = "{publisher.address}/whole"\n')
    yield path
    path.unlink()


def synced(app: Flask, *args: str) -> tuple[int, list[dict[str, Any]], str]:
    result = app.test_cli_runner().invoke(args=["gpec", "sync", *args])
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()], result.stderr


def test_the_command_fetches_and_imports_what_has_an_address(app: Flask, listed: Path) -> None:
    code, lines, _ = synced(app, "rome", "fap")
    by_kind = {line["kind"]: line for line in lines}
    assert code == 0 and by_kind["rome"]["state"] == "imported" and by_kind["rome"]["kept"] == 300
    assert by_kind["fap"]["state"] == "skipped" and "à compléter" in by_kind["fap"]["error"]
    assert synced(app, "rome")[1][0]["state"] == "unchanged"
    with app.app_context():
        assert queries.links("A0001").label == "Métier 1"


def test_without_network_it_says_so(app: Flask, listed: Path) -> None:
    own_list(app, '[[source]]\nkind = "rome"\naddress = "http://127.0.0.1:9/x"\n')
    code, lines, said = synced(app, "rome", "fap")
    assert code == 1 and "Pas de réseau" in said
    assert {line["kind"]: line["state"] for line in lines} == {"rome": "failed", "fap": "skipped"}
    assert synced(app, "fap")[0] == 1


def test_a_file_that_is_not_the_one_fails_alone(app: Flask, listed: Path, publisher: Any) -> None:
    publisher.content = b"une;deux\n1;2\n"
    code, lines, said = synced(app, "rome")
    assert code == 1 and "n’est pas le tableau attendu" in lines[0]["error"] and "réseau" not in said


@pytest.mark.parametrize(
    "text",
    [
        "pas du toml [",
        '[[source]]\nkind = "inconnu"\n',
        '[[source]]\nkind = "rome"\naddress = "file:///etc/passwd"\n',
        '[[source]]\nkind = "rome"\naddress = 4\n',
        '[[source]]\nkind = "rome"\nlargest = "x"\n',
        "source = [1]\n",
    ],
)
def test_an_own_list_badly_written_is_said(app: Flask, listed: Path, text: str) -> None:
    own_list(app, text)
    code, lines, said = synced(app, "rome")
    assert code == 2 and not lines and "official-sources.toml" in said


def test_a_zip_that_holds_one_table_is_opened(app: Flask, listed: Path, publisher: Any) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("lisez-moi.txt", "rien")
        archive.writestr("../rome-2031.csv", CONTENT)
    publisher.content = buffer.getvalue()
    code, lines, _ = synced(app, "rome")
    assert (code, lines[0]["state"], lines[0]["vintage"]) == (0, "imported", "2031")


def test_every_kind_but_hand_made_ones_has_its_source(tmp_path: Path) -> None:
    known = official_sources(tmp_path)
    assert {one.kind for one in known} == set(KINDS) - {"idcc-opco"}
    assert all(one.publisher and one.page.startswith("https://") and one.rhythm and one.name for one in known)
    assert not any(one.checked for one in known)


def test_the_list_is_told_without_fetching(app: Flask, listed: Path, publisher: Any) -> None:
    code, lines, _ = synced(app, "--list", "rome")
    assert code == 0 and lines[0]["checked"] and not publisher.asked


def test_an_own_list_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "official-sources.toml").write_text("source = 4\n", "utf-8")
    with pytest.raises(ManifestError):
        official_sources(tmp_path)
