"""Lists of cooperations that sort, filter and export: a party's own, and the operators' of all."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation import rules, states
from matchmaking.cooperation.models import Cooperation, Dispute
from portal.core.actor import Actor
from portal.core.exports import ExportKind, register_export
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table

TONES = {"accepted": "info", "active": "ok", "paused": "warn", "terminated": "bad"}
DISPUTE_TONES = {"open": "warn", "answered": "warn", "appealed": "warn", "decided": "info"}


def _all(actor: Actor) -> QuerySet[Cooperation]:
    real = Cooperation.objects.filter(merchant__sandbox_of=None, agreed_at__isnull=False)
    rows = real.select_related("merchant", "provider")
    return rows.in_scope_of(actor.user) if actor.user else rows.none()


def _address(cooperation: Cooperation) -> str:
    return reverse("admin:cooperation_cooperation_change", args=[cooperation.pk])


COOPERATIONS = register_table(
    TableKind(
        name="cooperations",
        title=_("Cooperations"),
        url="cooperation_register",
        rows=_all,
        may=rules.can_register_cooperations,
        order="-agreed_at",
        filters=(
            TableFilter(
                "status",
                _("State"),
                lambda: states.CooperationStatus.choices,
                lambda rows, value: rows.filter(status=value),
            ),
        ),
        columns=(
            TableColumn("title", _("Cooperation"), lambda row: row.title, url=_address),
            TableColumn("merchant", _("Merchant"), lambda row: row.merchant.name),
            TableColumn("provider", _("With"), lambda row: row.provider.name),
            TableColumn(
                "fee", _("Fixed fee a month"), lambda row: row.monthly_fee_fen, form="money"
            ),
            TableColumn(
                "starts", _("Begins"), lambda row: row.starts_on, form="day", sort="starts_on"
            ),
            TableColumn(
                "last", _("Last day"), lambda row: row.last_day, form="day", sort="ends_on"
            ),
            TableColumn("version", _("Version"), lambda row: row.version, form="num"),
            TableColumn(
                "agreed", _("Agreed"), lambda row: row.agreed_at, form="moment", sort="agreed_at"
            ),
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


def _disputes(actor: Actor) -> QuerySet[Dispute]:
    rows = Dispute.objects.select_related("cooperation__merchant", "cooperation__provider")
    return rows.in_scope_of(actor.user) if actor.user else rows.none()


DISPUTES = register_table(
    TableKind(
        name="disputes",
        title=_("Disputes of cooperations"),
        url="dispute_register",
        rows=_disputes,
        may=rules.can_see_disputes,
        order="due_at",
        filters=(
            TableFilter(
                "status",
                _("State"),
                lambda: states.DisputeStatus.choices,
                lambda rows, value: rows.filter(status=value),
            ),
        ),
        columns=(
            TableColumn(
                "title",
                _("Cooperation"),
                lambda row: row.cooperation.title,
                url=lambda row: row.get_absolute_url(),
            ),
            TableColumn("merchant", _("Merchant"), lambda row: row.cooperation.merchant.name),
            TableColumn("provider", _("With"), lambda row: row.cooperation.provider.name),
            TableColumn("about", _("About"), lambda row: row.get_reason_display()),
            TableColumn(
                "due", _("Deadline"), lambda row: row.clock_ends_at, form="moment", sort="due_at"
            ),
            TableColumn(
                "status",
                _("State"),
                lambda row: row.get_status_display(),
                form="tag",
                tone=lambda row: DISPUTE_TONES.get(row.status, ""),
            ),
        ),
    )
)


def _own_rows(actor: Actor, params: Any) -> Any:
    rows = Cooperation.objects.visible_to(actor).select_related("merchant", "provider")
    for row in rows.order_by("-pk").iterator():
        yield (
            row.pk,
            row.title,
            row.merchant.name,
            row.provider.name,
            row.monthly_fee_fen / 100,
            row.share_bp / 100,
            row.starts_on,
            row.last_day,
            row.version,
            str(row.get_status_display()),
        )


register_export(
    ExportKind(
        name="cooperation.own",
        title=_("Cooperations"),
        columns=[
            _("Number"),
            _("Cooperation"),
            _("Merchant"),
            _("With"),
            _("Fixed fee a month (yuan)"),
            _("Share (%)"),
            _("Begins"),
            _("Last day"),
            _("Version"),
            _("State"),
        ],
        may=rules.can_list_cooperations,
        rows=_own_rows,
        total=lambda actor, params: Cooperation.objects.visible_to(actor).count(),
    )
)
