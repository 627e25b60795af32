"""Who else speaks for the parties of the guide, each in a role; and one who has not answered."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from django.db import transaction

from portal.core import clock, outbox
from portal.core.actor import Actor
from portal.parties import services
from portal.parties.demo.cast import CAST, acting, cast_party, make_person
from portal.parties.demo.world import World
from portal.parties.models import Party
from portal.parties.states import PartyKind, Role

COLLEAGUES = {  # the login's ending, the name, the role
    PartyKind.MERCHANT: (("manager", "周敏", Role.MANAGER), ("finance", "吴会", Role.FINANCE)),
    PartyKind.PROVIDER: (("manager", "许航", Role.MANAGER), ("member", "丁一", Role.MEMBER)),
    PartyKind.AGENCY: (("manager", "唐悦", Role.MANAGER), ("finance", "蒋薇", Role.FINANCE)),
}
UNANSWERED = "newcomer@example.com"  # a domain of nobody


@transaction.atomic
def make_colleagues(world: World, password: str) -> None:
    for kind, people in COLLEAGUES.items():
        party, random = cast_party(kind), Random(f"colleagues:{kind}")
        with outbox.born_delivered():
            for days, (ending, name, role) in zip((400, 150), people, strict=True):
                with clock.standing_at(world.ago(days, random)):
                    _join(party, f"{CAST[kind][0]}-{ending}", name, role, password)
            with clock.standing_at(world.ago(2, random)):
                services.invite_member(
                    acting(party), party=party, role=Role.MEMBER, email=UNANSWERED
                )


def _join(party: Party, login: str, name: str, role: Role, password: str) -> None:
    """Invited by the owner, accepted an hour later."""
    person = make_person(login, name, password)
    invitation = services.invite_member(
        acting(party), party=party, role=role, email=person.email or ""
    )
    invited = Actor(user=person, party=None, role="person", via="demo")
    with clock.standing_at(clock.now() + timedelta(hours=1)):
        services.accept_invitation(invited, invitation=invitation)
