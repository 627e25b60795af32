"""Samples as they were, written down at once: for the demo and imports. Nobody is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from matchmaking.catalogue.models import Product
from matchmaking.cooperation.models import Cooperation
from matchmaking.samples import rules, states
from matchmaking.samples.fields import AddressFields, ParcelFields
from matchmaking.samples.models import Sample
from matchmaking.samples.services import masked, sealed
from matchmaking.samples.states import SampleStatus
from portal.core import audit, bulk, clock
from portal.core.actor import Actor
from portal.core.models import AuditEntry
from portal.core.verdict import Refused, conflict
from portal.core.workdays import add_working_days

Step = tuple[SampleStatus, datetime]
VERBS = {
    SampleStatus.APPROVED: "approve_sample",
    SampleStatus.DECLINED: "decline_sample",
    SampleStatus.SHIPPED: "ship_sample",
    SampleStatus.RECEIVED: "receive_sample",
    SampleStatus.DUE: "sample_falls_due",
    SampleStatus.POSTED: "post_sample",
    SampleStatus.OVERDUE: "sample_is_overdue",
}
BY_CLOCK = frozenset({SampleStatus.DUE, SampleStatus.OVERDUE})


@dataclass(frozen=True, slots=True)
class SampleLife:
    """A sample with its steps after it was asked for, oldest first; `buyer` and `seller`: who acts
    for the merchant and for who shows it."""

    cooperation: Cooperation
    buyer: Actor
    seller: Actor
    product: Product
    quantity: int
    post_days: int
    address: AddressFields
    parcel: ParcelFields
    post_url: str
    asked_at: datetime
    steps: Sequence[Step]


@transaction.atomic
def bring_samples(actor: Actor, *, lives: Sequence[SampleLife]) -> list[Sample]:
    """All of them, or none: a step that cannot follow another refuses the whole."""
    rules.can_bring_in_bulk(actor).require()
    seal = {life.address: sealed(life.address) for life in lives}
    made = [_asked(life, seal[life.address]) for life in lives]
    entries = [
        entry
        for sample, life in zip(made, lives, strict=True)
        for entry in _lived(actor, sample, life)
    ]
    bulk.insert(made)
    audit.record_many(entries)
    return made


def _asked(life: SampleLife, address: bytes) -> Sample:
    return Sample(
        cooperation=life.cooperation,
        product=life.product.name,
        goods=life.product,
        quantity=life.quantity,
        address=address,
        masked=masked(life.address),
        post_days=life.post_days,
        requested_by=life.seller.user,
        requested_at=life.asked_at,
        answer_by=life.asked_at + states.ANSWER_WITHIN,
    )


def _lived(actor: Actor, sample: Sample, life: SampleLife) -> Iterator[AuditEntry]:
    after: Mapping[str, Any] = {"quantity": sample.quantity}
    yield audit.entry(life.seller, "request_sample", sample, at=life.asked_at, after=dict(after))
    for status, at in life.steps:
        if status not in states.TRANSITIONS[sample.status]:
            raise Refused(conflict(rules.NOT_NOW))
        before, sample.status = sample.status, status
        if step := STEPS.get(status):
            step(sample, life, at)
        if status not in states.OPEN:
            sample.ended_at = at
        yield audit.entry(
            _who(actor, status, life),
            VERBS[status],
            sample,
            at=at,
            before={"status": before},
            after={"status": status.value},
        )
    if sample.received_at and sample.received_at + states.ADDRESS_KEPT <= clock.now():
        sample.address = None


def _who(actor: Actor, status: SampleStatus, life: SampleLife) -> Actor:
    if status in BY_CLOCK:
        return actor
    is_merchants = status in {SampleStatus.APPROVED, SampleStatus.DECLINED, SampleStatus.SHIPPED}
    return life.buyer if is_merchants else life.seller


def _approve(sample: Sample, life: SampleLife, at: datetime) -> None:
    sample.approved_at = at
    sample.ship_by = add_working_days(clock.day_of(at), states.SHIP_WITHIN)


def _ship(sample: Sample, life: SampleLife, at: datetime) -> None:
    sample.carrier, sample.tracking = life.parcel.carrier, life.parcel.tracking
    sample.shipped_at = at


def _receive(sample: Sample, life: SampleLife, at: datetime) -> None:
    sample.received_at = at
    sample.due_on = clock.day_of(at) + timedelta(days=life.post_days)


def _post(sample: Sample, life: SampleLife, at: datetime) -> None:
    sample.post_url, sample.posted_at = life.post_url, at


STEPS: dict[SampleStatus, Callable[[Sample, SampleLife, datetime], None]] = {
    SampleStatus.APPROVED: _approve,
    SampleStatus.SHIPPED: _ship,
    SampleStatus.RECEIVED: _receive,
    SampleStatus.POSTED: _post,
}
