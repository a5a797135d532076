"""The baker of Lodève wants an apprentice: from the form to the dated acknowledgement."""

from __future__ import annotations

import time_machine
from flask import Flask

from app.dossiers.following import followed
from app.extensions import db
from app.inquiries.models import Draft, Inquiry, Need
from app.mailbox.queries import letters_of_inquiry
from tests.web.company.baker import CONTACT, NEED, PLACE, begin, ready, send, step, text_of

MONDAY = "2026-11-23T09:42:00+00:00"


@time_machine.travel(MONDAY, tick=False)
def test_opco_ep_leads_and_the_cma_supports(seeded: Flask) -> None:
    client = seeded.test_client()
    answer = send(client, ready(client))
    assert answer.status_code == 303
    page = text_of(client.get(answer.location))
    assert "OPCO EP" in page
    assert "lundi 30 novembre 2026" in page
    assert "Hérault" in page
    assert "Je veux prendre un apprenti" in page
    with seeded.app_context():
        inquiry = db.session.query(Inquiry).one()
        lead, *supports = followed(inquiry.id)
        assert inquiry.reference in page
        assert (lead.actor, lead.leads) == ("opco", True)
        assert "cma" in {one.actor for one in supports}
        assert (inquiry.workforce_low, inquiry.workforce_high, inquiry.idcc) == (4, 4, "843")
        assert [one.kind for one in letters_of_inquiry(inquiry.id)].count("acknowledgement") == 1


def test_an_untold_branch_is_not_said_to_be_told(seeded: Flask) -> None:
    client = seeded.test_client()
    page = text_of(client.get(send(client, ready(client)).location))
    assert "La Maison de Ma Région la lui transmet" in page
    assert "vous appelle" not in page


def test_the_same_form_twice_is_one_request(seeded: Flask) -> None:
    client = seeded.test_client()
    draft_id = ready(client)
    first, second = send(client, draft_id), send(client, draft_id)
    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    with seeded.app_context():
        assert db.session.query(Inquiry).count() == 1
        assert db.session.query(Need).count() == 1


def test_going_back_after_sending_shows_the_acknowledgement(seeded: Flask) -> None:
    client = seeded.test_client()
    draft_id = ready(client)
    sent = send(client, draft_id).location
    for name in ("besoin", "etablissement", "contact", "relire"):
        assert client.get(f"/demandes/nouvelle/{draft_id}/{name}").location == sent


def test_nothing_typed_stays_in_the_draft_once_sent(seeded: Flask) -> None:
    client = seeded.test_client()
    send(client, ready(client))
    with seeded.app_context():
        assert db.session.query(Draft).one().data == {}


def test_several_needs_have_each_their_lead(seeded: Flask) -> None:
    client = seeded.test_client()
    need = {"part": "needs", "needs": ["alt_apprenti", "gar_conflit"]}
    location = send(client, ready(client, need)).location
    with seeded.app_context():
        inquiry = db.session.query(Inquiry).one()
        assert sum(one.leads for one in followed(inquiry.id)) == 2
    assert client.get(location).status_code == 200


def test_without_an_email_the_page_says_it_is_the_only_copy(seeded: Flask) -> None:
    client = seeded.test_client()
    location = send(client, ready(client, contact={**CONTACT, "email": ""})).location
    assert "seule copie" in text_of(client.get(location))


def test_the_secret_page_is_neither_listed_nor_cached(seeded: Flask) -> None:
    client = seeded.test_client()
    answer = client.get(send(client, ready(client)).location)
    assert answer.headers["X-Robots-Tag"].startswith("noindex")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] in ("same-origin", "no-referrer")


def test_own_words_call_up_sentences(seeded: Flask) -> None:
    client = seeded.test_client()
    draft_id = begin(client, {"words": "Je cherche un apprenti pour la rentrée"})
    page = text_of(client.get(f"/demandes/nouvelle/{draft_id}/besoin"))
    assert "Avons-nous bien compris" in page
    assert 'value="alt_apprenti"' in page


def test_the_check_page_repeats_everything_with_a_way_back(seeded: Flask) -> None:
    client = seeded.test_client()
    page = text_of(client.get(f"/demandes/nouvelle/{ready(client)}/relire"))
    for told in (
        "Boulangerie Vidal",
        "Lodève",
        "Claire Vidal",
        "06 39 98 12 04",
        "Je veux prendre un apprenti",
    ):
        assert told in page
    assert page.count("Modifier") >= 8


def test_at_most_five_questions_each_may_be_left_unknown(seeded: Flask) -> None:
    client = seeded.test_client()
    draft_id = begin(client)
    step(client, draft_id, "etablissement", PLACE)
    page = text_of(client.get(f"/demandes/nouvelle/{draft_id}/contact"))
    asked = {part.split('"')[0] for part in page.split('name="q_')[1:]}
    assert 0 < len(asked) <= 5
    assert page.count("ne sais pas") + page.count("ne savez pas") >= len(asked)


def test_no_code_is_asked(seeded: Flask) -> None:
    client = seeded.test_client()
    draft_id = begin(client, NEED)
    page = text_of(client.get(f"/demandes/nouvelle/{draft_id}/etablissement"))
    for code in ("NAF", "APE", "IDCC", "INSEE"):
        assert code not in page


def test_the_page_names_the_branch_first_and_what_to_do_next(seeded: Flask) -> None:
    client = seeded.test_client()
    page = text_of(client.get(send(client, ready(client)).location))
    assert "<h2>OPCO EP</h2>" in page
    assert "Occitanie, antenne à préciser" in page
    assert page.index("Premier appel au plus tard le") < page.index("Ce que vous pouvez faire")
    assert page.index("Ce que vous pouvez faire") < page.index("Pourquoi OPCO EP")
    assert "Votre numéro SIRET" in page
    assert "Une fiche de paie" not in page


def test_the_page_shows_no_internal_key(seeded: Flask) -> None:
    client = seeded.test_client()
    page = text_of(client.get(send(client, ready(client)).location))
    assert "Règle du guichet, vérifiée le" in page
    for inner in ("alt_apprenti", "Règles propres", "(condition"):
        assert inner not in page


def test_who_gave_only_an_email_is_not_promised_a_call(seeded: Flask) -> None:
    client = seeded.test_client()
    page = text_of(client.get(send(client, ready(client, contact={**CONTACT, "phone": ""})).location))
    assert "Premier message au plus tard le" in page
    assert "vous appelle" not in page
