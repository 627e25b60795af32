"""Announcements, as the search shows them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.templatetags.ui import moment
from portal.notices.models import Announcement
from portal.search.findables import Hit, Rows, register_finder


def _announcement(_actor: Actor, row: Announcement) -> Hit:
    return Hit(row.title, row.get_absolute_url(), moment(row.starts_at))


register_finder(
    Rows(
        kind="announcement",
        title=_("Announcements"),
        icon="bell",
        rank=45,
        model=Announcement,
        visible=lambda actor: Announcement.objects.visible_to(actor),
        hit=_announcement,
        names=lambda row: [row.title_zh, row.title_en],
    )
)
