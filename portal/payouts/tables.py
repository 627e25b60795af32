"""Lists of payouts that sort, filter and export: a party's own, and finance's of all."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table
from portal.ledger.rules import can_see_money
from portal.payouts import rules, selectors
from portal.payouts.models import Batch, Item, PayoutRequest
from portal.payouts.states import BatchStatus, ItemStatus, RequestStatus, Route

TONES = {
    "planned": "info",
    "paying": "info",
    "paid": "ok",
    "partial": "warn",
    "rejected": "bad",
    "prepared": "warn",
    "approving": "info",
    "approved": "warn",
    "sent": "info",
    "done": "ok",
}

REQUEST_TONES = {"waiting": "warn", "taken": "info", "on_way": "ok"}


def _yuan(name: str) -> Any:
    return lambda row: Decimal(getattr(row, name)).scaleb(-2)


def _own(actor: Actor) -> QuerySet[Item]:
    return Item.objects.visible_to(actor).select_related("batch", "account")


def _of_status(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(status=value)


PAYOUTS = register_table(
    TableKind(
        name="payouts",
        title=_("Payouts"),
        url="payout_list",
        rows=_own,
        may=can_see_money,
        order="-id",
        filters=(
            TableFilter(
                "status",
                _("State"),
                lambda: [
                    (one.value, one.label)
                    for one in ItemStatus
                    if one not in (ItemStatus.PLANNED, ItemStatus.SHORT, ItemStatus.DROPPED)
                ],
                _of_status,
            ),
        ),
        columns=(
            TableColumn(
                "batch",
                _("Batch"),
                lambda row: row.batch.number,
                url=lambda row: row.get_absolute_url(),
            ),
            TableColumn(
                "account", _("Account"), lambda row: f"{row.account.bank} ···· {row.account.last4}"
            ),
            TableColumn(
                "amount",
                _("Amount"),
                lambda row: row.amount_fen,
                form="money",
                sort="amount_fen",
                plain=_yuan("amount_fen"),
            ),
            TableColumn(
                "status",
                _("State"),
                lambda row: row.get_status_display(),
                form="tag",
                tone=lambda row: TONES.get(row.status, ""),
            ),
            TableColumn("ended_at", _("Answered"), lambda row: row.ended_at, form="moment"),
            TableColumn(
                "paid",
                _("Arrived"),
                lambda row: row.paid_fen,
                form="money",
                plain=_yuan("paid_fen"),
                is_shown=False,
            ),
            TableColumn("key", _("Transfer"), lambda row: row.key, is_shown=False),
            TableColumn("reason", _("Reason"), lambda row: row.reason, is_shown=False),
        ),
    )
)


def _batches(actor: Actor) -> QuerySet[Batch]:
    return selectors.batches_with_sums()


BATCHES = register_table(
    TableKind(
        name="payout_batches",
        title=_("Payout batches"),
        url="batch_list",
        rows=_batches,
        may=rules.can_see_batches,
        order="-prepared_at",
        filters=(
            TableFilter("status", _("State"), lambda: BatchStatus.choices, _of_status),
            TableFilter(
                "route",
                _("Who pays"),
                lambda: Route.choices,
                lambda rows, value: rows.filter(route=value),
            ),
        ),
        columns=(
            TableColumn(
                "number",
                _("Batch"),
                lambda row: row.number,
                url=lambda row: row.get_absolute_url(),
                note=lambda row: row.purpose,
            ),
            TableColumn("route", _("Who pays"), lambda row: row.get_route_display()),
            TableColumn("transfers", _("Transfers"), lambda row: row.transfers, form="num"),
            TableColumn(
                "total",
                _("Amount"),
                lambda row: row.total_fen,
                form="money",
                plain=_yuan("total_fen"),
            ),
            TableColumn(
                "prepared_at",
                _("Prepared"),
                lambda row: row.prepared_at,
                form="moment",
                sort="prepared_at",
            ),
            TableColumn("maker", _("Prepared by"), lambda row: str(row.prepared_by or "—")),
            TableColumn("checker", _("Approved by"), lambda row: str(row.approved_by or "—")),
            TableColumn(
                "status",
                _("State"),
                lambda row: row.get_status_display(),
                form="tag",
                tone=lambda row: TONES.get(row.status, ""),
            ),
        ),
    )
)


REQUESTS = register_table(
    TableKind(
        name="payout_requests",
        title=_("Payouts asked for"),
        url="request_register",
        rows=lambda actor: (
            PayoutRequest.objects.visible_to(actor)
            .select_related("party", "asked_by", "batch")
            .annotate(party_name=F("party__name"))
        ),
        may=rules.can_see_batches,
        order="-asked_at",
        filters=(TableFilter("status", _("State"), lambda: RequestStatus.choices, _of_status),),
        columns=(
            TableColumn("party", _("Party"), lambda row: row.party_name, sort="party_name"),
            TableColumn(
                "amount",
                _("Available then"),
                lambda row: row.amount_fen,
                form="money",
                sort="amount_fen",
                plain=_yuan("amount_fen"),
            ),
            TableColumn(
                "asked_at", _("Asked"), lambda row: row.asked_at, form="moment", sort="asked_at"
            ),
            TableColumn("by", _("Asked by"), lambda row: str(row.asked_by or "—"), is_shown=False),
            TableColumn(
                "batch",
                _("Batch"),
                lambda row: row.batch.number if row.batch else "—",
                url=lambda row: row.batch.get_absolute_url() if row.batch else "",
            ),
            TableColumn(
                "status",
                _("State"),
                lambda row: row.get_status_display(),
                form="tag",
                tone=lambda row: REQUEST_TONES.get(row.status, ""),
            ),
        ),
    )
)


def _transfers(actor: Actor) -> QuerySet[Item]:
    return Item.objects.select_related("batch", "party", "account")


def _of_batch(rows: QuerySet[Item], value: str) -> QuerySet[Item]:
    return rows.filter(batch__number=value)


TRANSFERS = register_table(
    TableKind(
        name="payout_transfers",
        title=_("Transfers"),
        url="transfer_list",
        rows=_transfers,
        may=rules.can_see_batches,
        order="-id",
        daily_rows=100_000,
        filters=(
            TableFilter("batch", _("Batch"), lambda: (), _of_batch, is_shown=False),
            TableFilter("status", _("State"), lambda: ItemStatus.choices, _of_status),
        ),
        columns=(
            TableColumn(
                "key",
                _("Transfer"),
                lambda row: row.key,
                note=lambda row: _("attempt %(n)s") % {"n": row.attempt} if row.attempt > 1 else "",
            ),
            TableColumn(
                "batch",
                _("Batch"),
                lambda row: row.batch.number,
                url=lambda row: reverse("batch_detail", args=[row.batch_id]),
            ),
            TableColumn("party", _("Party"), lambda row: row.party.name),
            TableColumn(
                "account", _("Account"), lambda row: f"{row.account.bank} ···· {row.account.last4}"
            ),
            TableColumn(
                "amount",
                _("Amount"),
                lambda row: row.amount_fen,
                form="money",
                sort="amount_fen",
                plain=_yuan("amount_fen"),
            ),
            TableColumn(
                "paid",
                _("Arrived"),
                lambda row: row.paid_fen,
                form="money",
                plain=_yuan("paid_fen"),
            ),
            TableColumn("reference", _("Bank's number"), lambda row: row.reference, is_shown=False),
            TableColumn("reason", _("Reason"), lambda row: row.reason, is_shown=False),
            TableColumn(
                "status",
                _("State"),
                lambda row: row.get_status_display(),
                form="tag",
                tone=lambda row: TONES.get(row.status, ""),
                note=lambda row: row.reason,
            ),
        ),
    )
)
