"""What happens to an order line, and what is known of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

CAUSE = "order_event"  # of the journals that an order moves


class EventKind(models.TextChoices):
    PAID = "paid", _("Paid")
    SETTLED = "settled", _("Settled")
    REFUNDED = "refunded", _("Refunded")


class Carrier(models.TextChoices):
    """Where the buyer saw it."""

    LIVE = "live", _("Live room")
    VIDEO = "video", _("Video")
    WINDOW = "window", _("Shop window")


class Channel(models.TextChoices):
    """Who won the buyer, and where: the merchant itself, or a creator for it."""

    OWN_LIVE = "own-live", _("Own live rooms")
    OWN_VIDEO = "own-video", _("Own videos")
    OWN_WINDOW = "own-window", _("Own shop window")
    OWN_OTHER = "own-other", _("Own sales, elsewhere")
    CREATOR_LIVE = "creator-live", _("Creators' live rooms")
    CREATOR_VIDEO = "creator-video", _("Creators' videos")
    CREATOR_WINDOW = "creator-window", _("Creators' shop windows")
    CREATOR_OTHER = "creator-other", _("Creators, elsewhere")


class Sign(models.TextChoices):
    """Why a line is looked at twice; the formulas are in `engine.suspicion` and in the docs."""

    SAME_BUYER = "same_buyer", _("One buyer, many lines of a shop on a day")
    QUICK_REFUND = "quick_refund", _("All of it refunded within hours")
    ONE_LIVE = "one_live", _("One buyer, much of a live room")


PART_LABELS = {  # the parts of a line's tree, and who is nobody's party
    "platform_fee": _("Service fee of the platform"),
    "commission": _("Commission"),
    "technical_fee": _("Technical fee"),
    "agency_share": _("Agency's share"),
    "provider_fee": _("Service provider's fee"),
    "recruiting_fee": _("Recruiting leader's fee"),
    "platform": _("Platform"),
}
