"""What creators' levels and providers' benefits are called."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.rewards.states import Line

LIVE_DAYS, FRESH_DAYS, MONTHS = 30, 120, 3
MEASURED = {
    Line.LIVE: _("live sessions of the last 30 days"),
    Line.FOLLOWERS: _("followers who have bought, on the last known day"),
    Line.VALUE: _("settled net GMV of this month and the two before it"),
    Line.EFFICIENCY: _("GMV of a thousand views (GPM), as last told by the platform"),
}
IN_FEN = frozenset({Line.VALUE, Line.EFFICIENCY})


class Level(models.IntegerChoices):
    NONE = 0, _("Level 0")
    ONE = 1, _("Level 1")
    TWO = 2, _("Level 2")
    THREE = 3, _("Level 3")
    FOUR = 4, _("Level 4")
    FIVE = 5, _("Level 5")


class Size(models.TextChoices):
    """Of providers, as their evaluation compares them; whose size is not known counts as S."""

    S = "S", _("Size S")
    M = "M", _("Size M")
    L = "L", _("Size L")


class Band(models.IntegerChoices):
    """Of the official score, as directories narrow by it (`parties.search.SCORE_BANDS`)."""

    BELOW_60 = 0, _("Below 60")
    FROM_60 = 1, _("60–70")
    FROM_70 = 2, _("70–80")
    FROM_80 = 3, _("80–90")
    FROM_90 = 4, _("90 and above")
    NOT_RATED = 5, _("Not rated yet")


BANDS = (Band.NOT_RATED, Band.BELOW_60, Band.FROM_60, Band.FROM_70, Band.FROM_80, Band.FROM_90)


class ProviderBenefit(models.TextChoices):
    """What a band brings. A kind is here once the part that gives it asks for it, not before."""

    ADVICE_HOURS = "advice_hours", _("More office hours of advisers a month")
    COURSE_SEATS = "course_seats", _("More seats for your people in a course's session")
