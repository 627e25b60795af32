"""Cooperations begin where a door's record was accepted."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from matchmaking.cooperation import rules
from matchmaking.cooperation.fields import Terms
from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.services.versions import append_version
from matchmaking.cooperation.states import Door
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.parties.models import Party


@dataclass(frozen=True, slots=True)
class Contact:
    name: str
    phone: str


@transaction.atomic
def begin_cooperation(
    actor: Actor, *, merchant: Party, provider: Party, door: Door, door_ref: int, terms: Terms
) -> Cooperation:
    """Record an agreement. Whether it may be made is the rule of the door that calls; that a
    sandbox deals with itself only is nobody's to forget."""
    rules.are_in_one_world(merchant, provider).require()
    cooperation = cooperation_row(
        merchant=merchant,
        provider=provider,
        ref=door_ref,
        terms=terms,
        at=clock.now(),
        door=door,
    )
    cooperation.save()
    cooperation.services.set(terms.service_ids)
    cooperation.categories.set(terms.category_ids)
    append_version(actor, cooperation, None)
    audit.record(
        actor,
        "begin_cooperation",
        cooperation,
        after=cooperation_snapshot(cooperation),
    )
    return cooperation


def cooperation_row(
    *,
    merchant: Party,
    provider: Party,
    ref: int,
    terms: Terms,
    at: datetime,
    door: Door = Door.NEED,
) -> Cooperation:
    """A cooperation that is not yet written."""
    return Cooperation(
        merchant=merchant,
        provider=provider,
        door=door,
        door_ref=ref,
        title=terms.title,
        scope=terms.scope,
        city_id=terms.city_id,
        accepts_remote=terms.accepts_remote,
        team=terms.team,
        gmv_target_fen=terms.gmv_target_fen,
        monthly_fee_fen=terms.monthly_fee_fen,
        share_bp=terms.share_bp,
        ladder=[list(step) for step in terms.ladder],
        is_guarantee=terms.is_guarantee,
        starts_on=terms.starts_on,
        ends_on=months_later(terms.starts_on, terms.term_months),
        agreed_at=at,
    )


def cooperation_snapshot(cooperation: Cooperation) -> dict[str, Any]:
    """What the trail keeps of its beginning."""
    return {
        "merchant": cooperation.merchant_id,
        "provider": cooperation.provider_id,
        "door": cooperation.door,
        "ref": cooperation.door_ref,
    }


@transaction.atomic
def reveal_contact(actor: Actor, *, cooperation: Cooperation) -> Contact:
    """The other side's contact; who looked is written down."""
    rules.can_reveal_contact(actor, cooperation).require()
    other = cooperation.other_side(actor.party_id)
    audit.record(actor, "reveal_contact", cooperation, after={"of_party": other.pk})
    return Contact(name=other.contact_name, phone=other.contact_phone)


def months_later(day: date, months: int) -> date:
    """The same day of the month `months` on, or the month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
