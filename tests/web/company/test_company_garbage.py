"""Whatever is sent, the company's door answers with a page, never with a crash."""

from __future__ import annotations

from typing import Any

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from app.web.company.typed import typed
from tests.web.company.baker import CONTACT, PLACE, begin, ready

NAMES = [
    *("words", "needs", "part", "siret", "company", "commune", "commune_code", "band", "workforce"),
    *("activity", "naf", "agreement", "idcc", "consent", "contact_name", "phone", "email", "preferred_time"),
    *("search", "found", "then", "legal_form", "agreements_seen", "told", "searched", "remind"),
    *("q_age", "q_diplome_niveau", "q_candidat_identifie", "q_date_conclusion", "q_cfa_trouve", "form_id"),
]
ODD = [
    "",
    "\x00",
    "é" * 6000,
    "'\"<script>",
    "9" * 400,
    "-1",
    "inconnu",
    "١٢٣",
    "34142",
    "2026-02-30",
    "0000",
]
SENT = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.one_of(
            st.text(max_size=40),
            st.sampled_from(
                [
                    *ODD,
                    "oui",
                    "plus-tard",
                    "ailleurs",
                    "chercher",
                    "choisir",
                    "alt_apprenti",
                    "Lodève",
                    "843",
                    "y",
                ]
            ),
        ),
    ),
    max_size=25,
)
CALM = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def _encodable(pairs: list[tuple[str, str]]) -> MultiDict[str, str]:
    return MultiDict((name, value.encode("utf-8", "ignore").decode()) for name, value in pairs)


@CALM
@given(sent=SENT, step=st.sampled_from(["besoin", "etablissement", "contact", "plus-tard", "relire"]))
def test_garbage_in_a_step_is_a_page(seeded: Flask, sent: list[tuple[str, str]], step: str) -> None:
    client = seeded.test_client()
    draft_id = ready(client)
    posted = client.post(f"/demandes/nouvelle/{draft_id}/{step}", data=_encodable(sent))
    assert posted.status_code in (200, 303, 422)
    for name in ("besoin", "etablissement", "contact", "relire", "ailleurs"):
        assert client.get(f"/demandes/nouvelle/{draft_id}/{name}").status_code in (200, 303)


@CALM
@given(sent=SENT)
def test_garbage_at_the_start_is_a_page(seeded: Flask, sent: list[tuple[str, str]]) -> None:
    assert seeded.test_client().post("/demandes/nouvelle", data=_encodable(sent)).status_code in (303, 422)


@CALM
@given(text=st.text(max_size=60))
def test_garbage_in_the_address_is_a_page(seeded: Flask, text: str) -> None:
    from urllib.parse import quote

    part = quote(text.encode("utf-8", "ignore"), safe="") or "x"
    client = seeded.test_client()
    for url in (
        f"/demandes/nouvelle/{part}/besoin",
        f"/demandes/{part}/",
        f"/demandes/nouvelle?theme={part}",
    ):
        assert client.get(url).status_code < 500


def test_bytes_that_are_no_text_are_a_page(seeded: Flask) -> None:
    client = seeded.test_client()
    draft_id = begin(client)
    form = "application/x-www-form-urlencoded"
    bodies: list[tuple[bytes, str]] = [
        (b"company=%FF%FE%00&commune=%ED%A0%80", form),
        (b"\xff\xfe\x00", form),
        (b"{}", "application/json"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
    ]
    for body, kind in bodies:
        for name in ("besoin", "etablissement", "contact", "relire"):
            answer = client.post(f"/demandes/nouvelle/{draft_id}/{name}", data=body, content_type=kind)
            assert answer.status_code < 500


def test_repeated_fields_take_the_first(seeded: Flask) -> None:
    client = seeded.test_client()
    place: Any = {**PLACE, "company": ["Boulangerie Vidal", "Autre"], "workforce": ["4", "5"]}
    draft_id = ready(client, place=place, contact={**CONTACT, "consent": ["y", "y"]})
    assert client.get(f"/demandes/nouvelle/{draft_id}/relire").status_code == 200


def test_a_draft_keeps_ten_thousand_characters_of_a_field_at_most() -> None:
    form = MultiDict([("words", "é" * 100_000), *(("needs", "x" * 100_000) for _ in range(500))])
    kept = typed(form, ("words", "needs", "absent"))
    assert len(kept["words"][0]) == 5000 and kept["absent"] == []
    assert sum(len(value) for value in kept["needs"]) < 10_000
