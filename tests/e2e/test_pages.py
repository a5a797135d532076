"""Every page for every role: axe finds nothing, the console says nothing, nothing is wider than the telephone."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from app.accounts.abilities import ABILITIES, Ability, Role
from app.collective.acting import ActionKind, Reply
from app.collective.models import Agreement, CollectiveAction, CollectiveNeed
from app.collective.words import Method
from app.directory.models import Branch
from app.dossiers.lifecycle import Status
from app.dossiers.models import Dossier
from app.extensions import db, transaction
from app.gpec.imports import import_bmo, import_rome_fap
from app.inquiries.actions import start_draft
from app.inquiries.links import token_for
from app.inquiries.models import Inquiry
from app.kernel.clock import today, utcnow
from app.proposals.models import BranchProposal
from app.web.doors import ANYONE, CAPABILITY_LINK, POLICIES, SIGNED_IN
from app.workbench.models import ModelAnswer, Prescription, Task
from tests.e2e.conftest import Demonstration
from tests.e2e.walk import overflow, page_of, sign_in, skeleton, violations
from tests.web.company.baker import CONTACT, NEED, PLACE

NO_PAGE = {
    "adviser.piece",
    "adviser.summary_file",
    "following.piece",
    "static",
    "territories.drawing",
    "territories.export",
    "expressed.dictionary",
    "expressed.drawing",
    "expressed.export",
    "expressed.whole",
    "governance.printed",
    "health.healthz",
    "health.readyz",
    "jobs.drawing",
    "jobs.export",
    "lookup.communes",
    "manager.drawing",
    "manager.export",
    "public.favicon",
    "public.robots",
    "company.resume",
    "signin.home",
}
"""What answers GET with something else than a page of its own."""
ROLES: Mapping[str, tuple[str | None, Role | None]] = {
    "anyone": (None, None),
    "adviser": ("sonia.ferrer@exemple.fr", Role.ADVISER),
    "branch_manager": ("helene.pujol@exemple.fr", Role.BRANCH_MANAGER),
    "maison_adviser": ("nadia.roux@exemple.fr", Role.MAISON_ADVISER),
    "regional_manager": ("marc.esteve@exemple.fr", Role.REGIONAL_MANAGER),
    "administrator": ("line.castan@exemple.fr", Role.ADMINISTRATOR),
}
BRANCH = {"adviser": "opco-ep-occitanie", "branch_manager": "opco-ep-occitanie", "maison_adviser": "mmr-34"}
GESTURES = ("prendre", "confier", "clore")
PROVE = bool(os.environ.get("GUICHET_PROVE"))
WIDTHS = (320, 360, 768, 1280) if PROVE else (360, 1280)
EXAMINED_AT = (320, 1280) if PROVE else (360,)
HEIGHT = 900
SCHEMES = ("light", "dark") if PROVE else ("light",)


def _proposed() -> int:
    """A local actor as a list of the DILA would propose it; everything about it is invented."""
    with transaction() as session:
        row = BranchProposal(
            source="local-services",
            reference="fictif-1",
            actor="mission_locale",
            name="Mission locale fictive du Lodévois",
            commune="34142",
            served=["34142"],
            address="1 rue inventée, 34700, Lodève",
        )
        session.add(row)
        session.flush()
        return row.id


def _collective() -> list[int]:
    """A collective need and a weak signal of the Hérault, without request, beside that of the demonstration."""
    limits = {"days": 60, "past_days": 365, "alpha": 0.01}
    past = {"signals": 6, "past": 7, "past_days": 365, "expected": 1.2, "limit": 4}
    on = {"on": today().isoformat()}
    shown = (
        on | {"signals": 6, "companies": 4, "threshold": {"signals": 5, "companies": 3, "days": 180}},
        on | {"past": past, "limits": limits},
    )
    with transaction() as session:
        rows = [
            CollectiveNeed(
                family="S0X42",
                theme="recruter" if method is Method.THRESHOLD else "former",
                place_kind="departement",
                place_code="34",
                method=method,
                opened_on=today(),
                since=today(),
                signals=6,
                companies=4,
                shown=numbers,
            )
            for method, numbers in zip(Method, shown, strict=True)
        ]
        session.add_all(rows)
        session.flush()
        return list(session.scalars(select(CollectiveNeed.id)))


def _action(need_id: int, inquiry_id: int) -> int:
    """An action planned on a need, whose one company is asked."""
    with transaction() as session:
        bearer = session.scalars(select(Branch.id).where(Branch.slug == BRANCH["adviser"])).one()
        row = CollectiveAction(
            collective_need_id=need_id,
            kind=ActionKind.FORUM,
            title="Rencontre fictive avec des candidats",
            bearer_id=bearer,
            planned_on=today(),
            created_at=utcnow(),
            created_by_id=1,
        )
        session.add(row)
        session.flush()
        session.add(Agreement(action_id=row.id, inquiry_id=inquiry_id, reply=Reply.AGREED, asked_at=utcnow()))
        return row.id


def _surveyed(folder: Path) -> None:
    """A survey and a passage made up for one job of two families: every figure is invented."""
    header = "annee;Code métier BMO;Nom métier BMO;REG;Dept;BE24;NOMBE24;met;xmet;smet"
    rows = (
        "2024;S0X42;Boulangers fictifs;76;34;7640;LODEVE;100;70;0",
        "2024;S1X40;Autres;76;31;7617;X;*;*;*",
    )
    passage = ("ROME;Intitule_ROME;Qualif;FAP341", "D1102;Boulangerie fictive;0;S0X42", "D1102;X;5;S1X40")
    for name, lines, bring in (("bmo", (header, *rows), import_bmo), ("passage", passage, import_rome_fap)):
        path = folder / f"{name}.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        bring(path)


def addresses(app: Flask) -> dict[str, list[str]]:
    """Endpoint → the addresses that show each face of its page. Built on the demonstration's own rows."""
    with app.app_context():
        draft = start_draft(_typed({**NEED, **PLACE, **CONTACT}))
        bare = start_draft(_typed({"words": "je cherche un apprenti boulanger"}))
        outside = start_draft(_typed({"needs": ["hc_pas_rh"]}))
        inquiry = db.session.scalars(select(Inquiry).order_by(Inquiry.id)).first()
        assert inquiry is not None
        proposal, collective = _proposed(), _collective()
        action = _action(collective[1], inquiry.id)
        _surveyed(Path(app.instance_path))
        model = db.session.scalars(select(ModelAnswer.id)).first()
        link = token_for(inquiry.id, inquiry.link_version)
        ended = db.session.scalars(
            select(Dossier).where(Dossier.status == Status.CLOSED, Dossier.leads)
        ).first()
        assert ended is not None
        ended_link, ended_need = token_for(ended.inquiry_id, 1), ended.need_id
    new = "/demandes/nouvelle"
    return {
        "public.home": ["/"],
        "public.accessibility": ["/accessibilite"],
        "public.algorithm": ["/comment-ca-marche"],
        "public.data": ["/donnees"],
        "public.legal": ["/mentions"],
        "selfcheck.questions": ["/faire-le-point"],
        "jobs.index": ["/metiers/", "/metiers/?q=boulanger", "/metiers/?q=zzz"],
        "jobs.job": ["/metiers/D1102"],
        "territories.index": ["/territoires/"],
        "expressed.table": ["/besoins-exprimes/", "/besoins-exprimes/?lieu=departement:34"],
        "territories.territory": [
            "/territoires/commune/34142",
            "/territoires/epci/200017341",
            "/territoires/departement/34",
            "/territoires/region/76",
        ],
        "company.start": [new, f"{new}?theme=recruter", f"{new}?liste=sujets"],
        "company.need": [
            f"{new}/{bare}/besoin",
            f"{new}/{draft}/besoin",
            f"{new}/{draft}/besoin?theme=former",
        ],
        "company.establishment": [f"{new}/{draft}/etablissement"],
        "company.contact": [f"{new}/{draft}/contact"],
        "company.review": [f"{new}/{draft}/relire"],
        "company.elsewhere": [f"{new}/{outside}/ailleurs"],
        "company.later": [f"{new}/{draft}/plus-tard", f"{new}/{draft}/plus-tard?envoye=oui"],
        "company.outside": [f"{new}/ailleurs"],
        "following.inquiry": [f"/demandes/{link}/", f"/demandes/{ended_link}/", "/demandes/1-inconnu/"],
        "following.called": [f"/demandes/{link}/appel/1"],
        "following.correct": [f"/demandes/{link}/coordonnees"],
        "following.opinion": [f"/demandes/{ended_link}/avis/{ended_need}", f"/demandes/{link}/avis/1"],
        "following.result": [f"/demandes/{ended_link}/resultat/{ended_need}/3"],
        "following.renew": [f"/demandes/{link}/lien"],
        "following.withdraw": [f"/demandes/{link}/retirer"],
        "lost_link.ask": ["/demandes/mon-lien"],
        "security.login": ["/connexion"],
        "security.change_password": ["/espace/mot-de-passe"],
        "security.verify": ["/espace/verifier"],
        "adviser.desk": [
            "/dossiers/",
            *(f"/dossiers/?onglet={tab}" for tab in ("a-moi", "pris", "clos", "retard", "en-attente")),
            "/dossiers/?q=boulangerie&tri=entreprise&urgence=haute",
            "/dossiers/?q=introuvable",
        ],
        "adviser.capture": [],
        "adviser.case": [],
        "adviser.close": [],
        "adviser.explain": [],
        "adviser.decision": [],
        "adviser.decline": [],
        "adviser.ask_support": [],
        "adviser.hand_over": [],
        "adviser.refuse_relay": [],
        "adviser.requalify": [],
        "adviser.wait": [],
        "adviser.reopen": [],
        "adviser.letters": ["/dossiers/courriels"],
        "adviser.lot": ["/dossiers/lot?geste=clore", "/dossiers/lot?geste=prendre&ligne=1-1"],
        "adviser.model_answer": [],
        "adviser.model_answers": ["/dossiers/reponses-types/"],
        "adviser.new_model_answer": [],
        "adviser.new_task": [],
        "adviser.scheme": [],
        "adviser.summary": [],
        "adviser.task": [],
        "adviser.tasks": ["/dossiers/taches/", "/dossiers/taches/?liste=equipe"],
        "local.home": ["/maison/"],
        "local.territory": ["/maison/territoire"],
        "planning.actions": ["/maison/actions/"],
        "planning.plan": [f"/maison/actions/nouvelle?besoin={collective[0]}"],
        "planning.action": [f"/maison/actions/{action}/"],
        "adviser.borne": ["/dossiers/actions-collectives"],
        "collective.needs": [
            f"/maison/besoins-collectifs/{asked}" for asked in ("", "?liste=faibles", "?liste=repondus")
        ],
        "collective.need": [f"/maison/besoins-collectifs/{one}/" for one in collective],
        "counter.start": ["/maison/saisie"],
        "local.list_to_transmit": ["/maison/a-transmettre"],
        "manager.board": ["/pilotage/", "/pilotage/?du=hier", "/pilotage/?departement=48&du=2026-01-01"],
        "manager.late": ["/pilotage/retards"],
        "governance.choose": ["/seances/"],
        "governance.read": ["/seances/dossier?lieu=departement:34"],
        "manager.team": [],
        "manager.teams": ["/pilotage/equipe"],
        "admin.home": ["/administration/"],
        "admin.letters": ["/administration/lettres/"],
        "admin.deadlines": ["/administration/delais/"],
        "admin.branches": ["/administration/antennes/", "/administration/antennes/?q=zzz"],
        "admin.branch": ["/administration/antennes/opco-ep-occitanie/"],
        "admin.new_branch": ["/administration/antennes/nouvelle"],
        "admin.agreements": ["/administration/conventions/"],
        "admin.agreement": ["/administration/conventions/843/"],
        "admin.model_answers": ["/administration/reponses-types/"],
        "admin.new_model_answer": ["/administration/reponses-types/nouvelle"],
        "admin.model_answer": [f"/administration/reponses-types/{model}/"],
        "admin.datasets": ["/administration/donnees/"],
        "admin.import_file": ["/administration/donnees/importer"],
        "admin.proposals": ["/administration/propositions/", "/administration/propositions/?etat=ecartee"],
        "admin.proposal": [f"/administration/propositions/{proposal}/"],
        "admin.coverage": ["/administration/couverture/"],
        "admin.people": ["/administration/personnes/"],
        "admin.person": ["/administration/personnes/1/"],
        "admin.new_person": ["/administration/personnes/nouvelle"],
    }


