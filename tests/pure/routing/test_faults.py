"""A faulty edition is refused with the file, the line and a sentence; never with a crash."""

from __future__ import annotations

from random import Random

import pytest

from app.routing.checks import check
from app.routing.reading import RulebookError, read_rulebook
from app.rulebooks.edition import texts

RULES = "rules.toml"


def refusal(files: dict[str, str]) -> str:
    with pytest.raises(RulebookError) as refused:
        check(read_rulebook(files), files)
    return str(refused.value)


def with_rules(*added: str) -> dict[str, str]:
    files = texts()
    common = 'reason = "Essai."\nsource = "Essai"\nverified_on = "2026-11-01"\n'
    more = "".join(f"\n[[rule]]\n{rule}\n{common}" for rule in added)
    return files | {RULES: files[RULES] + more}


def line_of(files: dict[str, str], key: str) -> str:
    number = files[RULES].splitlines().index(f'key = "{key}"') + 1
    return f"{RULES}, ligne {number} : « {key} »"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('needs = ["for_vae"]\nwhen = "true"\nlead = ["opco"]\nremove = ["opco"]', "nomme et écarte"),
        ('needs = ["for_vae"]\nwhen = "true"\nlead = ["opco"]\nonly = ["sredt"]', "garde seuls"),
        ('needs = ["zzz"]\nwhen = "true"\nlead = ["opco"]', "ne concerne aucun besoin"),
        ('needs = ["for_vae"]\nwhen = "true"\nreplace = { msa = "urssaf" }', "revient à cet acteur"),
        ('needs = ["for_vae"]\nwhen = "effectif <"\nlead = ["opco"]', "« essai »"),
        ('needs = ["for_vae"]\nwhen = 3\nlead = ["opco"]', "type attendu"),
        ('needs = ["for_vae"]\nlead = ["opco"]', "il manque 'when'"),
    ],
)
def test_a_faulty_rule_is_refused_with_its_line(body: str, said: str) -> None:
    files = with_rules(f'key = "essai"\n{body}')
    sentence = refusal(files)
    assert said in sentence
    assert "replace" in body or line_of(files, "essai") in sentence


def test_two_rules_that_contradict_each_other_are_refused() -> None:
    same = 'needs = ["for_vae"]\nwhen = "nb_salaries > 3"'
    one, other = f'key = "oui"\n{same}\nlead = ["opco"]', f'key = "non"\n{same}\nremove = ["opco"]'
    assert "que « oui » nomme sous la même condition" in refusal(with_rules(one, other))
    rival = f'key = "non"\n{same}\nlead = ["carif_oref"]'
    assert "un autre pilote que « oui »" in refusal(with_rules(one, rival))


def test_replacements_that_turn_in_circles_are_refused() -> None:
    files = texts()
    changed = (
        files["schemes.toml"]
        .replace('replaced_by = ["poei"]', 'replaced_by = ["pro_a"]', 1)
        .replace('replaced_by = ["periode_reconversion"]', 'replaced_by = ["afpr"]', 1)
    )
    assert "ses remplaçants reviennent" in refusal(files | {"schemes.toml": changed})


def test_a_file_that_is_not_toml_is_refused_with_its_line() -> None:
    files = texts()
    assert f"{RULES}, ligne 1" in refusal(files | {RULES: "[[rule\n" + files[RULES]})


def test_broken_lines_never_crash() -> None:
    draw = Random(5)
    files, refused = texts(), 0
    for _ in range(250):
        name = draw.choice(sorted(files))
        lines = files[name].splitlines()
        at = draw.randrange(len(lines))
        start = lines[at].split("=")[0]
        lines[at] = draw.choice(["", f"{start}= 3", f'{start}= ["a", 3]', f'{start}= "x"'])
        broken = files | {name: "\n".join(lines) + "\n"}
        try:
            check(read_rulebook(broken), broken)
        except RulebookError as error:
            assert str(error)
            refused += 1
    assert refused > 50
