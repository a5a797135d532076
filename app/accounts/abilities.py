"""Who may do what: roles, abilities and the table that joins them; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from app.kernel.vocabulary import Listed


class Role(Listed):
    """What a person does at a post. The company's secret link is a capability, not a role."""

    ADVISER = "adviser", "Conseiller"
    BRANCH_MANAGER = "branch_manager", "Responsable d’antenne"
    MAISON_ADVISER = "maison_adviser", "Conseiller de Maison de Ma Région"
    REGIONAL_MANAGER = "regional_manager", "Responsable régional"
    ADMINISTRATOR = "administrator", "Administrateur"

    @property
    def of_a_branch(self) -> bool:
        """Held in a branch; the others are held for the whole region."""
        return self not in REGIONAL_ROLES


REGIONAL_ROLES = frozenset({Role.REGIONAL_MANAGER, Role.ADMINISTRATOR})


class Ability(Enum):
    """What a door asks for."""

    WORK_CASES = "work_cases"
    SEE_MAISON = "see_maison"
    SEE_COLLECTIVE = "see_collective"
    STEER = "steer"
    ADMINISTER = "administer"


ABILITIES: Mapping[Role, frozenset[Ability]] = {
    Role.ADVISER: frozenset({Ability.WORK_CASES}),
    Role.BRANCH_MANAGER: frozenset({Ability.WORK_CASES, Ability.STEER}),
    Role.MAISON_ADVISER: frozenset({Ability.WORK_CASES, Ability.SEE_MAISON, Ability.SEE_COLLECTIVE}),
    Role.REGIONAL_MANAGER: frozenset({Ability.STEER, Ability.SEE_COLLECTIVE}),
    Role.ADMINISTRATOR: frozenset({Ability.ADMINISTER}),
}


@dataclass(frozen=True, slots=True)
class PostFact:
    """A post held today; a regional post has no branch."""

    branch_id: int | None
    branch_slug: str
    branch_name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks. A person holds one or several posts and may do what any of them allows."""

    user_id: int
    name: str
    posts: tuple[PostFact, ...]

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(post.role for post in self.posts)

    def can(self, ability: Ability) -> bool:
        return any(ability in ABILITIES[post.role] for post in self.posts)

    def branch_ids(self, *roles: Role) -> tuple[int, ...]:
        """The branches where this person holds one of these roles (any role when none is named)."""
        held = {post.branch_id for post in self.posts if not roles or post.role in roles}
        return tuple(sorted(branch for branch in held if branch is not None))
