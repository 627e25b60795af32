"""Who acts: the first argument of every service and every rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from portal.parties.models import Party, User

ANONYMOUS, SYSTEM, OPERATOR = "anonymous", "system", "operator"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, the party they speak for, their role in it, and the door they came through.

    `role` is the membership's role (owner, manager, finance, member), `operator` for staff who
    speak for no party, `system` for the clock, `anonymous` for a visitor. `via` is web, api,
    admin, command, task or demo. `key_id` is the API key they came with, which speaks for one
    party only; `key_party_id` is whose key it is, where that party acts for another one.
    """

    user: User | None
    party: Party | None
    role: str
    via: str
    key_id: str = ""
    key_party_id: int | None = None

    @property
    def user_id(self) -> int | None:
        return self.user.pk if self.user else None

    @property
    def party_id(self) -> int | None:
        return self.party.pk if self.party else None

    @property
    def is_signed_in(self) -> bool:
        return self.user is not None

    def speaks_for(self, party_id: int | None) -> bool:
        return party_id is not None and self.party_id == party_id

    def has_perm(self, permission: str) -> bool:
        """Whether a staff permission (`app.codename`) covers this person; the system has all. A
        party's key never has any, whoever made it: staff come with a second factor."""
        if self.key_id:
            return False
        if self.role == SYSTEM:
            return True
        return self.user is not None and self.user.is_staff and self.user.has_perm(permission)


def system_actor(via: str) -> Actor:
    """The clock, a command, or the demo: nobody in particular, allowed everything."""
    return Actor(user=None, party=None, role=SYSTEM, via=via)


def anonymous_actor(via: str) -> Actor:
    return Actor(user=None, party=None, role=ANONYMOUS, via=via)


def actor_again(user_id: int | None, party_id: int | None, via: str) -> Actor:
    """Who a person is now, with the role they have now: for jobs, which run after their request.
    The parties answer this (`ACTOR_SOURCE`); core knows none."""
    source: Callable[[int | None, int | None, str], Actor] = import_string(settings.ACTOR_SOURCE)
    return source(user_id, party_id, via)