def _typed(data: Mapping[str, object]) -> dict[str, list[str]]:
    return {
        name: [str(one) for one in value] if isinstance(value, list) else [str(value)]
        for name, value in data.items()
    }


def cases_of(app: Flask, role: str) -> dict[str, list[str]]:
    """The case pages of this role: one dossier in each state."""
    if role not in BRANCH:
        return {}
    with app.app_context():
        rows = db.session.execute(
            select(Dossier.status, Dossier.id)
            .join(Branch, Branch.id == Dossier.branch_id)
            .where(Branch.slug == BRANCH[role])
            .order_by(Dossier.id)
        ).all()
        followed = db.session.execute(
            select(Prescription.dossier_id, Prescription.id)
            .join(Dossier, Dossier.id == Prescription.dossier_id)
            .join(Branch, Branch.id == Dossier.branch_id)
            .where(Branch.slug == BRANCH[role])
            .limit(2)
        ).all()
        tasks = db.session.execute(
            select(Task.dossier_id, Task.id)
            .join(Branch, Branch.id == Task.branch_id)
            .where(Branch.slug == BRANCH[role], Task.done_at.is_(None))
            .limit(1)
        ).all()
    one_each = dict(list(rows))
    taken = one_each.get(Status.TAKEN)
    received = one_each.get(Status.RECEIVED)
    closed = one_each.get(Status.CLOSED)
    return {
        "adviser.case": [
            f"/dossiers/{one}/{tab}"
            for one in one_each.values()
            for tab in ("", "?fil=acteurs", "?fil=equipe")
        ],
        "adviser.summary": [f"/dossiers/{one}/synthese" for one in list(one_each.values())[:1]],
        "adviser.decision": [f"/dossiers/{one}/decision" for one in list(one_each.values())[:1]],
        "adviser.capture": [f"/dossiers/{taken}/constat"] if taken else [],
        "adviser.close": [f"/dossiers/{taken}/clore"] if taken else [],
        "adviser.lot": [f"/dossiers/lot?geste={one}&ligne={taken}-1&ligne={received}-1" for one in GESTURES],
        "adviser.ask_support": [f"/dossiers/{taken}/appui"] if taken else [],
        "adviser.hand_over": [f"/dossiers/{taken}/passer"] if taken else [],
        "adviser.refuse_relay": [f"/dossiers/{received}/relais/refuser"] if received else [],
        "adviser.explain": [f"/dossiers/{taken}/expliquer"] if taken else [],
        "adviser.requalify": [f"/dossiers/{taken}/requalifier"] if taken else [],
        "adviser.wait": [f"/dossiers/{taken}/attendre"] if taken else [],
        "adviser.reopen": [f"/dossiers/{closed}/rouvrir"] if closed else [],
        "adviser.new_model_answer": ["/dossiers/reponses-types/nouvelle"] if role != "adviser" else [],
        "adviser.new_task": [f"/dossiers/{taken}/taches/nouvelle"] if taken else [],
        "adviser.task": [f"/dossiers/{dossier}/taches/{one}" for dossier, one in tasks],
        "adviser.scheme": [f"/dossiers/{dossier}/aides/{one}" for dossier, one in followed],
        "adviser.decline": [f"/dossiers/{received}/decliner"] if received else [],
    }


