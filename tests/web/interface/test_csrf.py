"""No page changes anything for a form that did not come from one of ours; the suite itself does without."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.cases import a_desk, a_maison, a_territory, an_administrator, signed_in

READS = {"GET", "HEAD", "OPTIONS"}


def test_every_page_that_writes_refuses_a_form_from_elsewhere(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    with app.app_context():
        a_territory()
        viewers = (a_desk("opco", "opco-34").viewer, a_maison().viewer, an_administrator())
        clients = [app.test_client(), *(signed_in(app, viewer) for viewer in viewers)]
    written = [
        (method, re.sub(r"<[^>]+>", "1", rule.rule))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - READS
    ]
    assert len(written) > 20
    for client in clients:
        for method, path in written:
            answer = client.open(path, method=method, data={"csrf_token": "x", "version": "1"})
            assert answer.status_code == 400, (method, path)
