"""The sign-in and password forms in our words: one sentence for every failure, so that nobody learns who has
an account."""

from __future__ import annotations

from typing import Any

from flask_security.forms import ChangePasswordForm, LoginForm
from wtforms import EmailField, PasswordField, SubmitField
from wtforms.validators import EqualTo, InputRequired, Length

from app.accounts.actions import note_sign_in
from app.accounts.attempts import TOO_MANY, account_key, address, too_many
from app.accounts.models import SignInOutcome
from app.kernel.text import storable

WRONG = "Adresse e-mail ou mot de passe incorrect."
LONGEST_EMAIL = 254
LONGEST_PASSWORD = 128
SHORTEST_PASSWORD = 12


class SignInForm(LoginForm):
    email = EmailField(
        "Adresse e-mail",
        [InputRequired("Écrivez votre adresse e-mail."), Length(max=LONGEST_EMAIL)],
        filters=[lambda typed: storable(typed) if typed else typed],
    )
    password = PasswordField(
        "Mot de passe", [InputRequired("Écrivez votre mot de passe."), Length(max=LONGEST_PASSWORD)]
    )
    remember = None
    submit = SubmitField("Se connecter")

    def validate(self, **kwargs: Any) -> bool:
        if not (self.email.data and self.password.data):
            super(LoginForm, self).validate(**kwargs)
            return False
        account = account_key(self.email.data)
        if too_many(account):
            note_sign_in(account, address(), SignInOutcome.BLOCKED)
            return self._refuse(TOO_MANY)
        if not super().validate(**kwargs):
            user_id = self.user.id if self.user else None
            note_sign_in(account, address(), SignInOutcome.FAILED, user_id)
            return self._refuse(WRONG)
        return True

    def _refuse(self, sentence: str) -> bool:
        for field in (self.email, self.password):
            field.errors = []
        self.password.errors = [sentence]
        return False


class PasswordForm(ChangePasswordForm):
    password = PasswordField("Mot de passe actuel", [InputRequired("Écrivez votre mot de passe actuel.")])
    new_password = PasswordField(
        "Nouveau mot de passe",
        [
            InputRequired("Écrivez le nouveau mot de passe."),
            Length(
                min=SHORTEST_PASSWORD,
                max=LONGEST_PASSWORD,
                message=f"Le mot de passe compte de {SHORTEST_PASSWORD} à {LONGEST_PASSWORD} caractères.",
            ),
        ],
    )
    new_password_confirm = PasswordField(
        "Nouveau mot de passe, une seconde fois",
        [EqualTo("new_password", "Les deux mots de passe diffèrent.")],
    )
    submit = SubmitField("Changer de mot de passe")
