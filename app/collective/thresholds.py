"""The settings of the detection, read from their file; pure."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("thresholds.toml")


@dataclass(frozen=True, slots=True)
class Threshold:
    """At least `signals` requests from `companies` companies within `days` days."""

    signals: int
    companies: int
    days: int


@dataclass(frozen=True, slots=True)
class PastLimit:
    """A count is compared with the place's own past; `alpha` is how rarely chance may exceed the limit."""

    signals: int
    companies: int
    days: int
    past_days: int
    shortest_past: int
    past_signals: int
    alpha: float


@dataclass(frozen=True, slots=True)
class Lapse:
    """Days after which what nobody answered, and that no longer holds, is said to have lapsed."""

    collective_need_days: int
    weak_signal_days: int


@dataclass(frozen=True, slots=True)
class Settings:
    threshold: Threshold
    past: PastLimit
    remind_after: int
    lapse: Lapse


def read_settings(text: str) -> Settings:
    """Raises ValueError, KeyError or TypeError when a line is missing or makes no sense."""
    told: dict[str, Any] = tomllib.loads(text)
    threshold, past = Threshold(**told["collective_need"]), PastLimit(**told["weak_signal"])
    for one in (threshold, past):
        if min(one.signals, one.companies, one.days) < 1 or one.companies > one.signals:
            raise ValueError("a threshold counts from one, and no more companies than requests")
    if not 0 < past.alpha < 0.5 or not 1 <= past.shortest_past <= past.past_days or past.past_signals < 1:
        raise ValueError("a past that is empty or a limit that is no limit proves nothing")
    remind_after = told["action"]["remind_after_days"]
    if not isinstance(remind_after, int) or remind_after < 1:
        raise ValueError("a reminder leaves a day at least to answer")
    lapse = Lapse(**told["lapse"])
    if min(lapse.collective_need_days, lapse.weak_signal_days) < 1:
        raise ValueError("what is proposed leaves a day at least to answer")
    return Settings(threshold, past, remind_after, lapse)


@cache
def settings() -> Settings:
    return read_settings(FILE.read_text(encoding="utf-8"))
