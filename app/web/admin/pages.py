"""Every page of the administrator's door, on one blueprint."""

from __future__ import annotations

from app.web.admin import agreements, branches, deadlines, files, letters, people, proof, proposals
from app.web.admin.desk import blueprint
from app.web.answering import install_answers

__all__ = [
    "agreements",
    "blueprint",
    "branches",
    "deadlines",
    "files",
    "letters",
    "people",
    "proof",
    "proposals",
]

install_answers(blueprint)
