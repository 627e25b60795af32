"""Fairs, as the search shows them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from matchmaking.fairs.models import Fair
from portal.core import clock
from portal.core.actor import Actor
from portal.core.templatetags.ui import day
from portal.search.findables import Hit, Rows, register_finder


def _fair(_actor: Actor, fair: Fair) -> Hit:
    note = f"{day(clock.day_of(fair.starts_at))} · {fair.get_status_display()}"
    return Hit(fair.title, fair.get_absolute_url(), note, fair.number)


register_finder(
    Rows(
        kind="fair",
        title=_("Fairs"),
        icon="calendar-event",
        rank=40,
        model=Fair,
        visible=lambda actor: Fair.objects.visible_to(actor),
        hit=_fair,
        names=lambda fair: [fair.title],
        letters="DL",
        made="starts_at",
        related=("occasion",),
    )
)
