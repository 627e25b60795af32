"""What each role of a party may do, read off the rules themselves: the table on the members page.

A part of the site adds its own row with `register_ability`, naming the rule that decides it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Kind, Verdict, forbidden
from portal.parties import rules
from portal.parties.models import Party
from portal.parties.states import Role

Rule = Callable[[Actor, Party], Verdict]


@dataclass(frozen=True, slots=True)
class Ability:
    label: str | Promise
    rule: Rule


@dataclass(frozen=True, slots=True)
class Line:
    """One ability, and for each role whether it has it."""

    label: str | Promise
    cells: list[tuple[Role, bool]]


_abilities: list[Ability] = []


def register_ability(label: str | Promise, rule: Rule) -> None:
    _abilities.append(Ability(label, rule))


def table_of(party: Party) -> list[Line]:
    """Every ability × role. A refusal for the party's present state is not one of the role."""
    return [
        Line(ability.label, [(role, _has(ability, role, party)) for role in Role])
        for ability in _abilities
    ]


def _has(ability: Ability, role: Role, party: Party) -> bool:
    actor = Actor(user=None, party=party, role=role, via="web")
    return ability.rule(actor, party).kind is not Kind.FORBIDDEN


def _reads(actor: Actor, party: Party) -> Verdict:
    return ALLOWED if actor.speaks_for(party.pk) else forbidden("")


register_ability(_("Read the party's pages and its correspondence"), _reads)
register_ability(
    _("Edit the profile; publish, sign and hire for the party"), rules.can_manage_party
)
register_ability(
    _("Invite, change and remove members"),
    lambda actor, party: rules.can_give_role(actor, party, Role.MEMBER),
)
register_ability(
    _("Name and dismiss managers and finance"),
    lambda actor, party: rules.can_give_role(actor, party, Role.FINANCE),
)
register_ability(_("Make and revoke API keys"), rules.can_manage_keys)
register_ability(_("Hand the party over to another owner"), rules.can_offer_ownership)
register_ability(_("Leave the party"), rules.can_leave_party)
