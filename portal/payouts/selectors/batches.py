from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from portal.core.templatetags.ui import moment
from portal.payouts.models import Batch, FileTaking, Item, ItemQuerySet
from portal.payouts.states import ItemStatus


@dataclass(frozen=True, slots=True)
class Counted:
    """Transfers of one state in a batch; in fen."""

    status: ItemStatus
    count: int
    amount: int
    paid: int


def batches_with_sums() -> QuerySet[Batch]:
    rows = Batch.objects.select_related("prepared_by", "approved_by", "template")
    return rows.annotate(transfers=Count("items"), total_fen=Coalesce(Sum("items__amount_fen"), 0))


def items_of(batch: Batch) -> ItemQuerySet:
    return Item.objects.filter(batch=batch).select_related("party", "account")


def sums_of(batch: Batch) -> list[Counted]:
    rows = Item.objects.filter(batch=batch).order_by().values_list("status")
    told = rows.annotate(count=Count("pk"), amount=Sum("amount_fen"), paid=Sum("paid_fen"))
    found = {status: Counted(ItemStatus(status), *more) for status, *more in told}
    return [found[status] for status in ItemStatus if status in found]


def total_of(batch: Batch) -> int:
    return int(Item.objects.filter(batch=batch).aggregate(sum=Sum("amount_fen"))["sum"] or 0)


def takings_of(batch: Batch) -> QuerySet[FileTaking]:
    return FileTaking.objects.filter(file=batch.pk).select_related("by").order_by("-pk")


def way_of_batch(batch: Batch) -> list[dict[str, Any]]:
    """Where it stands, as `components/steps.html` takes it."""
    times = [
        (_("Prepared"), batch.prepared_at),
        (_("Approved by a second person"), batch.approved_at),
        (_("Sent to the bank"), batch.sent_at),
        (_("Answered by the bank"), batch.ended_at if batch.sent_at else None),
    ]
    return way(times)


def way_of(item: Item) -> list[dict[str, Any]]:
    """A transfer's, as its party sees it."""
    times = [
        (_("Approved"), item.batch.approved_at),
        (_("Sent to the bank"), item.batch.sent_at),
        (item.get_status_display() if item.ended_at else _("Arrived"), item.ended_at),
    ]
    return way(times)


def way(times: Sequence[tuple[Any, datetime | None]]) -> list[dict[str, Any]]:
    next_one = next((number for number, (_label, at) in enumerate(times) if at is None), -1)
    return [
        {
            "label": label,
            "note": moment(at) if at else "",
            "state": "done" if at else "current" if number == next_one else "",
        }
        for number, (label, at) in enumerate(times)
    ]


def batch_by(numbers: Sequence[str]) -> dict[str, Batch]:
    return {batch.number: batch for batch in Batch.objects.filter(number__in=numbers)}
