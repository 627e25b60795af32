"""Words of the handbook and the advisory group, and the way of a booking."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AdviceTopic(models.TextChoices):
    """What advisers know about; what is asked is one of it, too."""

    START = "start", _("Opening and cold start")
    LIVE = "live", _("Live rooms")
    VIDEO = "video", _("Short videos")
    ADS = "ads", _("Paid traffic")
    GOODS = "goods", _("Goods and supply")
    AFTER_SALES = "after_sales", _("After-sales and reputation")
    COMPLIANCE = "compliance", _("Compliance")
    CREATORS = "creators", _("Creators and agencies")
    MONEY = "money", _("Splits and statements")
    RATING = "rating", _("Evaluation and improvement")


class BookingStatus(models.TextChoices):
    BOOKED = "booked", pgettext_lazy("advice", "Booked")
    DONE = "done", pgettext_lazy("advice", "Took place")
    CANCELLED = "cancelled", pgettext_lazy("advice", "Cancelled")
    MISSED = "missed", _("Somebody did not come")


B = BookingStatus
TRANSITIONS: dict[str, frozenset[str]] = {
    B.BOOKED: frozenset({B.DONE, B.CANCELLED, B.MISSED}),
    B.DONE: frozenset(),
    B.CANCELLED: frozenset(),
    B.MISSED: frozenset({B.DONE}),  # said by mistake
}
TAKEN = frozenset({B.BOOKED, B.DONE, B.MISSED})  # the slot is nobody else's


class Side(models.TextChoices):
    """Who cancelled, or who did not come."""

    PARTY = "party", _("The party")
    ADVISER = "adviser", _("The adviser")
    PLATFORM = "platform", _("The platform")


MINUTES = (15, 180)  # of a slot
MOST_WEEKS = 26  # of a series
AHEAD = timedelta(days=60)  # slots are shown and booked so far
REMIND_BEFORE = timedelta(hours=24)
LATE = timedelta(minutes=15)  # after it began, whoever waits may say that nobody came
RATED_WITHIN = timedelta(days=30)
MOST_STARS = 5
