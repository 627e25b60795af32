"""Cooperations begin where a door's record was accepted."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext_noop

from matchmaking.catalogue.models import Product
from matchmaking.catalogue.rules import products_are_sound
from matchmaking.cooperation import rules
from matchmaking.cooperation.doors import Through
from matchmaking.cooperation.fields import Terms
from matchmaking.cooperation.models import Cooperation, terms_of
from matchmaking.cooperation.services.amendments import put_amendment
from matchmaking.cooperation.services.changes import tell_other
from matchmaking.cooperation.services.papers import conclude_paper, open_paper
from matchmaking.cooperation.services.versions import append_version
from matchmaking.cooperation.states import CooperationStatus, Door
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.parties.models import AgencyProfile, Party
from portal.parties.services import lock_party
from portal.parties.states import PartyKind


@dataclass(frozen=True, slots=True)
class Contact:
    name: str
    phone: str


@transaction.atomic
def open_cooperation(
    actor: Actor,
    *,
    door: Through,
    merchant: Party,
    provider: Party,
    terms: Terms,
    products: Sequence[Product] = (),
) -> Cooperation:
    """Record what both sides agreed on at a door, with its paper; `actor` is who accepted. Whether
    it may be made is the rule of the door that calls; that a sandbox deals with itself only is
    nobody's to forget. `products`: those it is about; none, for everything."""
    rules.are_in_one_world(merchant, provider).require()
    cooperation = cooperation_row(
        door=door, merchant=merchant, provider=provider, terms=terms, at=clock.now()
    )
    cooperation.agreement = conclude_paper(actor, cooperation, products)
    cooperation.save()
    cooperation.services.set(terms.service_ids)
    cooperation.categories.set(terms.category_ids)
    cooperation.products.set(products)
    append_version(actor, cooperation, None)
    audit.record(
        actor,
        "begin_cooperation",
        cooperation,
        after=cooperation_snapshot(cooperation),
    )
    return cooperation


@transaction.atomic
def propose_cooperation(
    actor: Actor,
    *,
    other: Party,
    terms: Terms,
    products: Sequence[Product] = (),
    note: str = "",
    through: Through | None = None,
) -> Cooperation:
    """Propose to work together, without a need or a post or `through` where the two met; the other
    side accepts, declines or answers with other terms within seven days."""
    for side in sorted(filter(None, (actor.party, other)), key=lambda party: party.pk):
        lock_party(side)  # both may propose at once: one waits, and is refused
    rules.can_propose_cooperation(actor, other).require()
    rules.proposed_terms_are_sound(terms, note).require()
    assert actor.party is not None
    sides = (actor.party, other)
    merchant, provider = sides if actor.party.kind == PartyKind.MERCHANT else reversed(sides)
    products_are_sound(products, merchant).require()
    through = through or Through(Door.DIRECT, str(uuid4()))
    cooperation = cooperation_row(
        door=through, merchant=merchant, provider=provider, terms=terms, at=None
    )
    cooperation.agreement = open_paper(actor, cooperation, products)
    cooperation.save()
    cooperation.services.set(terms.service_ids)
    cooperation.categories.set(terms.category_ids)
    cooperation.products.set(products)
    audit.record(actor, "propose_cooperation", cooperation, after=cooperation_snapshot(cooperation))
    amendment = put_amendment(actor, cooperation, terms_of(cooperation), note=note)
    sentence = gettext_noop("%(other)s proposes “%(title)s” to you. Answer by %(day)s.")
    day = clock.day_of(amendment.expires_at)
    tell_other(actor, cooperation, "proposed", sentence, day=day)
    return cooperation


def cooperation_row(
    *,
    door: Through,
    merchant: Party,
    provider: Party,
    terms: Terms,
    at: datetime | None,
) -> Cooperation:
    """A cooperation that is not yet written; without `at`, one that is not yet agreed on."""
    return Cooperation(
        merchant=merchant,
        provider=provider,
        door=door.door,
        door_ref=door.ref,
        door_source=door.source,
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
        notice_days=terms.notice_days,
        refund_ladder=[list(step) for step in terms.refund_ladder],
        settlement_base=terms.settlement_base,
        service_level=terms.service_level,
        status=CooperationStatus.ACCEPTED if at else CooperationStatus.PROPOSED,
        version=1 if at else 0,
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
    house = AgencyProfile.objects.filter(party=other).exclude(business_phone="").first()
    if house is not None:  # an agency says whom to call for business
        return Contact(name=house.business_name, phone=house.business_phone)
    return Contact(name=other.contact_name, phone=other.contact_phone)


def months_later(day: date, months: int) -> date:
    """The same day of the month `months` on, or the month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
