"""Verbs on people: enter a person, give and end a post, deactivate, note a sign-in."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from email_validator import EmailNotValidError, validate_email
from flask_security.utils import hash_password
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts import records
from app.accounts.abilities import Role
from app.accounts.models import Mark, Post, SignInOutcome, User, drawn_uniquifier
from app.accounts.queries import DEMO, held_on, stamp_of, user_by_email
from app.directory.models import Branch
from app.extensions import transaction
from app.kernel.clock import today, utcnow
from app.routing.rulebook import REGIONAL_DESK

PASSWORD_BYTES = 15
"""Twenty characters of URL-safe text: 120 bits."""


class Impossible(ValueError):
    """A request about people that cannot be granted; `sentence` says why, `field` where."""

    def __init__(self, sentence: str, field: str | None = None, rank: int | None = None) -> None:
        """`rank`: which of several posts sent together."""
        super().__init__(sentence)
        self.sentence, self.field, self.rank = sentence, field, rank


class StalePerson(Exception):
    """Somebody changed this person since the page was read."""


@dataclass(frozen=True, slots=True)
class NewPost:
    role: Role
    branch_id: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class NewPerson:
    name: str
    email: str
    posts: Sequence[NewPost]


def drawn_password() -> str:
    return secrets.token_urlsafe(PASSWORD_BYTES)


def add_person(new: NewPerson) -> tuple[int, str]:
    """Enter a person with their posts; (id, password drawn, shown once). Raises Impossible."""
    password = drawn_password()
    hashed = hash_password(password)
    with transaction() as session:
        user = _new_user(session, new, hashed)
        return user.id, password


def add_demonstration_people(people: Sequence[tuple[NewPerson, str]]) -> None:
    """Mark an empty database as a demonstration and enter its people, in one go. Raises Impossible."""
    hashed = [hash_password(password) for _, password in people]
    with transaction() as session:
        if session.scalar(select(User.id).limit(1)) is not None:
            raise Impossible("Cette base contient déjà des comptes. La démonstration n’y entre pas.")
        records.mark(session, DEMO, "people")
        for (new, _), password_hash in zip(people, hashed, strict=True):
            _new_user(session, new, password_hash)


def mark_demonstration(value: str) -> None:
    """Say how far the demonstration is loaded, so that a broken load goes on where it stopped."""
    with transaction() as session:
        session.get_one(Mark, DEMO).value = value


def give_post(user_id: int, new: NewPost, seen: str | None = None) -> None:
    """One more post for this person, as the page showed them. Raises Impossible, StalePerson."""
    with transaction() as session:
        _user(session, user_id, seen)
        _refuse_repeat(session, user_id, new)
        _add_post(session, user_id, new)


def end_post(post_id: int, user_id: int, on: date, by_user_id: int, seen: str | None = None) -> None:
    """The post ends that day, which is its last; a future post ends before it begins and is erased."""
    with transaction() as session:
        _user(session, user_id, seen)
        post = session.get(Post, post_id)
        if post is None or post.user_id != user_id:
            raise Impossible("Ce poste n’existe plus.")
        if post.role == Role.ADMINISTRATOR:
            _refuse_last_administrator(session, user_id, by_user_id)
        if post.starts_on > on:
            session.delete(post)
        else:
            post.ends_on = on


def deactivate(user_id: int, by_user_id: int, seen: str | None = None) -> None:
    """No sign-in any more, and every open session ends at once. Raises Impossible, StalePerson."""
    with transaction() as session:
        user = _user(session, user_id)
        if not user.active:
            return
        _refuse_stale(user, seen)
        _refuse_last_administrator(session, user_id, by_user_id)
        user.active, user.fs_uniquifier = False, drawn_uniquifier()


def reactivate(user_id: int) -> None:
    with transaction() as session:
        _user(session, user_id).active = True


def renew_password(user_id: int, seen: str | None = None) -> str:
    """A new password, shown once; every open session of this person ends. Raises Impossible, StalePerson."""
    password = drawn_password()
    hashed = hash_password(password)
    with transaction() as session:
        user = _user(session, user_id, seen)
        user.password, user.fs_uniquifier = hashed, drawn_uniquifier()
    return password


def note_sign_in(account: str, address: str, outcome: SignInOutcome, user_id: int | None = None) -> None:
    """A line of the journal of sign-ins; a successful one tidies the sessions that have ended."""
    with transaction() as session:
        records.note_sign_in(session, account, address, outcome, user_id)
        if outcome is SignInOutcome.IN:
            records.drop_stale_sessions(session, utcnow())


def _new_user(session: Session, new: NewPerson, password_hash: str) -> User:
    if user_by_email(new.email) is not None:
        raise Impossible("Cette adresse e-mail a déjà un compte.", "email")
    # On one line: a name ends up in the subject of letters, where another line would be another header.
    user = records.add_user(session, " ".join(new.name.split()), _address(new.email), password_hash)
    for rank, post in enumerate(new.posts, 1):
        try:
            _refuse_repeat(session, user.id, post)
            _add_post(session, user.id, post)
        except Impossible as refusal:
            raise Impossible(refusal.sentence, refusal.field, rank) from refusal
    return user


def _address(email: str) -> str:
    """An address the sign-in form will accept in its turn. Raises Impossible."""
    try:
        return validate_email(email, check_deliverability=False).normalized
    except EmailNotValidError as error:
        sentence = "Cette adresse n’est pas complète. Elle ressemble à prenom.nom@exemple.fr"
        raise Impossible(sentence, "email") from error


def _add_post(session: Session, user_id: int, new: NewPost) -> None:
    if new.role.of_a_branch != (new.branch_id is not None):
        sentence = "Choisissez une antenne." if new.role.of_a_branch else "Ce rôle n’a pas d’antenne."
        raise Impossible(sentence, "branch")
    if new.branch_id is not None:
        _refuse_wrong_branch(session, new.role, new.branch_id)
    starts_on = new.starts_on or today()
    if new.ends_on is not None and new.ends_on < starts_on:
        raise Impossible("La fin vient avant le début.", "ends_on")
    records.add_post(session, user_id, new.role, new.branch_id, starts_on, new.ends_on)


def _refuse_wrong_branch(session: Session, role: Role, branch_id: int) -> None:
    branch = session.get(Branch, branch_id)
    if branch is None:
        raise Impossible("Cette antenne n’existe plus.", "branch")
    if role is Role.MAISON_ADVISER and branch.actor != REGIONAL_DESK:
        raise Impossible("Choisissez une Maison de Ma Région pour ce rôle.", "branch")


def _refuse_repeat(session: Session, user_id: int, new: NewPost) -> None:
    asked = select(Post.id).where(
        Post.user_id == user_id,
        Post.role == new.role,
        Post.branch_id == new.branch_id if new.branch_id is not None else Post.branch_id.is_(None),
        held_on(new.starts_on or today()),
    )
    if session.scalar(asked.limit(1)) is not None:
        raise Impossible("Cette personne tient déjà ce poste.", "role")


def _refuse_last_administrator(session: Session, user_id: int, by_user_id: int) -> None:
    """Somebody must always be able to open the administration."""
    if user_id == by_user_id:
        raise Impossible("Vous ne pouvez pas vous retirer vous-même. Demandez à un autre administrateur.")
    others = (
        select(Post.id)
        .join(User, User.id == Post.user_id)
        .where(Post.role == Role.ADMINISTRATOR, held_on(today()), User.active, User.id != user_id)
    )
    if session.scalar(others.limit(1)) is None:
        raise Impossible("Il ne resterait aucun administrateur. Nommez-en un autre d’abord.")


def _user(session: Session, user_id: int, seen: str | None = None) -> User:
    user = session.get(User, user_id, with_for_update=True)
    if user is None:
        raise Impossible("Cette personne n’existe plus.")
    _refuse_stale(user, seen)
    return user


def _refuse_stale(user: User, seen: str | None) -> None:
    if seen is not None and seen != stamp_of(user):
        raise StalePerson
