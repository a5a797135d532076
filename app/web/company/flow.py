"""From a draft to an inquiry: what is complete, what is still asked, what is filed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from app.establishments.queries import register_is_on
from app.inquiries.asked import CONSENT_VERSION, NewInquiry
from app.inquiries.entering import COUNTER_CONSENT_VERSION
from app.inquiries.queries import DraftFact
from app.inquiries.turned_away import Aside
from app.intake import Told, decide_only
from app.kernel.clock import utcnow
from app.kernel.codes import CodeError, Idcc, NafCode, Siret
from app.routing.facts import Answer, Orientation
from app.routing.rulebook import Question, Rulebook
from app.web.company.counter_forms import entry_of
from app.web.company.forms import (
    EstablishmentForm,
    chosen_needs,
    contact_form,
    establishment_form,
    need_form,
    phone_of,
    words_typed,
)
from app.web.company.questions import MOST, answer_of, field_name
from app.web.company.recognising import told_in
from app.web.company.typed import first

NEED, ESTABLISHMENT, CONTACT, REVIEW, ELSEWHERE = "besoin", "etablissement", "contact", "relire", "ailleurs"
NOT_EMPLOYER, NOT_HR, OUTSIDE = Aside.NOT_EMPLOYER, Aside.NOT_HR, Aside.OUTSIDE

JOB, PROFILE = "metier", "profil"


class Journey:
    """A draft read with the rulebook of the day. Nothing here is stored."""

    def __init__(self, draft: DraftFact, book: Rulebook, on: date) -> None:
        self.draft, self.book, self.on = draft, book, on
        self.data: Mapping[str, Any] = draft.data
        self._place: EstablishmentForm | None = None
        self._questions: tuple[Question, ...] | None = None

    @property
    def needs(self) -> tuple[str, ...]:
        """The needs this desk answers, in the order chosen."""
        return tuple(key for key in chosen_needs(self.data, self.book) if self.book.needs[key].in_scope)

    @property
    def assisted(self) -> bool:
        """Does an adviser type for the company?"""
        return self.draft.adviser_id is not None

    def elsewhere(self) -> Aside | None:
        """Why this desk is not the right one, if so."""
        chosen = chosen_needs(self.data, self.book)
        if NOT_EMPLOYER in chosen:
            return NOT_EMPLOYER
        if chosen and not self.needs:
            return NOT_HR
        return OUTSIDE if self.establishment().outside else None

    @property
    def profiles(self) -> Mapping[str, str]:
        """Who else may write, by code, in the words of the rules."""
        asked = self.book.questions.get(PROFILE)
        return dict(asked.choices) if asked else {}

    @property
    def profile(self) -> str:
        """Who writes, once they said so on the page that sends them elsewhere."""
        told = first(self.data, field_name(PROFILE))
        return told if told in self.profiles else ""

    def establishment(self) -> EstablishmentForm:
        """The second step as kept, looked up once."""
        if self._place is None:
            self._place = establishment_form(self.data, sent=False)
        return self._place

    def next_step(self) -> str:
        """The first step that still lacks something, or the check page."""
        if self.elsewhere():
            return ELSEWHERE
        if not need_form(self.data, self.book, sent=False).validate() or not self.needs:
            return NEED
        if not self.establishment().validate():
            return ESTABLISHMENT
        if not contact_form(self.data, self.questions(), sent=False, assisted=self.assisted).validate():
            return CONTACT
        return REVIEW

    def step_after_change(self) -> str:
        """As `next_step`, by way of the questions when the change brought some that were never shown."""
        step = self.next_step()
        unseen = any(field_name(question.key) not in self.data for question in self.questions())
        return CONTACT if step == REVIEW and unseen else step

    def questions(self) -> tuple[Question, ...]:
        """At most five: the job, then those whose answer changes the result, the most decisive of each need first."""
        if self._questions is None:
            found = decide_only(self._situated({}), self.on) if self.establishment().place.code else ()
            asked = [question for question in self._asked(found) if question.key != JOB]
            job = self._job_wanted()
            self._questions = (*job, *asked[: MOST - len(job)])
        return self._questions

    def _job_wanted(self) -> tuple[Question, ...]:
        """It changes no orientation, and comes first: cases and territory are read by job. The one the sentence
        names is already written."""
        wanted = any(JOB in self.book.needs[key].asks for key in self.needs)
        return (self.book.questions[JOB],) if wanted else ()

    def _asked(self, found: Iterable[Orientation]) -> list[Question]:
        ranked = [
            (rank, self.book.questions[key])
            for orientation in found
            for rank, key in enumerate(self._own(orientation))
        ]
        ordered = [question for _, question in sorted(ranked, key=lambda one: one[0])]
        return list({question.key: question for question in ordered}.values())

    def _own(self, orientation: Orientation) -> list[str]:
        """The keys posed for this need, one only where several say the same fact."""
        kept: list[str] = []
        said: set[str] = set()
        for key in orientation.questions:
            question = self.book.questions.get(key)
            if question is None or key in said or not question.asked_for(orientation.need):
                continue
            kept.append(key)
            said |= self._same_fact(key)
        return kept

    def _same_fact(self, key: str) -> set[str]:
        keys = {key}
        for fact in self.book.facts.values():
            if len(fact.asks) == 1 and key in (*fact.asks, *fact.aliases):
                keys |= {*fact.asks, *fact.aliases}
        return keys

    def answers(self) -> dict[str, Answer]:
        told = {
            question.key: answer_of(question, self.data.get(field_name(question.key)) or [])
            for question in self.questions()
        }
        return {key: value for key, value in told.items() if value is not None}

    def inquiry(self) -> NewInquiry:
        """What is filed; every step is complete."""
        return self._situated(self.answers())

    def told(self) -> Told | None:
        """What the public register said of the establishment; the worker asks again when it said nothing."""
        if not register_is_on() or _siret(first(self.data, "siret")) is None:
            return None
        known = told_in(self.data)
        return Told(known.found, known.fetched_at) if known else Told(None, utcnow())

    def _situated(self, answers: Mapping[str, Answer]) -> NewInquiry:
        place, data = self.establishment(), self.data
        entry = entry_of(self.draft)
        return NewInquiry(
            form_id=self.draft.form_id,
            needs=self.needs,
            commune=place.place.code or "",
            company=first(data, "company"),
            words=words_typed(data) or None,
            siret=_siret(first(data, "siret")),
            naf=NafCode(place.activity_found.code) if place.activity_found.code else None,
            idcc=Idcc(place.agreement_found.code) if place.agreement_found.code else None,
            workforce=place.workforce_told,
            legal_form=place.legal_form_told,
            contact_name=first(data, "contact_name") or None,
            email=first(data, "email") or None,
            phone=_phone(first(data, "phone")),
            preferred_time=first(data, "preferred_time") or None,
            answers=answers,
            entry=entry,
            channel=entry.channel if entry else "web",
            consent_version=COUNTER_CONSENT_VERSION if entry else CONSENT_VERSION,
        )


def _siret(text: str) -> Siret | None:
    try:
        return Siret(text) if text else None
    except CodeError:
        return None


def _phone(text: str) -> str | None:
    try:
        return phone_of(text) if text else None
    except ValueError:
        return None
