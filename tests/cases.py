"""Companies, branches, people and decisions made up for the tests of case work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import count

from flask import Flask
from flask.testing import FlaskClient
from flask_login.utils import _create_identifier
from sqlalchemy.orm import Session

from app.accounts.abilities import PostFact, Role, Viewer
from app.accounts.models import Post, User
from app.directory.models import Branch, Coverage
from app.directory.records import publish
from app.dossiers.models import Dossier
from app.dossiers.records import open_case
from app.extensions import db, transaction
from app.inquiries.models import Inquiry, Need
from app.kernel.clock import utcnow
from app.reporting.cells import Key
from app.reporting.models import Publication, PublishedCell
from app.routing.facts import Kept, Orientation, Refused, SchemeVerdict
from app.territory.models import Commune, Maison, TerritoryVersion

NUMBERS = count(1)
VERIFIED = date(2026, 11, 2)


@dataclass(frozen=True)
class Desk:
    """A branch and one of its advisers."""

    branch_id: int
    slug: str
    viewer: Viewer


def a_branch(actor: str, slug: str, *, told: bool = True) -> int:
    with transaction() as session:
        branch = Branch(
            slug=slug,
            actor=actor,
            name=f"Antenne {slug}",
            mailbox=f"{slug}@antenne.exemple.fr" if told else None,
            mailbox_verified_on=VERIFIED if told else None,
        )
        session.add(branch)
        session.flush()
        return branch.id


def a_person(name: str) -> int:
    with transaction() as session:
        user = User(name=name, email=f"p{next(NUMBERS)}@exemple.fr")
        session.add(user)
        session.flush()
        return user.id


def a_viewer(name: str, branch_id: int, slug: str, role: Role = Role.ADVISER) -> Viewer:
    """A person who holds one post."""
    user_id = a_person(name)
    with transaction() as session:
        session.add(Post(user_id=user_id, branch_id=branch_id, role=role))
    return Viewer(user_id, name, (PostFact(branch_id, slug, f"Antenne {slug}", role),))


def signed_in(app: Flask, viewer: Viewer) -> FlaskClient:
    """A browser where this person is signed in, without the cost of hashing a password."""
    client = app.test_client()
    with app.app_context():
        user = db.session.get_one(User, viewer.user_id)
        identity = user.fs_uniquifier
    with app.test_request_context(environ_base=client.environ_base):
        browser = _create_identifier()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"], session["_id"] = identity, True, browser
    return client


def a_regional_manager(name: str = "Marc Estève") -> Viewer:
    return _for_the_region(name, Role.REGIONAL_MANAGER)


def an_administrator(name: str = "Line Castan") -> Viewer:
    return _for_the_region(name, Role.ADMINISTRATOR)


def _for_the_region(name: str, role: Role) -> Viewer:
    user_id = a_person(name)
    with transaction() as session:
        session.add(Post(user_id=user_id, role=role))
    return Viewer(user_id, name, (PostFact(None, "", "", role),))


def a_desk(
    actor: str, slug: str, *, told: bool = True, role: Role = Role.ADVISER, name: str = "Sonia Ferrer"
) -> Desk:
    branch_id = a_branch(actor, slug, told=told)
    return Desk(branch_id, slug, a_viewer(name, branch_id, slug, role))


def serves(desk: Desk, kind: str, code: str) -> None:
    """The branch covers this zone."""
    with transaction() as session:
        session.add(Coverage(branch_id=desk.branch_id, kind=kind, code=code))
        publish(session)


def a_territory() -> None:
    """Lodève and two Maisons: enough for a case to find who answers for it at last."""
    with transaction() as session:
        if session.get(Commune, "34142") is not None:
            return
        session.add(Commune(code="34142", name="Lodève", departement="34", population=7400))
        for departement in ("31", "34"):
            session.add(
                Maison(
                    slug=f"mmr-{departement}",
                    name=f"Maison {departement}",
                    departement=departement,
                    status="actif",
                )
            )
        session.add(TerritoryVersion(id=1, number=10_000 + next(NUMBERS)))


def a_maison(slug: str = "mmr-34", name: str = "Nadia Roux") -> Desk:
    a_territory()
    return a_desk("region_mmr", slug, role=Role.MAISON_ADVISER, name=name)


def an_orientation(*branches: tuple[str, str]) -> Orientation:
    """A decision whose kept actors are these (actor, branch), the lead first."""
    kept = [Kept(actor, slug, f"Raison de {actor}", source="Convention du test") for actor, slug in branches]
    return Orientation(
        need="alt_apprenti",
        rulebook="edition-du-test",
        lead=kept[0] if kept else None,
        supports=tuple(kept[1:]),
        refused=(Refused("plie", "Territoire non couvert", source="Répertoire"),),
        schemes=(SchemeVerdict("contrat_apprentissage", "eligible", ("Toute entreprise peut former",)),),
        urgency="haute",
    )


def file_need(
    orientation: Orientation,
    *,
    at: datetime | None = None,
    email: str | None = "contact@boulangerie.exemple.fr",
    company: str = "Boulangerie Vidal",
    siret: str | None = None,
) -> int:
    """File one inquiry with one need; returns the id of the need."""
    with transaction() as session:
        inquiry, need = _rows(session, orientation, company, email)
        inquiry.siret, inquiry.filed_at = siret, at or inquiry.filed_at
        open_case(session, inquiry, need, orientation, at or utcnow())
        return need.id


def _rows(
    session: Session, orientation: Orientation, company: str, email: str | None
) -> tuple[Inquiry, Need]:
    inquiry = Inquiry(
        reference=f"GO-26-T{next(NUMBERS):05}",
        words="Je cherche un apprenti",
        company=company,
        place="Lodève",
        commune="34142",
        departement="34",
        email=email,
    )
    session.add(inquiry)
    session.flush()
    need = Need(
        inquiry_id=inquiry.id,
        key=orientation.need,
        urgency=orientation.urgency,
        answers={"diplome_niveau": 3},
        decision=orientation.trace(),
    )
    session.add(need)
    session.flush()
    return inquiry, need


def dossier_of(need_id: int, branch_id: int) -> Dossier:
    return db.session.query(Dossier).filter_by(need_id=need_id, branch_id=branch_id).one()


def lead_of(need_id: int) -> Dossier:
    return db.session.query(Dossier).filter_by(need_id=need_id, leads=True).one()


def a_publication(quarter: str, cells: dict[Key, int]) -> None:
    """A publication, as the suppression would leave it."""
    with transaction() as session:
        one = Publication(
            quarter=quarter, published_at=utcnow(), settings={"companies": 5, "dominant_percent": 85}
        )
        session.add(one)
        session.flush()
        for key, needs in cells.items():
            place = {"place_kind": key.place.kind, "place_code": key.place.code}
            rest = {"theme": key.theme, "job": key.job, "size": key.size, "needs": needs}
            session.add(PublishedCell(publication_id=one.id, **place, **rest))
