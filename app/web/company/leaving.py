"""Where to go when this desk is not the right one: by profile, with the name of who answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.routing.engine import ELSEWHERE
from app.web.company.flow import NOT_EMPLOYER, NOT_HR, OUTSIDE, Journey

NATIONAL = "https://conseillers-entreprises.service-public.gouv.fr"
TITLES = {
    NOT_EMPLOYER: "Un autre service répond à votre situation",
    NOT_HR: "Un autre service répond à cette question",
    OUTSIDE: "Votre établissement est hors d’Occitanie",
}


@dataclass(frozen=True, slots=True)
class WayOut:
    """One profile, and who answers it."""

    who: str
    where: str
    url: str | None = None
    site: str | None = None


PROFILES = (
    WayOut(
        "Vous êtes salarié",
        "Le conseil en évolution professionnelle est gratuit.",
        "https://mon-cep.org",
        "mon-cep.org",
    ),
    WayOut(
        "Vous cherchez un emploi",
        "France Travail vous accompagne ; avant 26 ans, la mission locale aussi.",
        "https://www.francetravail.fr",
        "francetravail.fr",
    ),
    WayOut(
        "Vous créez ou reprenez une entreprise", "La chambre consulaire de votre département vous reçoit."
    ),
    WayOut(
        "Vous travaillez dans une administration",
        "La Maison de Ma Région de votre département vous renseigne.",
    ),
    WayOut("Vous conseillez une entreprise", "Invitez l’entreprise à déposer elle-même sa demande ici."),
)
COMPANIES = (
    WayOut(
        "Vous dirigez une entreprise",
        "Un conseiller public vous rappelle, pour toute question d’entreprise.",
        NATIONAL,
        "conseillers-entreprises.service-public.gouv.fr",
    ),
)


def ways_out(journey: Journey | None) -> dict[str, Any]:
    """What the page says; without a draft, the establishment is outside the region."""
    why = (journey.elsewhere() if journey else OUTSIDE) or NOT_HR
    needs = journey.book.needs if journey else {}
    profile = journey.profile if journey and why == NOT_EMPLOYER else ""
    message = needs[why].message_for(profile) if why in needs else ELSEWHERE
    ways = PROFILES if why == NOT_EMPLOYER else COMPANIES
    asked = journey.profiles if journey and why == NOT_EMPLOYER and not profile else {}
    return {"title": TITLES[why], "message": message, "ways": ways, "why": why, "profiles": asked}
