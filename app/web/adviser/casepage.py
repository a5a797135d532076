"""How a case reads on the page: labels beside codes, the stored decision in sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from app.accounts.abilities import Ability, Viewer
from app.dossiers.lifecycle import DeclineReason, Move, NeedStatus, Outcome, Part, Status, Verb, refusal
from app.dossiers.likeness import Former, history, twins
from app.dossiers.queries import CaseFile, EventLine, TeamMember
from app.dossiers.relays import answer_day_of
from app.dossiers.undoing import Undoable, undoable
from app.inquiries.queries import entered_by
from app.kernel.clock import utcnow
from app.kernel.vocabulary import Opco
from app.routing.facts import Verdict
from app.routing.rulebook import REGIONAL_DESK, Rulebook
from app.web.adviser.registered import Registered, registered
from app.web.initials import initials

ORDER = (Verdict.ELIGIBLE, Verdict.TO_CHECK, Verdict.NOT_ELIGIBLE, Verdict.CLOSED)
FIT = (Verdict.ELIGIBLE, Verdict.TO_CHECK)


@dataclass(frozen=True, slots=True)
class Actor:
    name: str
    reason: str
    source: str
    told: bool = True


@dataclass(frozen=True, slots=True)
class Scheme:
    key: str
    name: str
    verdict: str
    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    source: str
    amount: str = ""


def spaced_siret(siret: str) -> str:
    parts = (siret[:3], siret[3:6], siret[6:9], siret[9:])
    return "\u00a0".join(part for part in parts if part)


def headcount(low: int | None, high: int | None) -> str:
    if low is None:
        return ""
    if high is None:
        return f"{low} et plus"
    return str(low) if low == high else f"{low} à {high}"


class CasePage:
    """What the case template reads besides the rows."""

    def __init__(self, file: CaseFile, rulebook: Rulebook, viewer: Viewer) -> None:
        self.file, self.rulebook, self.viewer = file, rulebook, viewer
        self.decision: Mapping[str, Any] = file.need.decision or {}

    @property
    def need(self) -> str:
        return self.need_label(self.file.dossier.need_key)

    def need_label(self, key: str) -> str:
        need = self.rulebook.needs.get(key)
        return need.label if need else key

    @property
    def status(self) -> tuple[str, str]:
        """(code, words) of this dossier; a closed one says its outcome."""
        dossier = self.file.dossier
        if dossier.outcome:
            return dossier.outcome, Outcome(dossier.outcome).label
        if dossier.status == Status.TAKEN and dossier.waiting:
            return NeedStatus.WAITING, NeedStatus.WAITING.label
        return dossier.status, self._words(Status(dossier.status))

    def _words(self, status: Status) -> str:
        if status is not Status.TAKEN:
            return status.label
        return "Pris par vous" if self.file.mine else f"Pris par {self.file.taken_by or 'un collègue'}"

    @property
    def company(self) -> list[tuple[str, str]]:
        """What is known of the establishment; what is not known is not shown."""
        inquiry = self.file.inquiry
        known = (
            ("SIRET", spaced_siret(inquiry.siret or "")),
            ("Activité", inquiry.naf or ""),
            ("Convention", self._agreement()),
            ("Salariés", headcount(inquiry.workforce_low, inquiry.workforce_high)),
            ("Statut", inquiry.legal_form or ""),
        )
        return [(term, value) for term, value in known if value]

    @property
    def register(self) -> Registered | None:
        """What the public register says, beside what the company wrote."""
        return registered(self.file.inquiry.id)

    @property
    def entered(self) -> str:
        """« Saisi au guichet par Nadia Roux… », when an adviser typed it for the company."""
        found = entered_by(self.file.inquiry.id)
        if found is None:
            return ""
        where, how = found.channel.label.lower(), found.consent_how.label.lower()
        typed = f"Saisi {where} par {found.person} ({found.branch})."
        return f"{typed} Accord donné {how} par {found.consent_by}."

    def _agreement(self) -> str:
        opco = self.decision.get("opco")
        label = Opco(opco).label if opco in set(Opco) else None
        words = (self.file.inquiry.idcc, label)
        return " → ".join(word for word in words if word)

    @property
    def administers(self) -> bool:
        """May this viewer bring in official files?"""
        return self.viewer.can(Ability.ADMINISTER)

    def may(self, verb: str) -> bool:
        """Does the table allow it to this viewer?"""
        return self.file.workable and refusal(Verb(verb), self.file.dossier) is None

    @property
    def may_decline(self) -> bool:
        """The Maison, last responsible, never refuses what it leads."""
        last = self.file.dossier.leads and self.file.dossier.actor == REGIONAL_DESK
        return self.may("decline") and not last

    @property
    def may_refuse_relay(self) -> bool:
        return self.may("refuse") and self.file.dossier.actor != REGIONAL_DESK

    @property
    def may_offer(self) -> bool:
        return self.may("offer") and self.relay is None

    @cached_property
    def relay(self) -> TeamMember | None:
        """The branch this dossier's relay is offered to, until it answers."""
        own = self.file.dossier.id
        return next((one for one in self.file.team if one.offered_by_id == own), None)

    @property
    def relay_until(self) -> date | None:
        """The last day to answer, read by who offers and by who is asked."""
        asked = self.relay.dossier_id if self.relay else self.file.dossier.id
        return answer_day_of(asked)

    @property
    def offered_by(self) -> TeamMember | None:
        """The branch that asks this one to take over."""
        asking = self.file.dossier.offered_by_id
        return next((one for one in self.file.team if asking and one.dossier_id == asking), None)

    @cached_property
    def last_move(self) -> Undoable | None:
        """What « Annuler » undoes, when it still can."""
        return undoable(self.viewer, self.file.dossier, utcnow()) if self.file.workable else None

    @cached_property
    def twins(self) -> Sequence[Former]:
        return twins(self.viewer, self.file.need)

    @cached_property
    def history(self) -> Sequence[Former]:
        return history(self.viewer, self.file.inquiry)

    def standing(self, one: Former) -> str:
        return Outcome(one.outcome).label if one.outcome else Status(one.status).label

    @property
    def open(self) -> bool:
        return self.file.dossier.status in (Status.RECEIVED, Status.TAKEN)

    @property
    def mine_reason(self) -> str | None:
        """« Pourquoi vous ? »: the reason stored for this branch."""
        found = (one for one in self._kept() if one.get("branch") == self.file.branch.slug)
        reason = next(found, {}).get("reason")
        return str(reason) if reason else None

    @property
    def kept(self) -> list[Actor]:
        return [self._actor(one) for one in self._kept()]

    @property
    def refused(self) -> list[Actor]:
        return [self._actor(one) for one in self.decision.get("refused") or []]

    @property
    def schemes(self) -> list[Scheme]:
        """Those that may fit, the surest first."""
        return [one for one in self._schemes() if one.verdict in FIT]

    @property
    def other_schemes(self) -> list[Scheme]:
        return [one for one in self._schemes() if one.verdict not in FIT]

    @property
    def answers(self) -> list[tuple[str, str]]:
        """(question, answer) in the order of the need's questions."""
        given: Mapping[str, Any] = self.file.need.answers or {}
        return [(self._question(key), self._answer(key, value)) for key, value in given.items()]

    @property
    def missing(self) -> list[str]:
        return [self._question(key) for key in self.decision.get("questions") or []]

    def timeline(self, when: Callable[[datetime], str]) -> list[dict[str, str]]:
        """The journal, the latest first; `when` writes a moment."""
        events = list(reversed(self.file.events))
        return [self._line(event, when, latest=not rank) for rank, event in enumerate(events)]

    @property
    def team(self) -> list[tuple[TeamMember, str, str]]:
        """(member, initials, part) of everyone asked for this need."""
        return [(one, initials(one.person or one.branch), self._part(one)) for one in self.file.team]

    def _kept(self) -> list[Mapping[str, Any]]:
        lead = self.decision.get("lead")
        return ([lead] if lead else []) + list(self.decision.get("supports") or [])

    def _actor(self, one: Mapping[str, Any]) -> Actor:
        actor = self.rulebook.actors.get(one["actor"])
        name = actor.label if actor else one["actor"]
        return Actor(name, one.get("reason") or "", one.get("source") or "", bool(one.get("told", True)))

    def _schemes(self) -> list[Scheme]:
        verdicts = [self._scheme(one) for one in self.decision.get("schemes") or []]
        return sorted(verdicts, key=lambda one: ORDER.index(one.verdict))

    def _scheme(self, one: Mapping[str, Any]) -> Scheme:
        scheme = self.rulebook.schemes.get(one["scheme"])
        missing = tuple(self._question(key) for key in one.get("missing") or ())
        name = scheme.label if scheme else one["scheme"]
        reasons, source = tuple(one.get("reasons") or ()), one.get("source") or ""
        amount = scheme.amount if scheme and one["verdict"] in FIT else ""
        return Scheme(one["scheme"], name, one["verdict"], reasons, missing, source, amount)

    def _question(self, key: str) -> str:
        label = self.rulebook.label(key)
        return label[:1].upper() + label[1:]

    def _answer(self, key: str, value: Any) -> str:
        if isinstance(value, bool):
            return "Oui" if value else "Non"
        if isinstance(value, list | tuple):
            return ", ".join(self._answer(key, one) for one in value)
        question = self.rulebook.questions.get(key)
        choices = dict(question.choices) if question else {}
        return choices.get(str(value), str(value))

    def _part(self, member: TeamMember) -> str:
        if member.decline_reason:
            refused = "n’a pas pris le relais" if member.role == Part.OFFERED else "a refusé"
            return f"{refused} : {DeclineReason(member.decline_reason).label}"
        part = "pilote" if member.leads else Part(member.role).label.lower()
        return f"{part} · {Status(member.status).label.lower()}"

    def _line(self, event: EventLine, when: Callable[[datetime], str], *, latest: bool) -> dict[str, str]:
        return {
            "title": Move(event.kind).label,
            "detail": f"{when(event.at)} · {self._detail(event)}",
            "state": "now" if latest and self.open else "done",
        }

    def _detail(self, event: EventLine) -> str:
        who = "vous" if event.user_id == self.viewer.user_id else event.who
        words = (who, event.branch, event.why)
        return " · ".join(word for word in words if word)
