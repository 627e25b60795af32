"""Every change to a sample: lock, ask the rule again, write, tell who has the next move."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop

from matchmaking.catalogue.rules import product_among
from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.services import lock_cooperation
from matchmaking.samples import rules, selectors, states
from matchmaking.samples.fields import AddressFields, ParcelFields, SampleFields
from matchmaking.samples.models import Sample
from matchmaking.samples.states import SampleStatus
from portal.core import audit, clock, vault
from portal.core.actor import Actor
from portal.core.contacts import masked_phone, normal_phone
from portal.core.verdict import Refused, conflict, flawless
from portal.core.workdays import add_working_days
from portal.parties.models import Party
from portal.parties.services import tell_party

MOST = 500
FACTS = (
    *("status", "approved_at", "ship_by", "carrier", "tracking", "shipped_at", "received_at"),
    *("due_on", "post_url", "posted_at", "reason", "ended_at", "address"),
)


@transaction.atomic
def request_sample(actor: Actor, *, cooperation: Cooperation, fields: SampleFields) -> Sample:
    """The hired side asks; the merchant has seven days to answer."""
    cooperation = lock_cooperation(cooperation)
    rules.can_request_sample(actor, cooperation).require()
    rules.sample_is_sound(fields).require()
    product = product_among(selectors.products_to_try(cooperation), fields.product_id)
    now = clock.now()
    sample = Sample.objects.create(
        cooperation=cooperation,
        product=product.name,
        goods=product,
        quantity=fields.quantity,
        note=fields.note.strip(),
        address=sealed(fields.address),
        masked=masked(fields.address),
        post_days=fields.post_days,
        requested_by=actor.user,
        requested_at=now,
        answer_by=now + states.ANSWER_WITHIN,
    )
    audit.record(actor, "request_sample", sample, after={"quantity": sample.quantity})
    sentence = gettext_noop("%(other)s asks for a sample of “%(product)s”. Answer by %(day)s.")
    _tell_merchant(sample, "asked", sentence, day=clock.day_of(sample.answer_by))
    return sample


@transaction.atomic
def approve_sample(actor: Actor, *, sample: Sample) -> Sample:
    """The merchant sends it within three working days."""
    sample = _lock(sample)
    rules.can_answer_sample(actor, sample).require()
    sample.approved_at = clock.now()
    sample.ship_by = add_working_days(clock.today(), states.SHIP_WITHIN)
    _change_status(actor, sample, SampleStatus.APPROVED, "approve_sample")
    sentence = gettext_noop("%(other)s sends you “%(product)s” by %(day)s.")
    _tell_receiver(sample, "approved", sentence, day=sample.ship_by)
    return sample


@transaction.atomic
def decline_sample(actor: Actor, *, sample: Sample, reason: str) -> Sample:
    sample = _lock(sample)
    rules.can_answer_sample(actor, sample).require()
    flawless(rules.flaws_of_reason(reason)).require()
    sample.reason = reason.strip()
    _change_status(actor, sample, SampleStatus.DECLINED, "decline_sample")
    sentence = gettext_noop("%(other)s declined the sample of “%(product)s”: %(reason)s")
    _tell_receiver(sample, "declined", sentence, reason=sample.reason[:150])
    return sample


@transaction.atomic
def withdraw_sample(actor: Actor, *, sample: Sample) -> Sample:
    """It is not needed any more; until it was sent."""
    sample = _lock(sample)
    rules.can_withdraw_sample(actor, sample).require()
    _change_status(actor, sample, SampleStatus.WITHDRAWN, "withdraw_sample")
    sentence = gettext_noop("%(other)s no longer needs the sample of “%(product)s”.")
    _tell_merchant(sample, "withdrawn", sentence)
    return sample


@transaction.atomic
def ship_sample(actor: Actor, *, sample: Sample, parcel: ParcelFields) -> Sample:
    sample = _lock(sample)
    rules.can_ship_sample(actor, sample).require()
    rules.parcel_is_sound(parcel).require()
    sample.carrier, sample.tracking = parcel.carrier.strip(), parcel.tracking.strip()
    sample.shipped_at = clock.now()
    _change_status(actor, sample, SampleStatus.SHIPPED, "ship_sample")
    sentence = gettext_noop("“%(product)s” is on its way: %(parcel)s. Confirm when it arrives.")
    _tell_receiver(sample, "shipped", sentence, parcel=f"{sample.carrier} {sample.tracking}")
    return sample


@transaction.atomic
def receive_sample(actor: Actor, *, sample: Sample) -> Sample:
    """From today the days for the post run."""
    sample = _lock(sample)
    rules.can_receive_sample(actor, sample).require()
    _receive(actor, sample, "receive_sample")
    sentence = gettext_noop("%(other)s received “%(product)s”; it is shown by %(day)s.")
    _tell_merchant(sample, "received", sentence, day=sample.due_on)
    return sample


@transaction.atomic
def lose_sample(actor: Actor, *, sample: Sample, reason: str) -> Sample:
    """It never arrived; nothing is owed for it."""
    sample = _lock(sample)
    rules.can_receive_sample(actor, sample).require()
    flawless(rules.flaws_of_reason(reason)).require()
    sample.reason = reason.strip()
    _change_status(actor, sample, SampleStatus.LOST, "lose_sample")
    sentence = gettext_noop("“%(product)s” never reached %(other)s: %(reason)s")
    _tell_merchant(sample, "lost", sentence, reason=sample.reason[:150])
    return sample


@transaction.atomic
def post_sample(actor: Actor, *, sample: Sample, post_url: str) -> Sample:
    """It was shown; late where its day is over."""
    sample = _lock(sample)
    rules.can_post_sample(actor, sample).require()
    flawless(rules.flaws_of_post(post_url)).require()
    sample.post_url, sample.posted_at = post_url.strip(), clock.now()
    _change_status(actor, sample, SampleStatus.POSTED, "post_sample")
    _tell_merchant(sample, "posted", gettext_noop("%(other)s showed “%(product)s”."))
    return sample


@transaction.atomic
def waive_post(actor: Actor, *, sample: Sample, reason: str) -> Sample:
    """The merchant asks for no post after all."""
    sample = _lock(sample)
    rules.can_waive_post(actor, sample).require()
    flawless(rules.flaws_of_reason(reason)).require()
    sample.reason = reason.strip()
    _change_status(actor, sample, SampleStatus.WAIVED, "waive_post")
    sentence = gettext_noop("%(other)s asks for no post of “%(product)s”: %(reason)s")
    _tell_receiver(sample, "waived", sentence, reason=sample.reason[:150])
    return sample


@transaction.atomic
def reveal_address(actor: Actor, *, sample: Sample) -> AddressFields:
    """Where the parcel goes; who looked is written down."""
    sample = _lock(sample)
    rules.can_reveal_address(actor, sample).require()
    assert sample.address is not None  # the rule saw one
    audit.record(actor, "reveal_address", sample)
    return AddressFields(**json.loads(vault.unseal(sample.address)))


# --- what the calendar does -----------------------------------------------------------------------


def sweep_samples(actor: Actor) -> int:
    """Unanswered wishes, parcels that count as received, posts that are due or overdue, addresses
    no longer needed; how many changed."""
    now, today = clock.now(), clock.today()
    every = Sample.objects.order_by("pk")
    steps: tuple[tuple[Any, Callable[[Actor, Sample], bool]], ...] = (
        (every.filter(status=SampleStatus.REQUESTED, answer_by__lte=now), _expire),
        (
            every.filter(status=SampleStatus.APPROVED, ship_by__lt=today - states.SENT_AT_LATEST),
            _give_up,
        ),
        (
            every.filter(status=SampleStatus.SHIPPED, shipped_at__lte=now - states.ARRIVES_WITHIN),
            _take_as_received,
        ),
        (
            every.filter(status=SampleStatus.RECEIVED, due_on__lte=today + states.DUE_BEFORE),
            _fall_due,
        ),
        (every.filter(status=SampleStatus.DUE, due_on__lt=today), _be_overdue),
        (every.filter(_forgettable(now)), _forget_address),
    )
    return sum(_each(actor, rows, step) for rows, step in steps)


def _forgettable(now: datetime) -> Q:
    old = Q(received_at__lte=now - states.ADDRESS_KEPT) | Q(ended_at__lte=now - states.ADDRESS_KEPT)
    return Q(address__isnull=False) & ~Q(status__in=states.ON_THE_WAY) & old


def _each(actor: Actor, rows: Any, step: Callable[[Actor, Sample], bool]) -> int:
    return sum(_one(actor, pk, step) for pk in list(rows.values_list("pk", flat=True)[:MOST]))


@transaction.atomic
def _one(actor: Actor, pk: Any, step: Callable[[Actor, Sample], bool]) -> bool:
    return step(actor, _lock(Sample.objects.get(pk=pk)))


def _expire(actor: Actor, sample: Sample) -> bool:
    if sample.status != SampleStatus.REQUESTED:
        return False
    _change_status(actor, sample, SampleStatus.EXPIRED, "expire_sample")
    sentence = gettext_noop("Nobody answered about the sample of “%(product)s” in time.")
    _tell_receiver(sample, "expired", sentence)
    _tell_merchant(sample, "expired", sentence)
    return True


def _give_up(actor: Actor, sample: Sample) -> bool:
    """Approved and never sent: the merchant needs the address no more."""
    if sample.status != SampleStatus.APPROVED:
        return False
    sample.address = None
    _change_status(actor, sample, SampleStatus.WITHDRAWN, "give_up_sample")
    sentence = gettext_noop("“%(product)s” was never sent; the address is erased.")
    _tell_receiver(sample, "given_up", sentence)
    _tell_merchant(sample, "given_up", sentence)
    return True


def _take_as_received(actor: Actor, sample: Sample) -> bool:
    if sample.status != SampleStatus.SHIPPED:
        return False
    _receive(actor, sample, "take_sample_as_received")
    sentence = gettext_noop("“%(product)s” counts as received; show it by %(day)s.")
    _tell_receiver(sample, "received", sentence, day=sample.due_on)
    return True


def _fall_due(actor: Actor, sample: Sample) -> bool:
    if sample.status != SampleStatus.RECEIVED:
        return False
    _change_status(actor, sample, SampleStatus.DUE, "sample_falls_due")
    sentence = gettext_noop("Show “%(product)s” of %(other)s by %(day)s.")
    _tell_receiver(sample, "due", sentence, day=sample.due_on)
    return True


def _be_overdue(actor: Actor, sample: Sample) -> bool:
    if sample.status != SampleStatus.DUE:
        return False
    _change_status(actor, sample, SampleStatus.OVERDUE, "sample_is_overdue")
    sentence = gettext_noop("“%(product)s” was to be shown by %(day)s.")
    _tell_receiver(sample, "overdue", sentence, day=sample.due_on)
    _tell_merchant(sample, "overdue", sentence, day=sample.due_on)
    return True


def _forget_address(_actor: Actor, sample: Sample) -> bool:
    sample.address = None
    sample.save(update_fields=["address"])
    return True


# --- shared ---------------------------------------------------------------------------------------


def _receive(actor: Actor, sample: Sample, verb: str) -> None:
    sample.received_at = clock.now()
    sample.due_on = clock.today() + timedelta(days=sample.post_days)
    _change_status(actor, sample, SampleStatus.RECEIVED, verb)


def _change_status(actor: Actor, sample: Sample, status: SampleStatus, verb: str) -> None:
    if status not in states.TRANSITIONS[sample.status]:
        raise Refused(conflict(rules.NOT_NOW))
    before, sample.status = sample.status, status
    if status not in states.OPEN:
        sample.ended_at = clock.now()
    sample.save(update_fields=FACTS)
    audit.record(actor, verb, sample, before={"status": before}, after={"status": status})


def masked(address: AddressFields) -> str:
    """陈** · 138****1111 · 浙江 杭州 ***."""
    name = address.name.strip()
    phone = masked_phone(normal_phone(address.phone))
    return f"{name[:1]}** · {phone} · {address.region.strip()} ***"


def sealed(address: AddressFields) -> bytes:
    plain = {name: value.strip() for name, value in asdict(address).items()}
    return vault.seal(json.dumps(plain, ensure_ascii=False))


def _lock(sample: Sample) -> Sample:
    cooperation = lock_cooperation(sample.cooperation_id)
    locked = Sample.objects.select_for_update(of=("self",), no_key=True).get(pk=sample.pk)
    locked.cooperation = cooperation
    return locked


def _tell_merchant(sample: Sample, event: str, sentence: str, **params: Any) -> None:
    _tell(sample, sample.cooperation.merchant, event, sentence, params)


def _tell_receiver(sample: Sample, event: str, sentence: str, **params: Any) -> None:
    _tell(sample, sample.cooperation.provider, event, sentence, params)


def _tell(sample: Sample, side: Party, event: str, sentence: str, params: dict[str, Any]) -> None:
    plain = {k: v.isoformat() if isinstance(v, date) else v for k, v in params.items()}
    tell_party(
        side,
        event=f"sample.{event}",
        key=f"sample-{event}:{sample.pk}:{side.pk}",
        sentence=sentence,
        params={
            "product": sample.product,
            "other": sample.cooperation.other_side(side.pk).name,
            **plain,
        },
        url=sample.get_absolute_url(),
    )
