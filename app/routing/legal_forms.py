"""A legal form, by its usual abbreviation or INSEE category, as one of the five families the rules read."""

from __future__ import annotations

import re
import unicodedata

FAMILIES = {
    "association": "association asso association_loi_1901 association_declaree loi_1901 ong",
    "micro": "micro micro_entrepreneur micro_entreprise auto_entrepreneur autoentrepreneur ae me",
    "individuelle": "individuelle ei entreprise_individuelle entrepreneur_individuel eirl "
    "independant nom_propre entreprise_en_nom_propre profession_liberale artisan commercant",
    "publique": "publique etat commune mairie "
    "collectivite collectivite_territoriale departement region "
    "etablissement_public epa epic epci epst epscp gip regie ccas cias personne_publique administration "
    "fonction_publique syndicat_mixte groupement_d_interet_public "
    "communaute_de_communes communaute_d_agglomeration hopital_public",
    "societe": "sarl eurl sa sas sasu sci scp scop scic snc selarl selas sca scs sel scm gaec earl scea "
    "societe gie geie mutuelle fondation syndicat cooperative sica cuma ste selarlu selasu scea_ gfa",
}
WORDS = {word: family for family, words in FAMILIES.items() for word in words.split()}
BEGINNINGS = {
    "association_": "association",
    "micro_": "micro",
    "societe_": "societe",
    "exploitation_agricole_": "societe",
    "groupement_": "societe",
    "etablissement_public_": "publique",
    "collectivite_": "publique",
    "syndicat_intercommunal": "publique",
}
"""Full names: how they begin says the family."""
CATEGORY = re.compile(r"^\d{1,4}$")


def legal_form_of(text: str) -> str | None:
    """association, micro, individuelle, publique, societe; None when it is not recognised."""
    compact = text.strip()
    if CATEGORY.match(compact):
        return _of_category(compact)
    plain = unicodedata.normalize("NFKD", compact.casefold()).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "_", plain.replace(".", "")).strip("_")
    begun = (family for start, family in BEGINNINGS.items() if name.startswith(start))
    return WORDS.get(name) or next(begun, None)


def _of_category(code: str) -> str | None:
    """INSEE « catégories juridiques » : 1 individuals, 4 and 7 public bodies, 92 associations."""
    if code.startswith("92"):
        return "association"
    family = {"1": "individuelle", "4": "publique", "7": "publique"}
    if code[0] in "235689":
        return "societe"
    return family.get(code[0])
