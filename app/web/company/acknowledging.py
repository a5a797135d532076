"""What the owner reads once the request is filed: who, by when, why, and which schemes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from flask import current_app, url_for

from app.dossiers.following import Followed
from app.dossiers.lifecycle import Outcome, Status
from app.inquiries.links import token_for
from app.kernel.workdays import workdays_between
from app.routing.facts import Verdict
from app.routing.rulebook import Rulebook

if TYPE_CHECKING:
    from app.inquiries.models import Inquiry, Need

FIRST_CONTACT = "Premier échange"
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

    @cached_property
    def link(self) -> str:
        """The whole secret address, to copy or print."""
        base: str = current_app.config["GUICHET"].base_url
        return base + url_for(
            "following.inquiry", token=token_for(self.inquiry.id, self.inquiry.link_version)
        )


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
    def supports(self) -> list[tuple[Followed, str]]:
        """The branches beside the lead, each with what brings it here."""
        open_ = (Status.RECEIVED, Status.TAKEN)
        return [(one, self.reason_of(one)) for one in self.dossiers if not one.leads and one.status in open_]

    def reason_of(self, one: Followed) -> str:
        kept = [self.decision.get("lead"), *(self.decision.get("supports") or ())]
        found = (row["reason"] for row in kept if row and row["actor"] == one.actor)
        return str(next(found, "L’acteur prévu ne peut pas suivre ; celui-ci prend le relais."))

    @property
    def rule(self) -> str:
        """Where the choice of the lead comes from."""
        return str((self.decision.get("lead") or {}).get("source") or "")

    @property
    def workdays_left(self) -> int:
        return workdays_between(self.today, self.lead.due) if self.lead else 0

    @property
    def refused(self) -> list[tuple[str, str]]:
        return [(self._actor(row["actor"]), row["reason"]) for row in self.decision.get("refused") or ()]

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
    def timeline(self) -> list[dict[str, Any]]:
        """Where the lead's dossier stands."""
        lead = self.lead
        if lead is None:
            return []
        taken, contacted, closed = lead.taken_at, lead.contacted_on, lead.closed_at
        who = lead.person or lead.branch
        steps = [
            ("Demande envoyée", lead.filed_at, True),
            (f"Prise en charge par {who}" if taken else "Prise en charge", taken, bool(taken)),
            (FIRST_CONTACT, contacted, bool(contacted)),
            (self._end(lead) if closed else "Réponse à votre besoin", closed, bool(closed)),
        ]
        return _with_states(steps, lead.due)

    def _end(self, lead: Followed) -> str:
        return f"Demande close\u00a0: {Outcome(lead.outcome).label}" if lead.outcome else "Demande close"

    def _actor(self, key: str) -> str:
        actor = self.book.actors.get(key)
        return actor.name if actor else key

    def _scheme(self, row: Mapping[str, Any]) -> dict[str, Any]:
        known = self.book.schemes.get(row["scheme"])
        return {
            "label": known.label if known else row["scheme"],
            "purpose": known.purpose if known else "",
            "amount": known.amount if known else "",
            "verdict": row["verdict"],
            "reasons": row["reasons"],
            "notes": row.get("notes") or [],
            "missing": [self.book.label(key) for key in row.get("missing") or ()],
        }


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
