"""The whole main job in a real browser: the baker asks, reads who answers, gets a letter; the adviser takes and closes;
the manager counts it. With JavaScript, then without."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from app.mailbox.actions import send_waiting
from tests.e2e.conftest import Demonstration
from tests.e2e.walk import page_of, sign_in, violations

SCREENS = os.environ.get("GUICHET_SCREENS")
"""A folder where each step is drawn, for whoever wants to look."""
OPCO, REGION = "sonia.ferrer@exemple.fr", "marc.esteve@exemple.fr"
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


def draw(page: Page, name: str) -> None:
    if SCREENS:
        page.screenshot(path=f"{SCREENS}/{name}.png", full_page=True)


def counted(page: Page, demonstration: Demonstration) -> int:
    """The needs received that the regional manager reads today."""
    page.goto("/pilotage/")
    shown = page.locator(".tile", has_text="Besoins reçus").first.inner_text()
    found = re.search(r"^[\d\s\u00a0\u202f]+$", shown, re.MULTILINE)
    assert found, shown
    return int(re.sub(r"\D", "", found[0]))


def ask(page: Page, company: str, scripts: bool) -> str:
    """From the first page to the acknowledgement; its address."""
    page.goto("/")
    draw(page, f"1-accueil-{scripts}")
    page.fill("textarea", "je veux prendre un apprenti en boulangerie")
    page.locator("main form button[type=submit]").first.click()
    draw(page, f"2-besoin-{scripts}")
    page.get_by_label("Je veux prendre un apprenti").check()
    page.get_by_role("button", name="Continuer").click()
    page.fill("#company", company)
    commune(page, scripts)
    page.fill("#workforce", "4")
    page.fill("#agreement", "843")
    draw(page, f"3-etablissement-{scripts}")
    page.get_by_role("button", name="Continuer").click()
    page.fill("#contact_name", "Claire Vidal")
    page.get_by_role("button", name="Vérifier mes réponses").click()
    draw(page, f"4-contact-erreurs-{scripts}")
    assert page.locator(".error-summary").is_visible()
    assert page.input_value("#contact_name") == "Claire Vidal", "what was typed is kept"
    page.fill("#phone", "06 39 98 12 04")
    page.fill("#email", "claire@boulangerie-vidal.exemple.fr")
    page.locator("#consent").check()
    page.get_by_role("button", name="Vérifier mes réponses").click()
    draw(page, f"5-relire-{scripts}")
    assert company in page.inner_text("main")
    page.get_by_role("button", name="Envoyer ma demande").click()
    return page.url


def commune(page: Page, scripts: bool) -> None:
    """Chosen from what is suggested, or typed whole."""
    if not scripts:
        page.fill("#commune", "Lodève")
        return
    page.locator("#commune").press_sequentially("lodev", delay=20)
    page.get_by_role("option", name=re.compile("Lodève")).first.click()


@SCRIPTS
def test_from_the_bakery_to_the_board(browser: Browser, demonstration: Demonstration, scripts: bool) -> None:
    company = f"Boulangerie Vidal {'un' if scripts else 'deux'}"
    with page_of(browser, demonstration) as (board, _):
        sign_in(board, demonstration, REGION)
        before = counted(board, demonstration)
        with page_of(browser, demonstration, width=390, java_script_enabled=scripts) as (page, complaints):
            acknowledgement = ask(page, company, scripts)
            reference = read_acknowledgement(page, scripts)
            assert not complaints or complaints == [one for one in complaints if "422" in one]
        letter_has_left(demonstration, reference)
        with page_of(browser, demonstration, java_script_enabled=scripts) as (page, _):
            adviser_takes_and_closes(page, demonstration, company, scripts)
        with page_of(browser, demonstration, width=390, java_script_enabled=scripts) as (page, _):
            page.goto(acknowledgement)
            assert "Votre demande est close" in page.inner_text("main").replace("\u00a0", " ")
        assert counted(board, demonstration) == before + 1


def read_acknowledgement(page: Page, scripts: bool) -> str:
    """Who, when, why, the secret link; returns the reference."""
    draw(page, f"6-accuse-{scripts}")
    told = re.sub(r"[\u00a0\u202f]", " ", page.inner_text("body"))
    reference = re.search(r"Référence (GO-[\w-]+)", told)
    assert "OPCO EP" in told and reference
    assert re.search(r"au plus tard le\s+\w+ \d", told)
    assert "Chambre de métiers et de l’artisanat" in told and "Hérault" in told
    assert "Convention 843" in told, "why this one leads"
    assert page.url in told, "the secret link"
    if scripts:
        assert not violations(page)
    return reference[1]


def letter_has_left(demonstration: Demonstration, reference: str) -> None:
    """Written with the request, sent by the worker as a file that opens in a browser."""
    with demonstration.app.app_context():
        assert send_waiting().sent >= 1
    folder = Path(demonstration.app.config["GUICHET"].instance_dir) / "letters"
    pages = [path.read_text(encoding="utf-8") for path in folder.glob("*.html")]
    assert any("OPCO EP" in one and reference in one for one in pages)


def adviser_takes_and_closes(page: Page, demonstration: Demonstration, company: str, scripts: bool) -> None:
    sign_in(page, demonstration, OPCO)
    page.goto("/dossiers/")
    draw(page, f"7-dossiers-{scripts}")
    page.get_by_role("link", name=company).click()
    draw(page, f"8-dossier-{scripts}")
    assert "je veux prendre un apprenti" in page.inner_text("main")
    page.get_by_role("button", name="Prendre").click()
    page.get_by_role("button", name="Joint", exact=True).click()
    page.get_by_role("link", name=re.compile("Clore")).click()
    page.get_by_role("button", name=re.compile("Clore")).click()
    assert page.locator(".error-summary").is_visible()
    draw(page, f"9-clore-erreur-{scripts}")
    page.get_by_label("Aide apportée").check()
    page.get_by_role("button", name=re.compile("Clore")).click()
    assert company in page.inner_text("main")
    draw(page, f"10-clos-{scripts}")
