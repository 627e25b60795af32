"""What the share poster of a post says: what everybody may read of it, and the way to it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from matchmaking.recruiting.models import Post
from portal.core.documents import qr_drawing
from portal.core.money import Money


def poster_of(post: Post) -> dict[str, Any]:
    """The data of the picture and the PDF, in the reader's language."""
    poster = post.poster
    address = f"{settings.SITE_URL}{post.get_absolute_url()}"
    return {
        "lang": "en" if (get_language() or "").startswith("en") else "zh",
        "brand": _("Trilink"),
        "kind": _("Products wanted"),
        "number": post.number,
        "title": post.title,
        "poster": " · ".join((poster.name, str(poster.get_kind_display()), poster.city.name)),
        "facts": [[str(label), value] for label, value in _facts(post)],
        "scan": _("Scan to apply"),
        "until": _("until %(day)s 24:00") % {"day": post.closes_on.isoformat()},
        "address": address.removeprefix("https://"),
        "drawing": qr_drawing(address),
    }


def _facts(post: Post) -> list[tuple[str, str]]:
    categories = " · ".join(category.name for category in post.categories.all())
    low, high = Money(post.price_low_fen).short, Money(post.price_high_fen).short
    samples = (
        _("%(n)s of each") % {"n": post.samples_wanted} if post.samples_wanted else _("none wanted")
    )
    rows = [
        (_("Categories"), categories),
        (_("Price"), f"{low} – {high}"),
        (_("Commission from"), f"{post.commission_least_bp / 100:g}%"),
        (_("Samples"), samples),
        (_("Shown in"), str(post.get_carrier_display())),
        (_("First shown"), post.live_on.isoformat()),
    ]
    return [*rows, (_("Exclusive"), _("Yes"))] if post.is_exclusive else rows
