"""Three branches, their Maison and a stranger; three requests of one establishment; whatever any of them does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from app.accounts.abilities import Role
from app.accounts.absence_actions import enter_absence
from app.accounts.actions import deactivate
from app.dossiers.actions import close, decline, reopen, resume, take, wait
from app.dossiers.call_actions import log_call
from app.dossiers.calls import Call
from app.dossiers.going_on_actions import explain, reopen_by_company
from app.dossiers.handover_actions import accept, ask_support, end_offer, offer, refuse
from app.dossiers.join_actions import join
from app.dossiers.lifecycle import DeclineReason, Outcome, ReopenReason, WithdrawReason
from app.dossiers.models import Dossier
from app.dossiers.reassign_actions import reassign
from app.dossiers.reminder_actions import give_back_all, remind_due
from app.dossiers.requalify_actions import requalify
from app.dossiers.undo_actions import undo
from app.exchanges.actions import Written, adviser_writes, company_writes
from app.exchanges.audiences import Audience
from app.exchanges.follow_actions import correct, renew_link, say_called, say_not_called, withdraw_needs
from app.extensions import db
from app.inquiries.contacts import Contact
from app.inquiries.models import Need
from app.kernel.clock import today
from app.mailbox.queue import tick
from app.opinions.actions import Given, give_opinion
from app.opinions.words import Useful
from tests.cases import Desk, a_desk, a_maison, a_viewer, an_administrator, an_orientation, file_need, serves

SIRET = "73282932000074"
SLUGS = ("opco-34", "cma-34", "cci-34", "mmr-34")
NEEDS = ("alt_apprenti", "for_salaries", "rec_etranger", "alt_tuteur")


@dataclass(frozen=True)
class World:
    """`people`: the three branches then the Maison, then a second person of each branch, its manager."""

    people: list[Desk]
    stranger: Desk
    administrator: int
    needs: list[int]

    @property
    def teams(self) -> list[Desk]:
        return self.people[:4]

    @property
    def maison(self) -> Desk:
        return self.people[3]


def a_world() -> World:
    maison = a_maison()
    teams = [*(a_desk(slug.partition("-")[0], slug) for slug in SLUGS[:-1]), maison]
    stranger = a_desk("geiq", "geiq-31", name="Line Puech")
    for desk in teams:
        serves(desk, "departement", "34")
    managers = [
        Desk(one.branch_id, one.slug, a_viewer("Paul Rey", one.branch_id, one.slug, Role.BRANCH_MANAGER))
        for one in teams[:-1]
    ]
    opco, cma, cci = ((slug.partition("-")[0], slug) for slug in SLUGS[:-1])
    orders = ((opco, cma, cci), (opco,), (cma, opco))
    needs = [file_need(an_orientation(*order), siret=SIRET) for order in orders]
    return World([*teams, *managers], stranger, an_administrator().user_id, needs)


Verb = Callable[[Desk, Dossier, int], object]
BY_A_BRANCH: dict[str, Verb] = {
    "take": lambda desk, one, _: take(desk.viewer, one.id, one.version),
    "decline": lambda desk, one, _: decline(desk.viewer, one.id, one.version, DeclineReason.NO_CAPACITY),
    "close": lambda desk, one, _: close(desk.viewer, one.id, one.version, Outcome.HELPED),
    "contact": lambda desk, one, _: log_call(desk.viewer, one.id, Call.REACHED),
    "no answer": lambda desk, one, _: log_call(desk.viewer, one.id, Call.NO_ANSWER),
    "explain": lambda desk, one, _: explain(desk.viewer, one.id, one.version, "Le candidat arrive lundi."),
    "wait": lambda desk, one, _: wait(desk.viewer, one.id, one.version),
    "resume": lambda desk, one, _: resume(desk.viewer, one.id, one.version),
    "reopen": lambda desk, one, _: reopen(desk.viewer, one.id, one.version, ReopenReason.NEW_FACT),
    "offer": lambda desk, one, n: offer(
        desk.viewer, one.id, one.version, SLUGS[n % len(SLUGS)], knowingly=n > 3
    ),
    "accept": lambda desk, one, _: accept(desk.viewer, one.id, one.version),
    "refuse": lambda desk, one, _: refuse(desk.viewer, one.id, one.version, DeclineReason.NO_CAPACITY),
    "end_offer": lambda desk, one, _: end_offer(desk.viewer, one.id, one.version),
    "support": lambda desk, one, n: ask_support(
        desk.viewer, one.id, one.version, SLUGS[n % len(SLUGS)], knowingly=n > 3
    ),
    "requalify": lambda desk, one, n: requalify(desk.viewer, one.id, one.version, NEEDS[n % len(NEEDS)]),
    "join": lambda desk, one, n: join(desk.viewer, one.id, one.version, n + 1),
    "reassign": lambda desk, one, n: reassign(desk.viewer, one.id, one.version, desk.viewer.user_id + n // 4),
    "undo": lambda desk, one, _: undo(desk.viewer, one.id, one.version),
    "stale": lambda desk, one, _: take(desk.viewer, one.id, one.version - 1),
    "write": lambda desk, one, n: adviser_writes(
        desk.viewer, one.id, tuple(Audience)[n % len(Audience)], Written("Bonjour", f"a{one.id}-{n}")
    ),
}

BY_THE_COMPANY: dict[str, Callable[[int, int, int], object]] = {
    "called": lambda inquiry, need, _: say_called(inquiry, need, today()),
    "not called": lambda inquiry, need, _: say_not_called(inquiry, need),
    "withdraw": lambda inquiry, need, _: withdraw_needs(inquiry, [need], WithdrawReason.SOLVED),
    "correct": lambda inquiry, _, n: correct(
        inquiry, Contact("Zoé", f"zoe{n}@exemple.fr", "0639981204", None)
    ),
    "renew": lambda inquiry, _need, _: renew_link(inquiry),
    "come back": lambda inquiry, need, _: reopen_by_company(inquiry, need),
    "write": lambda inquiry, need, n: company_writes(
        inquiry, need, Written("Où en est ma demande ?", f"c{need}-{n}")
    ),
    "opinion": lambda inquiry, need, _: give_opinion(
        inquiry, need, Given(True, next(iter(Useful)), None, None)
    ),
}

BY_THE_HOUSE: dict[str, Callable[[World, int], object]] = {
    "tick": lambda _world, _n: tick(),
    "remind": lambda _world, _n: remind_due(),
    "absence": lambda world, n: _absence(world.people[4 + n % 3]),
    "departure": lambda world, n: _departure(world, world.people[n % 3].viewer.user_id),
}


def _absence(manager: Desk) -> None:
    user = manager.viewer.user_id
    enter_absence(manager.viewer, manager.branch_id, user, today(), today() + timedelta(days=3), None)


def _departure(world: World, user_id: int) -> None:
    deactivate(user_id, world.administrator)
    give_back_all(user_id)


def acts_for_the_company(world: World, gesture: str, number: int) -> None:
    need = db.session.get_one(Need, world.needs[number % len(world.needs)])
    BY_THE_COMPANY[gesture](need.inquiry_id, need.id, number)
