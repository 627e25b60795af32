"""A party's own entries as a list that sorts, filters and exports."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table
from portal.ledger.causes import address_of, part_of, text_of
from portal.ledger.models import Entry
from portal.ledger.rules import can_see_money
from portal.ledger.states import OF_PARTIES, Kind, Track


def _own(actor: Actor) -> QuerySet[Entry]:
    return Entry.objects.visible_to(actor).select_related("journal", "account")


def _account(entry: Entry) -> str:
    account = entry.account
    return f"{account.get_kind_display()} · {account.get_track_display()}"


ENTRIES = register_table(
    TableKind(
        name="ledger_entries",
        title=_("Entries"),
        url="money_entries",
        rows=_own,
        may=can_see_money,
        order="-id",
        daily_rows=100_000,
        filters=(
            TableFilter(
                "kind",
                _("Ledger account"),
                lambda: [(kind.value, kind.label) for kind in OF_PARTIES],
                lambda rows, value: (
                    rows.filter(account__kind=value) if value in Kind.values else rows
                ),
            ),
            TableFilter(
                "track",
                _("Estimated or settled"),
                lambda: Track.choices,
                lambda rows, value: (
                    rows.filter(account__track=value) if value in Track.values else rows
                ),
            ),
        ),
        columns=(
            TableColumn(
                "occurred", _("Happened"), lambda entry: entry.journal.occurred_at, form="moment"
            ),
            TableColumn("text", _("What"), text_of, url=address_of),
            TableColumn("part", _("Which part"), part_of),
            TableColumn(
                "account",
                _("Ledger account"),
                _account,
                url=lambda entry: reverse("money_statement", args=[entry.account_id]),
            ),
            TableColumn(
                "amount",
                _("Amount"),
                lambda entry: entry.amount,
                form="money",
                plain=lambda entry: Decimal(entry.amount).scaleb(-2),
            ),
            TableColumn(
                "posted",
                _("Posted"),
                lambda entry: entry.journal.posted_at,
                form="moment",
                is_shown=False,
            ),
            TableColumn(
                "period",
                _("Month it counts in"),
                lambda entry: f"{entry.journal.period:%Y-%m}",
                is_shown=False,
            ),
            TableColumn("key", _("Key"), lambda entry: entry.journal.key, is_shown=False),
        ),
    )
)
