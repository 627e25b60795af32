"""Letting another party's keys act for one's own."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Flaw, Refused, flawless, forbidden
from portal.parties import rules
from portal.parties.fields import GrantFields
from portal.parties.models import ApiKey, KeyGrant, Party
from portal.parties.services.keys import USED_EVERY, actor_of_key
from portal.parties.services.parties import tell_party
from portal.parties.states import PartyStatus, Role


@transaction.atomic
def give_grant(actor: Actor, *, party: Party, fields: GrantFields) -> KeyGrant:
    """Let the keys of the party whose key begins so act for `party`. One already given is ended."""
    party = Party.objects.select_for_update(no_key=True).get(pk=party.pk)
    rules.can_give_grant(actor, party).require()
    rules.grant_is_sound(fields).require()
    assert actor.user is not None  # the rule above
    taker = _holder(fields.prefix, party)
    now = clock.now()
    standing = KeyGrant.objects.filter(giver=party, taker=taker, ended_at=None)
    standing.update(ended_at=now, ended_by=party)
    grant = KeyGrant.objects.create(
        giver=party,
        taker=taker,
        scopes=sorted(fields.scopes),
        given_by=actor.user,
        created_at=now,
        expires_at=now + timedelta(days=fields.days),
    )
    audit.record(actor, "give_grant", party, after={"to": taker.pk, "scopes": grant.scopes})
    _tell(grant, grant.taker, "given", gettext_noop("%(giver)s lets your keys act for it."))
    return grant


@transaction.atomic
def end_grant(actor: Actor, *, grant: KeyGrant) -> KeyGrant:
    """At once; the other side is told."""
    rows = KeyGrant.objects.select_for_update(of=("self",), no_key=True).select_related(
        "giver", "taker"
    )
    grant = rows.get(pk=grant.pk)
    rules.can_end_grant(actor, grant).require()
    grant.ended_at = clock.now()
    if actor.party_id in (grant.giver_id, grant.taker_id):
        grant.ended_by = actor.party
    grant.save(update_fields=["ended_at", "ended_by"])
    audit.record(actor, "end_grant", grant.giver, after={"to": grant.taker_id})
    sentence = gettext_noop("The keys of %(taker)s no longer act for %(giver)s.")
    for side in (grant.giver, grant.taker):
        if not actor.speaks_for(side.pk):
            _tell(grant, side, "ended", sentence)
    return grant


def find_grant(key: ApiKey, giver_id: int) -> KeyGrant | None:
    """The live right of the key's party to act for another one."""
    live = KeyGrant.objects.live(clock.now()).filter(taker=key.party_id, giver=giver_id)
    return live.select_related("giver__city").first()


def actor_of_grant(key: ApiKey, grant: KeyGrant) -> Actor:
    """The key's maker, speaking for the giver like one of its managers."""
    holder = actor_of_key(key)
    if grant.giver.status == PartyStatus.CLOSED:
        raise Refused(forbidden(_("This party is closed.")))
    return Actor(
        user=holder.user,
        party=grant.giver,
        role=Role.MANAGER,
        via="api",
        key_id=holder.key_id,
        key_party_id=key.party_id,
    )


def note_grant_use(grant: KeyGrant) -> None:
    """When it was used last, to the minute."""
    now = clock.now()
    if grant.used_at is None or grant.used_at < now - USED_EVERY:
        KeyGrant.objects.filter(pk=grant.pk).update(used_at=now)


def _holder(prefix: str, party: Party) -> Party:
    """Whose key begins so. People copy too much: what follows the beginning is not looked at."""
    start = "_".join(prefix.strip().split("_")[:2])
    key = ApiKey.objects.live(clock.now()).filter(prefix=start).select_related("party").first()
    if key is None or key.party_id == party.pk or key.party.is_sandbox:
        raise Refused(flawless([Flaw("prefix", _("No key of another party begins like this."))]))
    return key.party


def _tell(grant: KeyGrant, side: Party, what: str, sentence: str) -> None:
    tell_party(
        side,
        event=f"key.grant_{what}",
        key=f"key-grant-{what}:{grant.pk}:{side.pk}",
        sentence=sentence,
        params={"giver": grant.giver.name, "taker": grant.taker.name},
        url=f"{side.get_absolute_url()}keys/",
    )
