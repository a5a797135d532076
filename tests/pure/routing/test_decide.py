"""The engine: scope, lead, supports, branches, explanations."""

from __future__ import annotations

import json

import pytest

from app.routing.facts import Branch, DirectorySnapshot, Place
from app.routing.refusals import SituationError
from tests.pure.routing.desk import LODEVE, book, decide, directory, verdicts

BAKER = {"naf": "10.71C", "idcc": "0843", "workforce": 4, "need": "alt_apprenti"}


def test_the_baker_of_lodeve() -> None:
    answer = decide(**BAKER)
    assert answer.opco == "OPCO_EP"
    assert answer.lead is not None
    assert (answer.lead.actor, answer.lead.branch) == ("opco", "opco-ep-occitanie")
    assert ("cma", "cma-34") in {(one.actor, one.branch) for one in answer.supports}
    assert "Convention 843\u00a0: votre opérateur de compétences est OPCO EP" in answer.lead.reason
    refused = {one.actor: one.reason for one in answer.refused}
    assert "effectif\u00a0: 4" in refused["cci"]
    assert "Activité agricole\u00a0: non" in refused["chambre_agri"]


def test_answer_has_exactly_the_keys_of_the_contract() -> None:
    answer = decide(**BAKER).to_dict()
    assert list(answer) == [
        "in_scope",
        "message",
        "opco",
        "lead",
        "supports",
        "refused",
        "schemes",
        "questions",
        "ignored",
        "rulebook",
    ]
    assert set(answer["schemes"][0]) == {"scheme", "verdict", "reasons", "missing"}


@pytest.mark.parametrize("need", sorted(book().needs))
def test_every_need_has_a_lead_whatever_is_unknown(need: str) -> None:
    answer = decide(need=need)
    json.dumps(answer.trace())
    assert answer.in_scope is not need.startswith("hc_")
    if answer.in_scope:
        assert answer.lead is not None
        assert answer.lead.reason
        assert all(one.reason for one in answer.supports)
        assert all(one.reason for one in answer.refused)
        assert answer.lead.actor not in {one.actor for one in answer.supports}


def test_without_agreement_the_maison_leads_and_the_agreement_is_asked() -> None:
    answer = decide(need="alt_apprenti", naf="1071C", workforce=4)
    assert answer.lead is not None and answer.lead.actor == "region_mmr"
    assert answer.lead.branch == "mmr-34"
    opco = next(one for one in answer.supports if one.actor == "opco")
    assert opco.branch is None and "déterminer" in opco.reason
    assert "idcc" in answer.questions


def test_agreement_without_known_opco_is_not_asked_again() -> None:
    answer = decide(need="alt_apprenti", naf="1071C", workforce=4, idcc=9999)
    assert answer.opco is None and answer.lead is not None and answer.lead.actor == "region_mmr"
    assert "idcc" not in answer.questions


def test_elsewhere_in_france_is_out_of_scope() -> None:
    answer = decide(need="alt_apprenti", commune="75056").to_dict()
    assert answer["in_scope"] is False and answer["message"]
    assert answer["lead"] is None
    assert answer["supports"] == answer["schemes"] == answer["questions"] == answer["refused"] == []


@pytest.mark.parametrize("need", ["hc_pas_rh", "hc_pas_employeur"])
def test_off_topic_needs_are_out_of_scope(need: str) -> None:
    answer = decide(need=need)
    assert not answer.in_scope and answer.message and answer.lead is None


def test_unknown_commune_is_refused() -> None:
    with pytest.raises(SituationError) as refused:
        decide(need="alt_apprenti", commune="99999")
    assert refused.value.field == "commune"


def test_old_commune_code_answers_for_todays_commune() -> None:
    answer = decide(need="ant_croissance", commune="34999")
    assert answer.lead is not None and answer.lead.branch == "mmr-34"


def test_listed_network_only_where_entered() -> None:
    without = decide(need="inc_clauses")
    assert without.lead is not None and without.lead.actor == "departement"
    assert {one.actor for one in without.refused} >= {"plie", "maison_emploi"}
    assert all("non couvert" in one.reason for one in without.refused)
    covered = decide(("plie",), need="inc_clauses")
    assert covered.lead is not None and covered.lead.branch == "plie-coeur-d-herault"


def test_building_site_decides_the_territory_of_social_clauses() -> None:
    answer = decide(need="inc_clauses", answers={"commune_chantier": "46042"})
    assert answer.lead is not None and answer.lead.branch == "departement-46"


def test_carsat_by_departement() -> None:
    for commune, branch in (("34142", "carsat-languedoc-roussillon"), ("46042", "carsat-midi-pyrenees")):
        answer = decide(need="gar_prevention_risques", commune=commune, naf="47.11B", workforce=4)
        assert answer.lead is not None and answer.lead.branch == branch


