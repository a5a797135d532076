"""What the owner reads once the request is filed: who, by when, why, and which schemes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from flask import current_app, url_for

from app.dossiers.clocks import local_day
from app.dossiers.following import Followed
from app.dossiers.lifecycle import Outcome, Status
from app.dossiers.likeness import joined_to
from app.inquiries.links import token_for
from app.routing.facts import Verdict
from app.routing.rulebook import REGIONAL_DESK, Rulebook
from app.web.branch_names import short_name
from app.web.company.plainly import in_full, origin, plainly, some

if TYPE_CHECKING:
    from app.inquiries.models import Inquiry, Need

FIRST_CONTACT = "Premier échange"
AWAITED = "Prise en charge attendue"
TAKES_OVER = "L’acteur prévu ne peut pas suivre. Celui-ci prend le relais."
ASKED, TO_CHECK = "À préciser", "À vérifier"
"""How the engine begins the reason that lists what is missing; said here from the list itself."""
MOST_MISSING = 3
ENDED = {
    Outcome.HELPED: "Une aide vous a été apportée.",
    Outcome.STEERED: "Vous êtes orienté vers une aide.",
    Outcome.NO_HELP: "Aucune aide n’est disponible pour ce besoin.",
    Outcome.UNREACHABLE: "Personne n’a pu vous joindre.",
    Outcome.WITHDRAWN: "Vous avez retiré cette demande.",
    Outcome.NO_NEWS: "Elle est restée sans nouvelles de votre part.",
    Outcome.JOINED: "Elle est suivie avec une autre de vos demandes.",
}
SHOWN_FIRST = (Verdict.ELIGIBLE, Verdict.TO_CHECK)


class Acknowledgement:
    """An inquiry as its own company sees it."""

    def __init__(
        self,
        inquiry: Inquiry,
        needs: Sequence[Need],
        dossiers: Sequence[Followed],
        book: Rulebook,
        today: date,
    ) -> None:
        self.inquiry, self.book, self.today = inquiry, book, today
        self.needs = [
            NeedView(need, [one for one in dossiers if one.need_id == need.id], book, today) for need in needs
        ]

    @property
    def first(self) -> NeedView:
        return self.needs[0]

    @property
    def open(self) -> bool:
        """Is somebody still to answer?"""
        return any(need.lead is None or need.lead.closed_at is None for need in self.needs)

    @property
    def awaited(self) -> bool:
        """Is a first call still to come?"""
        return any(need.state in (State.COMING, State.UNTOLD, State.LATE) for need in self.needs)

    @property
    def late(self) -> bool:
        return any(need.state == State.LATE for need in self.needs)

    @property
    def to_prepare(self) -> list[str]:
        """What saves time during the call: only what was not told."""
        missing = dict.fromkeys(text for need in self.needs for text in need.unasked)
        told = (
            ("Une fiche de paie : le nom de votre convention collective y est écrit.", self.inquiry.idcc),
            ("Votre numéro SIRET : ses 14 chiffres sont sur vos factures.", self.inquiry.siret),
        )
        asked = [f"La réponse à\u00a0: «\u00a0{text}\u00a0»" for text in [*missing][:MOST_MISSING]]
        return [*(sentence for sentence, known in told if not known), *asked]

    @cached_property
    def link(self) -> str:
        """The whole secret address, to copy or print."""
        base: str = current_app.config["GUICHET"].base_url
        return base + url_for(
            "following.inquiry", token=token_for(self.inquiry.id, self.inquiry.link_version)
        )


class State:
    """Where a need stands, as its card says it."""

    CLOSED, AWAITS, TALKED = "closed", "awaits", "talked"
    LATE, UNTOLD, COMING = "late", "untold", "coming"


class NeedView:
    """One need: its decision as stored, its dossiers as they stand."""

    def __init__(self, need: Need, dossiers: Sequence[Followed], book: Rulebook, today: date) -> None:
        self.need, self.book, self.today = need, book, today
        self.decision: Mapping[str, Any] = need.decision or {}
        self.dossiers = dossiers

    @property
    def label(self) -> str:
        known = self.book.needs.get(self.need.key)
        return known.label if known else self.need.key

    @property
    def lead(self) -> Followed | None:
        return next((one for one in self.dossiers if one.leads), None)

    @property
    def state(self) -> str:
        """What the card announces: never a call to come once it took place, nor a date that passed."""
        lead = self.lead
        if lead is None or lead.closed_at:
            return State.CLOSED
        if lead.waiting:
            return State.AWAITS
        if lead.contacted_on:
            return State.TALKED
        if lead.due < self.today:
            return State.LATE
        return State.COMING if lead.told or lead.actor == REGIONAL_DESK else State.UNTOLD

    @property
    def asks_call(self) -> bool:
        """Is it time to ask whether somebody called? Once a branch says so, or from the day after filing."""
        lead = self.lead
        if lead is None or lead.closed_at or lead.confirmed:
            return False
        return lead.contacted_on is not None or local_day(lead.filed_at) < self.today

    @property
    def closed_by_silence(self) -> bool:
        """The company alone opens it again, in one click."""
        return self.lead is not None and self.lead.outcome == Outcome.NO_NEWS

    @property
    def ending(self) -> str:
        """How it ended, in a sentence."""
        outcome = self.lead.outcome if self.lead else None
        return ENDED[Outcome(outcome)] if outcome else ""

    @cached_property
    def joined(self) -> str | None:
        """The reference of the request this need is answered with. Never its link: whoever filed this one may have
        typed the SIRET and the address of somebody else; the link goes to that address alone, when asked for."""
        main = joined_to(self.need)
        return main.reference if main else None

    @property
    def gave_up(self) -> list[str]:
        """Who was to lead and could not."""
        return [one.branch for one in self.dossiers if one.asked_to_lead and one.status == Status.DECLINED]

    @property
    def supports(self) -> list[tuple[Followed, str]]:
        """The branches beside the lead, each with what brings it here."""
        open_ = (Status.RECEIVED, Status.TAKEN)
        return [(one, self.reason_of(one)) for one in self.dossiers if not one.leads and one.status in open_]

    def reason_of(self, one: Followed) -> str:
        kept = [self.decision.get("lead"), *(self.decision.get("supports") or ())]
        found = (row["reason"] for row in kept if row and row["actor"] == one.actor)
        return plainly(str(next(found, TAKES_OVER)))

    @property
    def origin(self) -> str:
        """Where the choice of the lead comes from, and when it was checked."""
        row = self.decision.get("lead") or {}
        if self.lead is None or row.get("actor") != self.lead.actor:
            return ""
        dated = (rule.verified_on for rule in self.book.rules if rule.key == row.get("rule"))
        return origin(str(row.get("source") or ""), next(dated, ""))

    @property
    def refused(self) -> list[tuple[str, str]]:
        return [
            (self._actor(row["actor"]), plainly(row["reason"])) for row in self.decision.get("refused") or ()
        ]

    @cached_property
    def schemes(self) -> list[dict[str, Any]]:
        """Those that may fit, the sure ones first."""
        rows = [self._scheme(row) for row in self.decision.get("schemes") or ()]
        kept = [row for row in rows if row["verdict"] in SHOWN_FIRST]
        return sorted(kept, key=lambda row: SHOWN_FIRST.index(row["verdict"]))

    @cached_property
    def other_schemes(self) -> list[dict[str, Any]]:
        rows = [self._scheme(row) for row in self.decision.get("schemes") or ()]
        return [row for row in rows if row["verdict"] not in SHOWN_FIRST]

    @property
    def unasked(self) -> list[str]:
        """The questions that would settle the schemes, the most awaited first."""
        rows = [row for row in self.decision.get("schemes") or () if row["verdict"] in SHOWN_FIRST]
        keys = [key for row in rows for key in row.get("missing") or () if key in self.book.questions]
        ordered = sorted(dict.fromkeys(keys), key=lambda key: -keys.count(key))
        return [self.book.questions[key].text for key in ordered]

    @property
    def timeline(self) -> list[dict[str, Any]]:
        """Where the lead's dossier stands; once closed, nothing is to come."""
        lead = self.lead
        if lead is None:
            return []
        steps = [
            ("Demande envoyée", lead.filed_at, True),
            *(
                (f"{short_name(name)} ne peut pas suivre\u00a0: le relais est pris", None, True)
                for name in self.gave_up
            ),
            (_taking(lead), lead.taken_at, bool(lead.taken_at)),
            (FIRST_CONTACT, lead.contacted_on, bool(lead.contacted_on)),
            (
                "Demande close" if lead.closed_at else "Réponse à votre besoin",
                lead.closed_at,
                bool(lead.closed_at),
            ),
        ]
        return _with_states([step for step in steps if step[2] or not lead.closed_at], lead.due)

    def _actor(self, key: str) -> str:
        actor = self.book.actors.get(key)
        return actor.name if actor else key

    def _scheme(self, row: Mapping[str, Any]) -> dict[str, Any]:
        known = self.book.schemes.get(row["scheme"])
        missing = [in_full(self.book.label(key)) for key in row.get("missing") or ()]
        return {
            "label": known.label if known else row["scheme"],
            "purpose": plainly(known.purpose) if known else "",
            "verdict": row["verdict"],
            "reasons": _reasons(row),
            "asked": f"À voir avec vous\u00a0: {some(missing, MOST_MISSING)}." if missing else "",
        }


def _reasons(row: Mapping[str, Any]) -> list[str]:
    """A point nobody has settled is said to be so; what is missing is said apart."""
    said = [plainly(reason) for reason in row["reasons"] if not reason.startswith(ASKED)]
    if row["verdict"] != Verdict.TO_CHECK:
        return said
    return [
        one if one.startswith(TO_CHECK) else f"{TO_CHECK}\u00a0: {one[:1].lower()}{one[1:]}" for one in said
    ]


def _taking(lead: Followed) -> str:
    """« Prise en charge par Sonia Ferrer », or that it is awaited."""
    return f"Prise en charge par {lead.person or short_name(lead.branch)}" if lead.taken_at else AWAITED


def _with_states(steps: Sequence[tuple[str, Any, bool]], due: date) -> list[dict[str, Any]]:
    """Done, then the one under way, then those to come."""
    items: list[dict[str, Any]] = []
    for title, when, done in steps:
        under_way = all(item["state"] == "done" for item in items)
        items.append(
            {
                "title": title,
                "when": when,
                "timed": isinstance(when, datetime),
                "state": "done" if done else ("now" if under_way else "next"),
                "due": due if title == FIRST_CONTACT else None,
            }
        )
    return items
