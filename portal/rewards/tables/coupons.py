"""A party's traffic coupons: points, never money."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.core.actor import Actor
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table
from portal.rewards import tones
from portal.rewards.models import Coupon
from portal.rewards.rules.own import can_see_own_tasks
from portal.rewards.states import CouponStatus


def _own(actor: Actor) -> QuerySet[Coupon]:
    return Coupon.objects.filter(party=actor.party_id).select_related("kind", "claim__task")


OWN_COUPONS = register_table(
    TableKind(
        name="own_coupons",
        title=_("My traffic coupons"),
        url="task_rewards",
        rows=_own,
        may=can_see_own_tasks,
        order="-granted_at",
        filters=(
            TableFilter(
                "status",
                _("Status"),
                lambda: CouponStatus.choices,
                lambda rows, value: rows.filter(status=value),
            ),
        ),
        columns=(
            TableColumn(
                "kind",
                _("Coupon"),
                lambda row: row.kind.name,
                url=lambda row: reverse("coupon_detail", args=[row.pk]),
                note=lambda row: row.kind.get_scope_display(),
            ),
            TableColumn("left", _("Points left"), lambda row: row.rest, form="num"),
            TableColumn("face", _("Face value"), lambda row: row.face, form="num"),
            TableColumn(
                "until",
                _("Good until"),
                lambda row: row.expires_at,
                form="day",
                sort="expires_at",
            ),
            TableColumn(
                "granted",
                pgettext_lazy("reward", "Granted"),
                lambda row: row.granted_at,
                form="day",
                sort="granted_at",
                is_shown=False,
            ),
            TableColumn("number", _("Number"), lambda row: row.number, is_shown=False),
            TableColumn(
                "status",
                _("Status"),
                lambda row: row.get_status_display(),
                form="tag",
                tone=lambda row: tones.COUPON.get(row.status, ""),
            ),
        ),
    )
)