@pytest.fixture(scope="module")
def known(demonstration: Demonstration) -> dict[str, list[str]]:
    return addresses(demonstration.app)


def test_no_page_is_missing_from_the_enumeration(
    demonstration: Demonstration, known: dict[str, list[str]]
) -> None:
    pages = {
        rule.endpoint for rule in demonstration.app.url_map.iter_rules() if "GET" in (rule.methods or ())
    }
    assert pages - NO_PAGE == set(known), "add the page to `addresses`, or say why it is none"


def open_to(role: Role | None, endpoint: str) -> bool:
    policy = POLICIES[endpoint.rpartition(".")[0]]
    if endpoint in {"security.change_password", "security.verify"}:
        return role is not None
    if policy in (ANYONE, CAPABILITY_LINK):
        return True
    if role is None:
        return False
    return policy == SIGNED_IN or (isinstance(policy, Ability) and policy in ABILITIES[role])


def visits(app: Flask, known: dict[str, list[str]], role: str) -> Iterator[str]:
    own = cases_of(app, role)
    for endpoint, urls in known.items():
        if open_to(ROLES[role][1], endpoint):
            yield from (*urls, *own.get(endpoint, ()))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_page_for_every_role(
    browser: Browser, demonstration: Demonstration, known: dict[str, list[str]], scheme: str
) -> None:
    examined: set[tuple[int, str]] = set()
    wrong: list[str] = []
    for role, (email, _) in ROLES.items():
        with page_of(browser, demonstration, width=WIDTHS[0], color_scheme=scheme) as (page, complaints):
            if email:
                sign_in(page, demonstration, email)
            for url in visits(demonstration.app, known, role):
                complaints.clear()
                wrong += [f"{role} {scheme} {url}: {one}" for one in looked_at(page, url, examined)]
                wrong += [f"{role} {url}: console: {one}" for one in complaints if not expected(one, url)]
    assert not wrong, "\n".join(wrong)
    assert len(examined) > 30


def looked_at(page: Page, url: str, examined: set[tuple[int, str]]) -> list[str]:
    """What is wrong with a page at each width; axe runs once for each distinct skeleton."""
    page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})
    answer = page.goto(url)
    assert answer is not None
    if answer.status not in {200, 400, 404} or (answer.status == 404) != ("inconnu" in url):
        return [f"answers {answer.status}"]
    said = [f"{page.locator('h1').count()} h1"] if page.locator("h1").count() != 1 else []
    shape = skeleton(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        said += [f"wider than {width}: {one}" for one in overflow(page)]
        if width in EXAMINED_AT and (width, shape) not in examined:
            examined.add((width, shape))
            said += [f"{width}: {one}" for one in violations(page)]
    return said


def expected(complaint: str, url: str) -> bool:
    """A page that answers an error on purpose is told by the browser's console as well."""
    return "status of 4" in complaint and ("inconnu" in url or "du=hier" in url)
