"""Packages, and ordering one: a private need whose terms the merchant has agreed to already."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from matchmaking.needs import rules, selectors, states
from matchmaking.needs.fields import OfferFields, ServiceOfferFields
from matchmaking.needs.models import Need, Proposal, ServiceOffer
from matchmaking.needs.services.changes import change_need_status, tell_provider
from matchmaking.needs.services.offers import append_offer
from matchmaking.needs.states import (
    NeedStatus,
    ProposalStatus,
    Seeks,
    ServiceOfferStatus,
    Side,
)
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict
from portal.core.workhours import after_working_hours
from portal.moderation.services import watch_texts


@transaction.atomic
def create_service_offer(actor: Actor, *, fields: ServiceOfferFields) -> ServiceOffer:
    """A package nobody else sees yet."""
    rules.can_create_service_offer(actor).require()
    offer = ServiceOffer(provider=actor.party, created_at=clock.now())
    _write(actor, offer, fields)
    audit.record(actor, "create_service_offer", offer, after={"title": offer.title})
    return offer


@transaction.atomic
def update_service_offer(
    actor: Actor, *, offer: ServiceOffer, fields: ServiceOfferFields
) -> ServiceOffer:
    """Change it, as it stood when `offer` was read; orders keep the terms they were made on."""
    seen, offer = offer.version, _lock(offer)
    rules.can_edit_service_offer(actor, offer).require()
    rules.service_offer_is_as_seen(offer, seen).require()
    before = _snapshot(offer)
    offer.version += 1
    _write(actor, offer, fields)
    audit.record(actor, "update_service_offer", offer, before=before, after=_snapshot(offer))
    return offer


@transaction.atomic
def show_service_offer(actor: Actor, *, offer: ServiceOffer) -> ServiceOffer:
    offer = _lock(offer)
    rules.can_show_service_offer(actor, offer).require()
    _change_status(actor, offer, ServiceOfferStatus.SHOWN, verb="show_service_offer")
    return offer


@transaction.atomic
def hide_service_offer(actor: Actor, *, offer: ServiceOffer) -> ServiceOffer:
    """Nobody orders it any more; what was ordered goes on."""
    offer = _lock(offer)
    rules.can_hide_service_offer(actor, offer).require()
    _change_status(actor, offer, ServiceOfferStatus.HIDDEN, verb="hide_service_offer")
    return offer


@transaction.atomic
def order_service_offer(
    actor: Actor, *, offer: ServiceOffer, note: str = "", version: int | None = None
) -> Proposal:
    """Order on the terms of the `version` one has read. The provider agrees, offers others or
    steps back within its hours; silence ends the order."""
    seen = offer.version if version is None else version
    offer = _lock(offer)
    rules.can_order_service_offer(actor, offer).require()
    rules.service_offer_is_as_seen(offer, seen).require()
    need = _need_of(actor, offer, note)
    proposal = _proposal_of(actor, offer, need)
    audit.record(actor, "order_service_offer", offer, after={"need": need.pk})
    audit.record(actor, "order_proposal", proposal, after={"offer": offer.pk})
    tell_provider(
        proposal,
        "ordered",
        gettext_noop("%(merchant)s orders “%(need)s”; please answer in time."),
    )
    return proposal


def _need_of(actor: Actor, offer: ServiceOffer, note: str) -> Need:
    now = clock.now()
    answer_by = after_working_hours(now, offer.answer_hours)
    starts_on = max(clock.today() + timedelta(days=offer.lead_days), clock.day_of(answer_by))
    need = Need(
        merchant=actor.party,
        seeks=Seeks(offer.provider.kind),
        title=offer.title,
        brief=note.strip() or offer.scope,
        budget_low_fen=offer.monthly_fee_fen,
        budget_high_fen=offer.monthly_fee_fen,
        starts_on=starts_on,
        term_months=offer.term_months,
        closes_on=clock.day_of(answer_by),
        only_for=offer.provider,
        service_offer=offer,
        answer_by=answer_by,
        created_at=now,
    )
    rules.order_is_sound(need).require()
    need.save()
    need.services.set(offer.services.all())
    shares = offer.provider.category_shares.order_by("-share").values_list("category", flat=True)
    need.categories.set(shares[:1])
    audit.record(actor, "create_need", need, after={"title": need.title})
    need.published_at = now
    change_need_status(actor, need, NeedStatus.OPEN, verb="publish_need")
    change_need_status(actor, need, NeedStatus.MATCHED, verb="match_need")
    return need


def _proposal_of(actor: Actor, offer: ServiceOffer, need: Need) -> Proposal:
    """The provider's own words, and its terms as the merchant's first offer."""
    now = clock.now()
    proposal = Proposal(
        need=need,
        provider=offer.provider,
        status=ProposalStatus.SUBMITTED,
        plan=offer.scope,
        service_level=offer.service_level,
        shares_phone=selectors.share_a_phone(need.merchant, offer.provider),
        created_at=now,
        invited_at=now,
        submitted_at=now,
    )
    terms = OfferFields(
        monthly_fee_fen=offer.monthly_fee_fen,
        share_bp=offer.share_bp,
        ladder=[(step[0], step[1]) for step in offer.ladder],
        is_guarantee=offer.is_guarantee,
        starts_on=need.starts_on,
        term_months=offer.term_months,
    )
    append_offer(actor, proposal, terms, Side.MERCHANT)
    return proposal


def _write(actor: Actor, offer: ServiceOffer, fields: ServiceOfferFields) -> None:
    rules.service_offer_is_sound(fields, offer.provider.kind).require()
    for name, value in asdict(fields).items():
        if name != "service_ids":
            setattr(offer, name, value)
    offer.ladder = [list(step) for step in fields.ladder]
    offer.changed_at = clock.now()
    offer.save()
    offer.services.set(fields.service_ids)
    texts, url = rules.texts_of_service_offer(offer), offer.get_absolute_url()
    watch_texts(actor, obj=offer, party_id=offer.provider_id, texts=texts, url=url)
    if offer.status == ServiceOfferStatus.SHOWN and not rules.is_fit_to_show(offer):
        _change_status(actor, offer, ServiceOfferStatus.HIDDEN, verb="hide_service_offer")


def _change_status(
    actor: Actor, offer: ServiceOffer, status: ServiceOfferStatus, *, verb: str
) -> None:
    if status not in states.SERVICE_OFFER_TRANSITIONS[offer.status]:
        raise Refused(conflict(_("This is not possible in the package's present state.")))
    before, offer.status = offer.status, status
    offer.save(update_fields=["status"])
    audit.record(actor, verb, offer, before={"status": before}, after={"status": status})


def _lock(offer: ServiceOffer) -> ServiceOffer:
    own = ServiceOffer.objects.select_for_update(of=("self",), no_key=True).select_related(
        "provider"
    )
    return own.get(pk=offer.pk)


def _snapshot(offer: ServiceOffer) -> dict[str, Any]:
    return {
        "title": offer.title,
        "scope": offer.scope,
        "service_level": offer.service_level,
        "services": sorted(offer.services.values_list("pk", flat=True)),
        "price": [offer.monthly_fee_fen, offer.share_bp, offer.ladder, offer.is_guarantee],
        "term_months": offer.term_months,
        "lead_days": offer.lead_days,
        "answer_hours": offer.answer_hours,
        "most_open": offer.most_open,
    }
