"""Lists of cooperations that sort, filter and export: a party's own, and the operators' of all."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, F, QuerySet, When
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation import rules, states
from matchmaking.cooperation.models import Cooperation, Dispute
from portal.core.actor import Actor
from portal.core.clock import SHANGHAI
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table

TONES = {"accepted": "info", "active": "ok", "paused": "warn", "terminated": "bad"}
DISPUTE_TONES = {"open": "warn", "answered": "warn", "appealed": "warn", "decided": "info"}


def _all(actor: Actor) -> QuerySet[Cooperation]:
    real = Cooperation.objects.filter(merchant__sandbox_of=None, agreed_at__isnull=False)
    rows = real.select_related("merchant", "provider")
    return rows.in_scope_of(actor.user) if actor.user else rows.none()


def _how_often(cooperation: Cooperation) -> str:
    if not cooperation.monthly_fee_fen:
        return ""
    return _now("once") if cooperation.is_once else _now("a month")


HOW_OFTEN = TableColumn("fee_paid", _("Fee is paid"), _how_often, is_shown=False)


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
                "fee",
                _("Fixed fee"),
                lambda row: row.monthly_fee_fen,
                form="money",
                note=_how_often,
            ),
            HOW_OFTEN,
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


def _own(actor: Actor) -> QuerySet[Cooperation]:
    """The acting party's, with the name of the other side."""
    rows = Cooperation.objects.visible_to(actor).select_related("merchant", "provider")
    is_buyer = When(merchant=actor.party_id, then=F("provider__name"))
    return rows.annotate(other=Case(is_buyer, default=F("merchant__name")))


def _agreed(row: Any) -> str:
    if row.agreed_at is None:
        return _now("nothing agreed yet")
    day = date_format(timezone.localtime(row.agreed_at, SHANGHAI), "Y-m-d H:i")
    return _now("agreed %(at)s") % {"at": day}


OWN_COOPERATIONS = register_table(
    TableKind(
        name="own_cooperations",
        title=_("Cooperations"),
        url="cooperation_list",
        rows=_own,
        may=rules.can_list_cooperations,
        order="-pk",
        filters=(
            TableFilter(
                "status",
                _("State"),
                lambda: states.CooperationStatus.choices,
                lambda rows, value: rows.filter(status=value),
            ),
            TableFilter(
                "door",
                _("Came by"),
                lambda: states.Door.choices,
                lambda rows, value: rows.filter(door=value),
            ),
        ),
        columns=(
            TableColumn(
                "title",
                _("Cooperation"),
                lambda row: row.title,
                sort="title",
                url=lambda row: row.get_absolute_url(),
                note=_agreed,
            ),
            TableColumn("number", _("Number"), lambda row: row.pk, form="num", is_shown=False),
            TableColumn("other", _("With"), lambda row: row.other, sort="other"),
            TableColumn("door", _("Came by"), lambda row: row.get_door_display(), is_shown=False),
            TableColumn(
                "fee",
                _("Fixed fee"),
                lambda row: row.monthly_fee_fen,
                form="money",
                sort="monthly_fee_fen",
                note=_how_often,
            ),
            HOW_OFTEN,
            TableColumn(
                "share",
                _("Share"),
                lambda row: f"{row.share_bp / 100:g}%",
                sort="share_bp",
                note=lambda row: _now("the greater is paid") if row.is_guarantee else "",
            ),
            TableColumn(
                "starts", _("Begins"), lambda row: row.starts_on, form="day", sort="starts_on"
            ),
            TableColumn(
                "last", _("Last day"), lambda row: row.last_day, form="day", sort="ends_on"
            ),
            TableColumn(
                "version", _("Version"), lambda row: row.version, form="num", is_shown=False
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
