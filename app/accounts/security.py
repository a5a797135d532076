"""Flask-Security as this house uses it: sign-in, sign-out, change of password; no registration, no token."""

from __future__ import annotations

from typing import Any

from flask import Flask, Request, has_request_context
from flask_login import user_logged_out
from flask_security import RoleMixin, Security, SQLAlchemyUserDatastore
from flask_security.signals import user_authenticated

from app.accounts.actions import note_sign_in
from app.accounts.attempts import POSTS_PER_ADDRESS, account_key, address
from app.accounts.models import SignInOutcome, User
from app.accounts.sessions import DeskSessions
from app.accounts.signing import SHORTEST_PASSWORD, WRONG, PasswordForm, SignInForm
from app.extensions import db, limiter

SETTINGS: dict[str, Any] = {
    "SECURITY_LOGIN_URL": "/connexion",
    "SECURITY_LOGOUT_URL": "/deconnexion",
    "SECURITY_LOGOUT_METHODS": ["POST"],
    "SECURITY_LOGOUT_USER_TEMPLATE": "signin/sign_out.html",
    "SECURITY_LOGIN_USER_TEMPLATE": "signin/sign_in.html",
    "SECURITY_POST_LOGIN_VIEW": "/espace",
    "SECURITY_POST_LOGOUT_VIEW": "/connexion",
    "SECURITY_REGISTERABLE": False,
    "SECURITY_RECOVERABLE": False,
    "SECURITY_CHANGEABLE": True,
    "SECURITY_CHANGE_URL": "/espace/mot-de-passe",
    "SECURITY_CHANGE_PASSWORD_TEMPLATE": "signin/password.html",
    "SECURITY_POST_CHANGE_VIEW": "/espace",
    "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
    "SECURITY_VERIFY_URL": "/espace/verifier",
    "SECURITY_VERIFY_TEMPLATE": "signin/verify.html",
    "SECURITY_POST_VERIFY_VIEW": "/espace",
    "SECURITY_STATIC_FOLDER": None,
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
    "SECURITY_PASSWORD_LENGTH_MIN": SHORTEST_PASSWORD,
    "SECURITY_PASSWORD_NORMALIZE_FORM": "NFKC",
    "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
    # Our form already answers one sentence; theirs would also replace « trop d’essais ».
    "SECURITY_RETURN_GENERIC_RESPONSES": False,
    "SECURITY_CLI_USERS_NAME": None,
    "SECURITY_CLI_ROLES_NAME": None,
    "SECURITY_FLASH_MESSAGES": True,
    "SESSION_PROTECTION": "strong",
    "SECURITY_MSG_GENERIC_AUTHN_FAILED": (WRONG, "error"),
    "SECURITY_MSG_INVALID_PASSWORD": ("Ce n’est pas votre mot de passe actuel.", "error"),
    "SECURITY_MSG_PASSWORD_CHANGE": ("Votre mot de passe est changé.", "success"),
    "SECURITY_MSG_PASSWORD_IS_THE_SAME": ("Choisissez un mot de passe différent de l’actuel.", "error"),
    "SECURITY_MSG_PASSWORD_INVALID_LENGTH": (
        f"Le mot de passe compte au moins {SHORTEST_PASSWORD} caractères.",
        "error",
    ),
    "SECURITY_MSG_UNAUTHORIZED": ("Cette page ne vous est pas ouverte.", "error"),
    "SECURITY_MSG_UNAUTHENTICATED": ("Connectez-vous pour voir cette page.", "info"),
}

GUESSED = ("security.login", "security.change_password", "security.verify")
"""The forms that compare a password."""


def install_security(app: Flask) -> None:
    app.config.update(SETTINGS, SECURITY_LOGOUT_CSRF=app.config["WTF_CSRF_ENABLED"])
    app.session_interface = DeskSessions(app)
    security = Security()
    security.want_json(_never_json)
    security.init_app(
        app,
        # Roles are posts here (accounts.abilities): the framework's own stay empty.
        SQLAlchemyUserDatastore(db, User, RoleMixin),  # type: ignore[arg-type]
        login_form=SignInForm,
        change_password_form=PasswordForm,
    )
    _slow_down(app)
    user_authenticated.connect(_note_in, app)
    user_logged_out.connect(_note_out, app)


def _never_json(_request: Request) -> bool:
    """Pages only: a JSON answer would hand out tokens that outlive the session."""
    return False


def _slow_down(app: Flask) -> None:
    """Whoever found an open session must not guess the password behind it either."""
    for endpoint in GUESSED:
        view = app.view_functions[endpoint]
        app.view_functions[endpoint] = limiter.limit(POSTS_PER_ADDRESS, methods=["POST"])(view)  # type: ignore[assignment]


def _note_in(app: Flask, user: User, **_extra: Any) -> None:
    # What Flask-Security changed so far (a new password) waits for the end of the request: it must not be undone.
    app.extensions["security"].datastore.commit()
    note_sign_in(account_key(user.email), address(), SignInOutcome.IN, user.id)


def _note_out(_app: Flask, user: User | None = None, **_extra: Any) -> None:
    if isinstance(user, User) and has_request_context():
        note_sign_in(account_key(user.email), address(), SignInOutcome.OUT, user.id)
