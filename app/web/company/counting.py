"""A number of people as owners write it: « 12 », « douze », « 12 salariés », « environ 1 200 »."""

from __future__ import annotations

from itertools import pairwise

from app.territory.names import plain

SMALL = (
    *("zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit"),
    *("neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize"),
)
WORDS = {word: value for value, word in enumerate(SMALL)} | {
    "aucun": 0,
    "une": 1,
    "vingt": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
    "octante": 80,
    "cent": 100,
}
BESIDE = {
    "environ",
    "salarie",
    "salaries",
    "salariee",
    "salariees",
    "personne",
    "personnes",
    "employes",
    "et",
}
MOST_DIGITS = 6


def count_of(text: str) -> int | None:
    """The number meant, None when no single one is. A sign, a comma or « 4 ou 5 » is not guessed."""
    if any(mark in text for mark in "+,./") or text.strip().startswith("-"):
        return None
    words = [word for word in plain(text).split() if word not in BESIDE]
    digits = "".join(words)
    if digits.isdigit():
        apart = len(words) > 1 and (len(words[0]) > 3 or any(len(word) != 3 for word in words[1:]))
        return None if apart or len(digits) > MOST_DIGITS else int(digits)
    return _spelled(words)


def _spelled(words: list[str]) -> int | None:
    joined = " ".join(words).replace("quatre vingts", "octante").replace("quatre vingt", "octante").split()
    if not joined or any(word not in WORDS for word in joined):
        return None
    values = [WORDS[word] for word in joined]
    falling = all(high >= 10 and high > low for high, low in pairwise(values))
    return sum(values) if falling else None