def test_finest_zone_first_then_real_branch_then_slug() -> None:
    place = Place("34142", "Lodève", "34", "E", None, None)
    region = Branch("a-region", "spst", "", (("region", "76"),))
    entry = Branch("a-entree", "spst", "", (("departement", "34"),), entry_point=True)
    real = Branch("z-reelle", "spst", "", (("departement", "34"),))
    twin = Branch("zz-reelle", "spst", "", (("departement", "34"),))
    fine = Branch("z-locale", "spst", "", (("epci", "E"),))

    def chosen(*branches: Branch) -> str:
        found = DirectorySnapshot("1", {}, {}, branches, {}).branch_for("spst", place)
        return found.slug if found else ""

    assert chosen(region, entry) == "a-entree"
    assert chosen(region, entry, twin, real) == "z-reelle"
    assert chosen(region, entry, real, fine) == "z-locale"


def test_band_astride_a_threshold_is_asked() -> None:
    astride = decide(need="gar_qvct", workforce="250-499", idcc=843)
    assert astride.lead is not None and astride.lead.actor == "aract" and astride.lead.to_confirm
    assert "effectif" in astride.questions
    assert verdicts(astride)["pcrh"] == "not_eligible"
    settled = decide(need="gar_qvct", workforce="500-999", idcc=843)
    assert settled.lead is not None and settled.lead.actor == "spst"
    assert "effectif" not in settled.questions


def test_contradiction_is_unknown_and_asked() -> None:
    answer = decide(
        need="rec_former_avant_embauche",
        answers={"demandeur_emploi": "non", "inscrit_ft": True, "offre_deposee": True},
    )
    assert verdicts(answer)["poei"] == "to_check"
    assert "demandeur_emploi" in answer.questions


def test_refused_scheme_names_the_condition_and_its_value() -> None:
    answer = decide(need="gar_qvct", workforce=300, idcc=843)
    fact = next(one for one in answer.schemes if one.scheme == "fact")
    assert fact.verdict == "not_eligible"
    assert fact.reasons == ("effectif\u00a0: 300 (condition\u00a0: moins de 300)",)


def test_verdicts_follow_the_date_of_the_contract() -> None:
    def aid(signed: str) -> str:
        answers = {"age": 20, "diplome_niveau": 5, "date_conclusion": signed}
        return verdicts(decide(**BAKER, answers=answers))["aide_except_apprentissage"]

    assert aid("2026-01-01") == aid("2026-03-07") == "not_eligible"
    assert aid("2026-03-08") == aid("2026-12-31") == "eligible"
    assert aid("2027-01-01") == "not_eligible"


def test_trace_keeps_rules_sources_and_facts() -> None:
    trace = decide(**BAKER, answers={"age": 17}).trace()
    held = {one["rule"] for one in trace["tested"] if one["held"]}
    assert {"apprenti-pilote", "commune-7-jeunes"} <= held
    assert all(one["source"] for one in trace["tested"])
    assert trace["lead"]["source"] and trace["rulebook"] == book().hash
    assert trace["facts"]["age"] == 17 and trace["directory"] == directory().version
    assert LODEVE.name == "Lodève"


def test_a_deadline_is_reminded_in_the_answer() -> None:
    answer = decide(need="dif_baisse_activite", answers={"motif": "intempéries"}).to_dict()
    assert "30 jours" in answer["lead"]["reason"]
    calm = decide(need="dif_baisse_activite", answers={"motif": "conjoncture"}).to_dict()
    assert "30 jours" not in calm["lead"]["reason"]


def test_a_closed_scheme_names_what_replaces_it() -> None:
    answer = decide(need="dif_baisse_activite", answers={"motif": "conjoncture"})
    closed = next(one for one in answer.schemes if one.scheme == "apld_r")
    assert closed.verdict == "closed" and any("Activité partielle" in reason for reason in closed.reasons)


def test_who_is_set_aside_is_told_in_a_short_sentence() -> None:
    answer = decide(need="alt_tuteur", naf="10.71C", workforce="250-499", answers={"activite": "liberal"})
    told = next(one.reason for one in answer.refused if one.actor == "cma")
    assert "Profession libérale" in told and len(told) < 260 and "liberal" not in told


def test_no_key_of_the_edition_is_read_by_the_company() -> None:
    answer = decide(need="rec_tester_candidat", answers={"suivi_par": "Cap emploi", "rqth": False})
    told = " ".join(one.reason for one in answer.refused)
    assert "rqth" not in told and "_" not in told and "ravailleur handicapé reconnu" in told
