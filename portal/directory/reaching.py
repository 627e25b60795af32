"""What the reader of a profile can do next: invite it, keep it in mind, see it beside others."""

from __future__ import annotations

from dataclasses import dataclass, field

from matchmaking.brokerage.rules import is_represented
from matchmaking.needs.models import Need
from matchmaking.needs.rules import can_create_need, can_invite_provider, is_blocked
from matchmaking.needs.selectors import needs_for
from portal.core.actor import Actor
from portal.directory.models import ShortlistEntry
from portal.parties.models import Party
from portal.parties.rules import is_unclaimed
from portal.parties.states import PartyKind

MOST_NEEDS = 8
MOST_BESIDE = 3


@dataclass(frozen=True, slots=True)
class Ways:
    """`needs`: ours it can be invited to; `may_ask`: whether it can be asked alone; `kept`: itself,
    if it stands on our shortlist; `beside`: others of its kind there, to compare it with."""

    needs: list[Need] = field(default_factory=list)
    may_ask: bool = False
    kept: set[int] = field(default_factory=set)
    beside: list[int] = field(default_factory=list)


def may_ask(actor: Actor, party: Party) -> bool:
    """A represented creator is reached through the platform; who has not claimed its profile would
    not answer."""
    if party.kind == PartyKind.MERCHANT or is_unclaimed(party) or is_represented(party):
        return False
    return bool(can_create_need(actor))


def ways_to(actor: Actor, party: Party) -> Ways:
    if actor.party is None or actor.speaks_for(party.pk):
        return Ways()
    entries = ShortlistEntry.objects.visible_to(actor).order_by("-pk")
    same_kind = entries.filter(party__in=Party.objects.listed().filter(kind=party.kind))
    on_list = list(same_kind.values_list("party_id", flat=True))
    return Ways(
        needs=_needs_for(actor, party),
        may_ask=may_ask(actor, party),
        kept={party.pk}.intersection(on_list),
        beside=[key for key in on_list if key != party.pk][:MOST_BESIDE],
    )


def _needs_for(actor: Actor, party: Party) -> list[Need]:
    if not may_ask(actor, party):
        return []
    ours = needs_for(actor, "ours").public().taking_proposals().filter(seeks=party.kind)
    free = list(ours.exclude(proposals__provider=party).order_by("closes_on", "pk")[:MOST_NEEDS])
    blocked = is_blocked(actor.party_id, party.pk) if actor.party_id and free else False
    return [need for need in free if can_invite_provider(actor, need, party, blocked=blocked)]
