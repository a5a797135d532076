"""The words by which a case is found: accents and case folded, numbers joined; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.territory.names import plain

LONGEST = 40
LONGEST_KEY = 60
MOST_KEPT = 80
"""Of one case: an owner's whole page of prose does not fill the index."""
MOST_ASKED = 6
EMPTY = frozenset(
    re.findall(
        r"\w+",
        """a au aux ce ces d dans de des du en est et il je j l la le les leur ma mes mon n ne nos notre nous on ou par
        pas pour qu que qui s sa se ses son sur un une vos votre vous y""",
    )
)
"""What every sentence holds and nobody looks for."""
APART = re.compile(r"(?<=\d)[\s.\u00a0\u202f-]+(?=\d)")
REFERENCE = re.compile(r"\bGO[\s-]?\d\d[\s-]?(?=[0-9A-Z])", re.IGNORECASE)


def words_of(*texts: str | None) -> list[str]:
    """Every word kept of a case, once, in the order met."""
    found = dict.fromkeys(word for text in texts if text for word in _split(text))
    return [word for word in found if word not in EMPTY][:MOST_KEPT]


def words_asked(text: str) -> list[str]:
    """What is looked for: each is the beginning of a word. Words of nothing count when there is nothing else."""
    found = [*dict.fromkeys(_split(text))]
    return ([word for word in found if word not in EMPTY] or found)[:MOST_ASKED]


def sort_key(company: str) -> str:
    """The name folded, so that « Établissements Roux » stands among the e; never empty."""
    return plain(company)[:LONGEST_KEY] or "0"


def after(word: str) -> str:
    """The first text that does not begin with this word."""
    return word[:-1] + chr(ord(word[-1]) + 1)


def _split(text: str) -> Iterable[str]:
    """« GO-26-7KQ2VD » is its drawn part; « 123 456 789 00012 » is one number."""
    joined = APART.sub("", REFERENCE.sub("", text))
    return (word[:LONGEST] for word in plain(joined).split())
