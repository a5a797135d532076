"""« Ce métier, ici », on a case and on the company's page: the job, how it is known, what is said of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.gpec.figures import Cause, TensionFact
from app.gpec.helping import HELP
from app.gpec.here import JobHere, job_here
from app.gpec.wording import level_words
from app.officials.catalogue import KINDS
from app.workbench.captured import rome_held, rome_of
from app.workbench.findings import Cause as Noted

CAPTURED, ANSWERED, READ = "noté au dossier", "écrit par l’entreprise", "lu dans la demande"
TOLD_THE_COMPANY = {
    CAPTURED: "noté par votre conseiller",
    ANSWERED: "vous l’avez écrit",
    READ: "lu dans votre demande",
}
MEASURED: Mapping[Noted, Cause] = {
    Noted.NO_CANDIDATE: Cause.WORKFORCE,
    Noted.SKILLS: Cause.TRAINING,
    Noted.HOURS: Cause.CONDITIONS,
    Noted.MOBILITY: Cause.DISTANCE,
}
"""Causes noted by an adviser that the Dares measures as well; the others (pay, image…) have no such helper."""


@dataclass(frozen=True, slots=True)
class Job:
    """A ROME code and where it comes from."""

    rome: str
    origin: str

    @property
    def told(self) -> str:
        """The same, to the company itself."""
        return TOLD_THE_COMPANY[self.origin]


@dataclass(frozen=True, slots=True)
class JobCard:
    """What the partial reads."""

    here: JobHere
    job: Job | None
    helps: tuple[str, ...]

    @property
    def missing(self) -> list[tuple[str, str]]:
        """(kind, label) of the official files to bring."""
        return [(kind, KINDS[kind].label) for kind in self.here.missing]

    @property
    def tensions(self) -> list[str]:
        """Each level with its place, source and year; that of the job in its basin first."""
        facts = [("", self.here.tension), *((one.label, one.tension) for one in self.here.families)]
        return [_tension(label, fact) for label, fact in facts if fact and fact.level]


def read_job(need_id: int, answers: Mapping[str, Any] | None, words: str | None) -> Job | None:
    """Captured by an adviser, else answered by the company, else named in its own words."""
    told = (answers or {}).get("metier")
    found = (
        (rome_held(need_id), CAPTURED),
        (rome_of(told) if isinstance(told, str) else None, ANSWERED),
        (rome_of(words) if words else None, READ),
    )
    return next((Job(rome, origin) for rome, origin in found if rome), None)


def job_card(
    job: Job | None, commune: str, *, survey: str = "BMO", noted: Iterable[Noted] = ()
) -> JobCard | None:
    here = job_here(job.rome if job else None, commune, survey)
    if here is None:
        return None
    causes = [*(MEASURED[one] for one in noted if one in MEASURED), *here.causes]
    return JobCard(here, job, tuple(HELP[one] for one in dict.fromkeys(causes)))


def _tension(label: str, fact: TensionFact) -> str:
    place = fact.kind.label.partition(" (")[0].lower()
    level = level_words(fact.level) if fact.level else ""
    said = f"{place}\u00a0: {level} ({fact.source.publisher}, {fact.year})"
    return f"{label}, {said}" if label else said
