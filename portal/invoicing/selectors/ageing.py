"""Who owes whom, and for how long: bills by the day they were due, balances by their months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Sum, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.invoicing.engine import BUCKETS
from portal.invoicing.models import AgedBalance
from portal.revenue.models import Bill

LABELS: tuple[str | Promise, ...] = (
    _("Not due yet"),
    _("1–30 days"),
    _("31–60 days"),
    _("61–90 days"),
    _("91–180 days"),
    _("Over 180 days"),
)
BUCKET_CHOICES = [(str(at), label) for at, label in enumerate(LABELS)]


def with_bucket(bills: QuerySet[Bill]) -> QuerySet[Any]:
    """Each with the bucket of the days since it was due."""
    today = clock.today()
    edges = [
        When(due_on__gte=today - timedelta(days=last), then=Value(at))
        for at, last in enumerate(BUCKETS)
    ]
    bucket = Case(*edges, default=Value(len(BUCKETS)), output_field=IntegerField())
    return bills.annotate(bucket=bucket)


def open_bills(actor: Actor) -> QuerySet[Any]:
    """Of the party one speaks for; of everybody in their regions for the platform's finance."""
    bills = Bill.objects.unsettled().select_related("payer", "payee")
    if actor.party_id is not None:
        is_ours = Case(When(payer=actor.party_id, then=True), default=False)
        mine = bills.filter(Q(payer=actor.party_id) | Q(payee=actor.party_id))
        return with_bucket(mine.annotate(is_ours=is_ours))
    if actor.user is None or not actor.has_perm("invoicing.view_agedbalance"):
        return with_bucket(bills.none())
    return with_bucket(bills.in_scope_of(actor.user))


@dataclass(frozen=True, slots=True)
class AgeRow:
    """One side of what is open: sums by bucket, in fen and never below zero."""

    label: str | Promise
    sums: Sequence[int]

    @property
    def total(self) -> int:
        return sum(self.sums)

    @property
    def late(self) -> int:
        return sum(self.sums[1:])

    @property
    def shares(self) -> list[int]:
        """Of a hundred, for the bars."""
        return [round(100 * fen / self.total) if self.total else 0 for fen in self.sums]


def bill_ages(actor: Actor) -> list[AgeRow]:
    """Receivable and payable of a party; between all parties for the platform."""
    rows = open_bills(actor).order_by()
    if actor.party_id is None:
        return [AgeRow(_("Bills between parties"), _by_bucket(rows))]
    return [
        AgeRow(_("Owed to us by bills"), _by_bucket(rows.filter(payee=actor.party_id))),
        AgeRow(_("Owed by us by bills"), _by_bucket(rows.filter(payer=actor.party_id))),
    ]


def _by_bucket(rows: QuerySet[Any]) -> list[int]:
    found = dict(rows.values_list("bucket").annotate(sum=Sum("amount_fen")))
    return [found.get(at, 0) for at in range(len(LABELS))]


def balance_ages(actor: Actor) -> list[AgeRow]:
    """What the platform owes, and what is owed to it."""
    rows = AgedBalance.objects.visible_to(actor)
    is_party = actor.party_id is not None
    titles = (
        (_("The platform owes us"), _("We owe the platform"))
        if is_party
        else (_("Owed to parties"), _("Owed by parties"))
    )
    above, below = rows.filter(amount_fen__gt=0), rows.filter(amount_fen__lt=0)
    return [AgeRow(titles[0], _buckets(above)), AgeRow(titles[1], _buckets(below))]


def _buckets(rows: QuerySet[AgedBalance]) -> list[int]:
    sums = {f"b{at}": Sum(f"buckets__{at}", default=0) for at in range(len(LABELS))}
    found = rows.aggregate(**sums)
    return [abs(found[f"b{at}"]) for at in range(len(LABELS))]
