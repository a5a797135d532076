"""What each failure says: what happened, then what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    title: str
    happened: str
    do: str


KEPT = "Revenez à la page précédente\u00a0: ce que vous avez écrit y est encore."

WORDS: dict[int, Words] = {
    400: Words(
        "Cette demande est illisible", "Une partie de l’adresse ou du formulaire n’a pas de sens.", KEPT
    ),
    401: Words("Connectez-vous", "Cette page demande un compte.", "Connectez-vous, puis rouvrez-la."),
    403: Words(
        "Cette page ne vous est pas ouverte",
        "Votre poste ne donne pas accès à cette page.",
        "Demandez l’accès à votre administrateur, ou revenez à l’accueil.",
    ),
    404: Words(
        "Cette page n’existe pas",
        "L’adresse est incomplète, ou la page a changé de place.",
        "Vérifiez l’adresse, ou repartez de l’accueil.",
    ),
    405: Words(
        "Cette page ne s’ouvre pas ainsi",
        "Cette adresse attend un formulaire.",
        "Ouvrez la page depuis l’accueil, puis envoyez son formulaire.",
    ),
    408: Words(
        "L’envoi a pris trop de temps", "Nous n’avons pas tout reçu.", f"Rien n’est enregistré. {KEPT}"
    ),
    409: Words(
        "Trop tard",
        "Quelqu’un a changé cette page pendant que vous la lisiez.",
        "Rouvrez-la, puis recommencez.",
    ),
    410: Words("Cette page a été retirée", "Elle n’existe plus.", "Repartez de l’accueil."),
    413: Words(
        "C’est trop lourd",
        "Votre envoi dépasse la taille permise.",
        "Raccourcissez votre texte ou envoyez un fichier plus petit. " + KEPT,
    ),
    414: Words("Cette adresse est trop longue", "Nous ne pouvons pas la lire.", "Repartez de l’accueil."),
    415: Words(
        "Nous ne lisons pas ce format",
        "Le contenu envoyé n’a pas le format attendu.",
        "Envoyez le formulaire depuis sa page.",
    ),
    422: Words("Des réponses sont à corriger", "Une réponse au moins n’est pas utilisable.", KEPT),
    429: Words(
        "Beaucoup d’envois en peu de temps",
        "Pour protéger le service, nous faisons une pause.",
        f"Attendez une minute, puis recommencez. {KEPT}",
    ),
    431: Words(
        "Votre navigateur envoie trop de données",
        "Ses témoins de connexion prennent trop de place.",
        "Effacez les cookies de ce site, puis rouvrez la page.",
    ),
    500: Words(
        "Le guichet a eu un problème",
        "L’erreur vient de nous. Elle est notée.",
        f"Recommencez dans quelques minutes. {KEPT}",
    ),
    503: Words(
        "Le guichet est occupé",
        "Il ne peut pas enregistrer en ce moment.",
        f"Attendez une minute, puis recommencez. {KEPT}",
    ),
}
UNPREPARED = Words(
    "Le guichet n’est pas encore prêt",
    "Sa base n’est pas préparée.",
    "Sur le serveur, lancez « make setup », puis rechargez cette page.",
)
EXPIRED = Words(
    "Cette page a attendu trop longtemps",
    "Par sécurité, un formulaire ouvert dans une ancienne session n’est pas accepté. Rien n’est envoyé.",
    "Revenez à la page précédente, copiez ce que vous avez écrit, rechargez-la, puis recommencez.",
)


def words_for(code: int) -> Words:
    """The words of this code, or those of its family."""
    return WORDS.get(code) or WORDS[500 if code >= 500 else 400]
