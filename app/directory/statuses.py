"""Closed lists of the directory."""

from __future__ import annotations

from app.kernel.vocabulary import Listed


class BranchStatus(Listed):
    TO_CHECK = "a_verifier", "À vérifier"
    CHECKED = "verifie", "Vérifiée"
    CLOSED = "fermee", "Fermée"


class Origin(Listed):
    """Where an OPCO fact comes from, from the weakest to the strongest."""

    MEMORY = "memoire", "Répertoire de base, de mémoire"
    BASE = "base", "Répertoire de base"
    IMPORT = "import", "Fichier importé"
    OVERRIDE = "saisie", "Saisie d’un administrateur"
