"""Offers and counter-offers: each is a version, none is ever changed."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_noop

from matchmaking.recruiting import rules
from matchmaking.recruiting.fields import OfferFields
from matchmaking.recruiting.models import Application, Offer
from matchmaking.recruiting.services.changes import (
    change_application_status,
    lock_application,
    tell_side,
    wait_anew,
)
from matchmaking.recruiting.services.offers import append_offer
from matchmaking.recruiting.states import ApplicationStatus, Side
from portal.core import audit
from portal.core.actor import Actor


@transaction.atomic
def counter_offer(
    actor: Actor, *, application: Application, fields: OfferFields, version: int | None = None
) -> Offer:
    """Propose another commission, in answer to the `version` one has read: by default the
    application's own as it was passed."""
    seen = application.version if version is None else version
    application = lock_application(application)
    rules.can_counter_offer(actor, application).require()
    rules.offer_is_as_seen(application, seen).require()
    side = rules.side_of(actor, application)
    rules.offer_is_sound(fields, application, side).require()
    application.commission_bp, application.samples = fields.commission_bp, fields.samples
    offer = _append(actor, application, side, note=fields.note.strip())
    audit.record(
        actor,
        "counter_offer",
        application,
        after={"version": offer.number, "commission_bp": offer.commission_bp},
    )
    sentence = (
        gettext_noop("%(merchant)s proposes %(commission)s%% for “%(product)s” in “%(post)s”.")
        if side == Side.MERCHANT
        else gettext_noop("%(poster)s proposes %(commission)s%% for “%(product)s” in “%(post)s”.")
    )
    tell_side(application, application.waits_for, "offered", sentence, str(offer.number))
    return offer


@transaction.atomic
def agree_offer(actor: Actor, *, application: Application, version: int | None = None) -> Offer:
    """The merchant takes over the poster's terms as its own offer; the poster accepts."""
    seen = application.version if version is None else version
    application = lock_application(application)
    rules.can_agree_offer(actor, application).require()
    rules.offer_is_as_seen(application, seen).require()
    offer = _append(actor, application, Side.MERCHANT, note="", agrees_to=seen)
    audit.record(actor, "agree_terms", application, after={"version": offer.number, "to": seen})
    sentence = gettext_noop("%(merchant)s agrees to %(commission)s%% for “%(product)s”.")
    tell_side(application, Side.POSTER, "offered", sentence, str(offer.number))
    return offer


def _append(
    actor: Actor,
    application: Application,
    side: Side,
    *,
    note: str,
    agrees_to: int | None = None,
) -> Offer:
    application.version, application.offered_by = application.version + 1, side
    wait_anew(application)
    if application.status == ApplicationStatus.NEGOTIATING:
        application.save()
    else:
        change_application_status(
            actor, application, ApplicationStatus.NEGOTIATING, verb="negotiate_application"
        )
    return append_offer(actor, application, side, note=note, agrees_to=agrees_to)
