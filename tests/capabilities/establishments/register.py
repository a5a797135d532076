"""A register of our own, on a local port: it answers well, slowly, wrongly, or not at all. Companies are fictitious."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

SIRET, OTHER_SIRET = "00000001800010", "00000001800028"
SIREN = SIRET[:9]


def establishment(siret: str = SIRET, **changes: Any) -> dict[str, Any]:
    row = {
        "siret": siret,
        "commune": "34142",
        "libelle_commune": "LODEVE",
        "adresse": "1 PLACE FICTIVE 34700 LODEVE",
        "activite_principale": "10.71C",
        "activite_principale_naf25": None,
        "etat_administratif": "A",
        "statut_diffusion_etablissement": "O",
        "liste_idcc": ["0843"],
        "region": "76",
    }
    return row | changes


def company(*rows: dict[str, Any], **changes: Any) -> dict[str, Any]:
    whole = {
        "siren": SIREN,
        "nom_complet": "BOULANGERIE FICTIVE",
        "nature_juridique": "5499",
        "tranche_effectif_salarie": "02",
        "annee_tranche_effectif_salarie": "2023",
        "etat_administratif": "A",
        "statut_diffusion": "O",
        "siege": establishment(),
        "matching_etablissements": list(rows),
        "dirigeants": [{"nom": "PERSONNE"}],
    }
    return whole | changes


def answer(*companies: dict[str, Any]) -> dict[str, Any]:
    return {"results": list(companies), "total_results": len(companies), "page": 1}


class Call:
    """One request received; `send` writes an answer, `raw` writes bytes as they are."""

    def __init__(self, handler: BaseHTTPRequestHandler, closing: Event) -> None:
        self.handler, self.closing = handler, closing
        self.query = {name: values[0] for name, values in parse_qs(urlsplit(handler.path).query).items()}

    def send(self, body: bytes, status: int = 200, kind: str = "application/json", **headers: str) -> None:
        self.handler.send_response(status)
        told = {"Content-Type": kind, "Content-Length": str(len(body))}
        for name, value in (told | {key.replace("_", "-"): value for key, value in headers.items()}).items():
            self.handler.send_header(name, value)
        self.handler.end_headers()
        self.handler.wfile.write(body)

    def json(self, payload: object, **headers: str) -> None:
        self.send(json.dumps(payload).encode(), **headers)  # type: ignore[arg-type]

    def drip(self, head: bytes) -> None:
        """`head`, then a byte now and then, for as long as the caller stays."""
        self.handler.wfile.write(head)
        while not self.closing.wait(0.05):
            self.handler.wfile.write(b" ")


Behaviour = Callable[[Call], object]


class Served:
    def __init__(self) -> None:
        self.calls: list[dict[str, str]] = []
        self.behaviour: Behaviour = lambda call: call.json(answer(company()))
        self.url = ""


@contextmanager
def served() -> Iterator[Served]:
    register, closing = Served(), Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            call = Call(self, closing)
            register.calls.append(call.query)
            with suppress(OSError):
                register.behaviour(call)

        def log_message(self, *_args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    register.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield register
    finally:
        closing.set()
        server.shutdown()
        server.server_close()
