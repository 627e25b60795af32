"""Announcing what the platform takes, and noting that somebody looked again."""

from __future__ import annotations

from dataclasses import asdict

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict
from portal.policies import rules
from portal.policies.fields import FeeFields
from portal.policies.models import FeeRate


@transaction.atomic
def announce_fee(actor: Actor, *, fields: FeeFields) -> FeeRate:
    """A rate from a day on. It is never changed: what comes after it is the next one."""
    rules.can_announce_fee(actor).require()
    rules.fee_is_sound(fields).require()
    today = clock.today()
    try:
        with transaction.atomic():
            rate = FeeRate.objects.create(**asdict(fields), announced_on=today, checked_on=today)
    except IntegrityError as error:
        raise Refused(conflict(_("A rate of this fee holds on these days already."))) from error
    after = {"fee": rate.fee, "rate_bp": rate.rate_bp, "from": rate.starts_on}
    audit.record(actor, "announce_fee", rate, after=after)
    return rate


@transaction.atomic
def confirm_fee(actor: Actor, *, rate: FeeRate) -> FeeRate:
    """Somebody looked at its source again today."""
    rules.can_announce_fee(actor).require()
    before, rate.checked_on = rate.checked_on, clock.today()
    rate.save(update_fields=["checked_on"])
    audit.record(actor, "confirm_fee", rate, before={"on": before}, after={"on": rate.checked_on})
    return rate
