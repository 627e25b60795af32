"""Parties taken from public data: listed, and nobody's until somebody claims them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from stdnum.cn import uscc

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.models import AuditEntry
from portal.parties import rules
from portal.parties.fields import TakenFields
from portal.parties.listing import publish_new_listings
from portal.parties.models import Party
from portal.parties.services.bulk import insert_parties
from portal.parties.services.parties import registered_snapshot
from portal.parties.states import PartyStatus


@transaction.atomic
def take_parties(actor: Actor, *, found: Sequence[TakenFields]) -> list[Party]:
    """List organisations that public data names, all or none. No document of theirs was seen: where
    a permit is asked for they are not found."""
    rules.can_take_parties(actor).require()
    for taken in found:
        rules.taken_is_sound(taken).require()
    parties = [_party(taken) for taken in found]
    described = zip(parties, found, strict=True)
    insert_parties(actor, [(party, taken.fields, taken.provider) for party, taken in described])
    audit.record_many([_entry(actor, party) for party in parties])
    publish_new_listings([party.pk for party in parties])
    return parties


def _party(taken: TakenFields) -> Party:
    fields, now = taken.fields, clock.now()
    return Party(
        kind=taken.kind,
        name=fields.name,
        legal_name=fields.legal_name,
        uscc=uscc.compact(fields.uscc),
        city_id=fields.city_id,
        intro=fields.intro,
        contact_name=fields.contact_name,
        contact_phone=fields.contact_phone,
        taken_from=taken.source,
        status=PartyStatus.LISTED,
        created_at=now,
        submitted_at=now,
        verified_at=now,
        updated_at=now,
    )


def _entry(actor: Actor, party: Party) -> AuditEntry:
    after = registered_snapshot(party) | {"source": party.taken_from}
    return audit.entry(actor, "take_party", party, at=party.created_at, after=after)
