"""The way of a fair, who comes to which, and what is asked of them."""

from enum import StrEnum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.parties.states import PartyKind


class FairKind(models.TextChoices):
    SELECTION = "selection", _("Selection fair")
    MATCHMAKING = "matchmaking", _("Matchmaking session")


ROLES: dict[str, tuple[PartyKind, ...]] = {
    FairKind.SELECTION: (PartyKind.MERCHANT, PartyKind.CREATOR, PartyKind.AGENCY),
    FairKind.MATCHMAKING: (PartyKind.MERCHANT, PartyKind.PROVIDER),
}


class FairStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    RECRUITING = "recruiting", _("Signing up")
    CURATING = "curating", _("Sign-up over")
    SCHEDULED = "scheduled", _("Meetings planned")
    LIVE = "live", _("Today")
    CLOSED = "closed", _("Over")
    REVIEWED = "reviewed", _("Reviewed")
    CANCELLED = "cancelled", _("Cancelled")


S = FairStatus
TRANSITIONS: dict[str, frozenset[str]] = {
    S.PLANNED: frozenset({S.RECRUITING, S.CANCELLED}),
    S.RECRUITING: frozenset({S.CURATING, S.CANCELLED}),
    S.CURATING: frozenset({S.SCHEDULED, S.LIVE, S.CANCELLED}),
    S.SCHEDULED: frozenset({S.LIVE, S.CANCELLED}),
    S.LIVE: frozenset({S.CLOSED}),
    S.CLOSED: frozenset({S.REVIEWED}),
    S.REVIEWED: frozenset(),
    S.CANCELLED: frozenset(),
}
BEFORE = frozenset({S.PLANNED, S.RECRUITING, S.CURATING, S.SCHEDULED})
AHEAD = frozenset({S.RECRUITING, S.CURATING, S.SCHEDULED, S.LIVE})
HELD = frozenset({S.CLOSED, S.REVIEWED})


class Measure(models.TextChoices):
    """What a threshold asks for. In hundredths, basis points, people or fen, as each is stored."""

    REPUTATION = "reputation", _("Reputation")
    COMMISSION = "commission", _("Commission of each product")
    FOLLOWERS = "followers", _("Followers")
    DEPOSIT = "deposit", _("Deposit paid")
    CART = "cart", _("Permission to share goods")
    ROSTER = "roster", _("Creators under contract")


MEASURES: dict[str, tuple[Measure, ...]] = {
    PartyKind.MERCHANT: (Measure.REPUTATION, Measure.COMMISSION),
    PartyKind.CREATOR: (Measure.REPUTATION, Measure.FOLLOWERS, Measure.DEPOSIT, Measure.CART),
    PartyKind.AGENCY: (Measure.ROSTER,),
    PartyKind.PROVIDER: (),
}


class Mark(models.TextChoices):
    """What one side wants of a meeting with another."""

    MUST = "must", _("Must meet")
    MAYBE = "maybe", _("Maybe")
    NO = "no", _("No")


# What a meeting is worth: the product of both, so that 9 is what both want most.
WORTH = {Mark.MUST: 3, Mark.MAYBE: 2, None: 1}


class PlanStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    REPLACED = "replaced", _("Replaced")


class ChangeKind(StrEnum):
    """What a plan does to a meeting of the one before."""

    MOVED = "moved"
    ADDED = "added"
    DROPPED = "dropped"


CHANGES: dict[ChangeKind, str | Promise] = {
    ChangeKind.MOVED: _("Moved"),
    ChangeKind.ADDED: _("Added"),
    ChangeKind.DROPPED: _("Gone"),
}


class MeetingResult(models.TextChoices):
    """One tap for what came of a meeting; `absent` is of the other side."""

    INTENT = "intent", _("We want to work together")
    SAMPLE = "sample", _("Samples asked for")
    NO = "no", _("No interest")
    ABSENT = "absent", _("They did not come")


class BrandSize(models.TextChoices):
    """By what a brand settled in a year; the limits are dated rules."""

    S = "S", _("Small brands")
    M = "M", _("Middle-sized brands")
    L = "L", _("Large brands")


LEAST_MEETINGS = 3  # the plan seeks for everybody with a seat
SPREAD = 4  # nobody has so many more before

# What a year of fairs is measured by, in the order it is shown.
YEAR_LABELS: dict[str, str | Promise] = {
    "fairs": _("Selection fairs"),
    "sessions": _("Matchmaking sessions"),
    "merchant": _("Brands with a seat"),
    "agency": _("Agencies with a seat"),
    "creator": _("Creators with a seat"),
    "categories": _("Categories"),
}
