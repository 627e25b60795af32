"""Who asks for samples, sends them and shows them, and which wish is one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.rules import can_manage_cooperation
from matchmaking.cooperation.states import LIVE
from matchmaking.samples import states
from matchmaking.samples.fields import AddressFields, ParcelFields, SampleFields
from matchmaking.samples.models import Sample
from matchmaking.samples.states import SampleStatus
from portal.core.actor import SYSTEM, Actor
from portal.core.contacts import normal_phone
from portal.core.verdict import (
    ALLOWED,
    Flaw,
    Verdict,
    conflict,
    flawless,
    forbidden,
)

MOST_OPEN = 20  # of one cooperation, asked for and not yet shown
MOST_WORDS = 300
NOT_NOW = _("This is not possible in the sample's present state.")
TRACKING = re.compile(r"[0-9A-Za-z-]{5,40}")


def can_list_samples(actor: Actor) -> Verdict:
    if actor.party is None:
        return forbidden(_("Register a party first."))
    return ALLOWED


def can_bring_in_bulk(actor: Actor) -> Verdict:
    if actor.role == SYSTEM:
        return ALLOWED
    return forbidden(_("Only the system writes down what was before."))


def can_request_sample(actor: Actor, cooperation: Cooperation) -> Verdict:
    """The hired side, while the cooperation lives."""
    if not (verdict := can_manage_cooperation(actor, cooperation)):
        return verdict
    if not actor.speaks_for(cooperation.provider_id):
        return forbidden(_("Whoever shows the goods asks for samples."))
    if cooperation.status not in LIVE:
        return conflict(_("This cooperation is over."))
    if Sample.objects.filter(cooperation=cooperation).open().count() >= MOST_OPEN:
        return conflict(_("Twenty samples of this cooperation are open; show some first."))
    return ALLOWED


def can_answer_sample(actor: Actor, sample: Sample) -> Verdict:
    return _may(actor, sample, SampleStatus.APPROVED, is_merchant=True)


def can_withdraw_sample(actor: Actor, sample: Sample) -> Verdict:
    """Until it was sent."""
    return _may(actor, sample, SampleStatus.WITHDRAWN, is_merchant=False)


def can_ship_sample(actor: Actor, sample: Sample) -> Verdict:
    return _may(actor, sample, SampleStatus.SHIPPED, is_merchant=True)


def can_receive_sample(actor: Actor, sample: Sample) -> Verdict:
    """Or say that it never arrived."""
    return _may(actor, sample, SampleStatus.RECEIVED, is_merchant=False)


def can_post_sample(actor: Actor, sample: Sample) -> Verdict:
    return _may(actor, sample, SampleStatus.POSTED, is_merchant=False)


def can_waive_post(actor: Actor, sample: Sample) -> Verdict:
    """The merchant asks for no post after all: broken goods, a changed plan."""
    return _may(actor, sample, SampleStatus.WAIVED, is_merchant=True)


def can_reveal_address(actor: Actor, sample: Sample) -> Verdict:
    """Those who manage one of the two sides, the merchant while it has a parcel to send."""
    if not sample.cooperation.has_side(actor.party_id):
        return forbidden(_("Addresses are shown to the two sides of the cooperation only."))
    if not (verdict := can_manage_cooperation(actor, sample.cooperation)):
        return verdict
    if sample.address is None:
        return conflict(_("The address was erased: the parcel has arrived, or was never sent."))
    is_merchant = actor.speaks_for(sample.cooperation.merchant_id)
    if is_merchant and sample.status not in states.ON_THE_WAY:
        return conflict(_("The address is shown from your approval until the parcel arrives."))
    return ALLOWED


def _may(actor: Actor, sample: Sample, status: SampleStatus, *, is_merchant: bool) -> Verdict:
    if not (verdict := can_manage_cooperation(actor, sample.cooperation)):
        return verdict
    side = sample.cooperation.merchant_id if is_merchant else sample.cooperation.provider_id
    if actor.role != SYSTEM and not actor.speaks_for(side):
        return forbidden(_("This is for the other side to do."))
    if status not in states.TRANSITIONS[sample.status]:
        return conflict(NOT_NOW)
    return ALLOWED


# --- what is said ---------------------------------------------------------------------------------


def sample_is_sound(fields: SampleFields) -> Verdict:
    return flawless(flaws_of_sample(fields))


def flaws_of_sample(fields: SampleFields) -> Iterator[Flaw]:
    if not 1 <= fields.quantity <= 999:
        yield Flaw("quantity", _("From 1 to 999 pieces."))
    least, most = states.POST_DAYS
    if not least <= fields.post_days <= most:
        yield Flaw("post_days", _("Within 1 to 90 days after they arrive."))
    if len(fields.note) > MOST_WORDS:
        yield Flaw("note", _("At most 300 characters."))
    yield from flaws_of_address(fields.address)


def flaws_of_address(fields: AddressFields) -> Iterator[Flaw]:
    for name, most in (("name", 40), ("region", 40), ("street", 120)):
        value = getattr(fields, name).strip()
        if not value:
            yield Flaw(name, _("Please fill this in."))
        elif len(value) > most or len(value.splitlines()) > 1:
            yield Flaw(name, _("One line of at most %(n)s characters.") % {"n": most})
    if not normal_phone(fields.phone):
        yield Flaw("phone", _("A mainland mobile number, for the carrier."))


def parcel_is_sound(fields: ParcelFields) -> Verdict:
    return flawless(flaws_of_parcel(fields))


def flaws_of_parcel(fields: ParcelFields) -> Iterator[Flaw]:
    if not 2 <= len(fields.carrier.strip()) <= 40 or len(fields.carrier.splitlines()) > 1:
        yield Flaw("carrier", _("Name the carrier in 2 to 40 characters."))
    if not TRACKING.fullmatch(fields.tracking.strip()):
        yield Flaw("tracking", _("5 to 40 letters and digits, as on the parcel."))


def flaws_of_reason(reason: str) -> Iterator[Flaw]:
    if not reason.strip():
        yield Flaw("reason", _("Say why; the other side will read it."))
    elif len(reason) > MOST_WORDS:
        yield Flaw("reason", _("At most 300 characters."))


def flaws_of_post(url: str) -> Iterator[Flaw]:
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.netloc or len(url) > 300:
        yield Flaw("post_url", _("The address of the video or live room, beginning with https://."))
