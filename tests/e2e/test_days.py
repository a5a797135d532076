"""The day of a Maison's adviser, and that of an administrator, in a real browser; without JavaScript, then with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import Demonstration
from tests.e2e.walk import page_of, sign_in, violations

MAISON, ADMINISTRATOR = "nadia.roux@exemple.fr", "line.castan@exemple.fr"
SCRIPTS = pytest.mark.parametrize("scripts", [False, True], ids=["without scripts", "with scripts"])
HEADER = "annee;type_zone;code_zone;fap;emplois;moins_30;plus_50;source"
COMPANY = "Fournil du Larzac fictif"


def said(page: Page) -> str:
    return re.sub(r"[\u00a0\u202f]", " ", page.inner_text("main"))


def click(page: Page, name: str) -> None:
    page.get_by_role("button", name=re.compile(name)).first.click()


@SCRIPTS
def test_the_maison_types_for_a_company_then_leads_and_animates(
    browser: Browser, demonstration: Demonstration, scripts: bool
) -> None:
    with page_of(browser, demonstration, java_script_enabled=scripts) as (page, _):
        sign_in(page, demonstration, MAISON)
        page.goto("/maison/")
        orphans = page.locator(".tile", has_text="Sans responsable").first
        assert re.search(r"\b0\b", orphans.inner_text()), "nobody is ever without someone"
        page.goto("/maison/saisie")
        page.get_by_label(re.compile("téléphone", re.IGNORECASE)).first.check()
        click(page, "Commencer")
        page.fill("#words", "je veux prendre un apprenti en boulangerie")
        click(page, "Continuer")
        page.get_by_label("Je veux prendre un apprenti").check()
        click(page, "Continuer")
        page.fill("#company", f"{COMPANY} {scripts}")
        page.fill("#commune", "34700 Lodève")
        page.fill("#workforce", "4")
        click(page, "Continuer")
        page.fill("#contact_name", "Claire Vidal")
        page.fill("#phone", "06 39 98 12 04")
        click(page, "Vérifier mes réponses")
        assert page.locator(".error-summary").is_visible(), "no request without the company's agreement"
        page.locator("input[name=consent_how]").first.check()
        page.fill("#consent_by", "Claire Vidal")
        page.locator("#consent").check()
        click(page, "Vérifier mes réponses")
        click(page, "Envoyer")
        assert "Imprimez cette page" in page.inner_text("body") and "Référence" in page.inner_text("body")
        transmits_and_reads_the_place(page)


def transmits_and_reads_the_place(page: Page) -> None:
    """What is to be passed on is passed on; the place's own lists open from its tabs."""
    page.goto("/maison/")
    if page.get_by_role("button", name=re.compile("Transmis")).count():
        before = page.get_by_role("button", name=re.compile("Transmis")).count()
        click(page, "Transmis")
        assert page.get_by_role("button", name=re.compile("Transmis")).count() == before - 1
    for tab in ("Pilotés par la Maison", "Besoins collectifs", "Actions"):
        page.get_by_role("link", name=tab, exact=True).first.click()
        assert page.locator("h1").count() == 1
    page.goto("/territoires/commune/34142")
    assert "Qui répond ici" in said(page)


@SCRIPTS
def test_the_administrator_brings_figures_and_sets_the_working_days(
    browser: Browser, demonstration: Demonstration, scripts: bool, tmp_path: Path
) -> None:
    year = 2024 + scripts
    wrong, right = tmp_path / "faux.csv", tmp_path / "ages.csv"
    row = f"{year};departement;34;;430000;90000;132000;Observatoire fictif"
    wrong.write_text(f"{HEADER}\n{row}\n{year};departement;34;A0X40;dix;1;1;Observatoire fictif\n", "utf-8")
    right.write_text(f"{HEADER}\n{row}\n", "utf-8")
    with page_of(browser, demonstration, java_script_enabled=scripts) as (page, _):
        sign_in(page, demonstration, ADMINISTRATOR)
        brings(page, wrong, tried=True)
        assert "Ce n’est pas un nombre entier positif" in said(page), "the row and its reason"
        brings(page, right)
        assert "Les lignes lisibles sont enregistrées" in said(page)
        page.goto("/territoires/departement/34")
        assert "430 000" in said(page) and "Observatoire fictif" in said(page)
        sets_and_withdraws_a_line(page)
        for url in ("lettres/", "couverture/", "propositions/", "personnes/", "antennes/?q=opco"):
            answer = page.goto(f"/administration/{url}")
            assert answer is not None and answer.status == 200
        if scripts:
            assert not violations(page)


def brings(page: Page, file: Path, *, tried: bool = False) -> None:
    """The page proposes to try first; then for good."""
    page.goto("/administration/donnees/importer")
    page.locator("input[name=kind][value=ages]").check()
    page.locator("#dry_run").set_checked(tried)
    page.set_input_files("input[type=file]", str(file))
    page.locator("main form button[type=submit]").first.click()


def sets_and_withdraws_a_line(page: Page) -> None:
    """Five days instead of the usual, then the usual again."""
    page.goto("/administration/delais/")
    lines = page.get_by_role("button", name=re.compile("Retirer")).count()
    page.locator("input[name=urgency]").first.check()
    for name, days in zip(
        ("first_contact", "reminder", "second", "manager", "maison", "explain", "silence"),
        (3, 1, 2, 3, 5, 30, 15),
        strict=True,
    ):
        page.fill(f"#{name}", str(days))
    click(page, "Enregistrer")
    assert page.get_by_role("button", name=re.compile("Retirer")).count() == lines + 1
    click(page, "Retirer")
    assert page.get_by_role("button", name=re.compile("Retirer")).count() == lines
