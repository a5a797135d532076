"""The local register, for every test of the look-up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.capabilities.establishments.register import Served, served


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with served() as one:
        yield one
