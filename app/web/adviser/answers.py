"""The pages where a branch writes its model answers; the case offers them beside its message box."""

from __future__ import annotations

from app.web.adviser.entrance import blueprint
from app.web.answering import install_answers

install_answers(blueprint)
