"""The lives of a recruiting post and of an application to it, and why one can be lost."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class PostSort(models.TextChoices):
    """How a list of posts is ordered; the first when nothing is asked."""

    NEW = "new", _("Newest")
    CLOSING = "closing", _("Closing soonest")
    LIVE = "live", _("Shown soonest")


class PostStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    PAUSED = "paused", _("Paused")
    CLOSED = "closed", _("Closed")
    EXPIRED = "expired", _("Expired")


S = PostStatus
POST_TRANSITIONS: dict[str, frozenset[str]] = {
    S.DRAFT: frozenset({S.OPEN, S.CLOSED}),
    S.OPEN: frozenset({S.PAUSED, S.CLOSED, S.EXPIRED}),
    S.PAUSED: frozenset({S.OPEN, S.CLOSED, S.EXPIRED}),
    S.CLOSED: frozenset(),
    S.EXPIRED: frozenset({S.OPEN, S.CLOSED}),  # opened again with a later last day
}
RUNNING = frozenset({S.OPEN, S.PAUSED})
OVER = frozenset({S.CLOSED, S.EXPIRED})


class Carrier(models.TextChoices):
    """Where the goods are shown; which sources may be sold depends on it."""

    LIVE = "live", _("Live room")
    VIDEO = "video", _("Short video")


class ApplicationStatus(models.TextChoices):
    SUBMITTED = "submitted", _("Submitted")
    SHORTLISTED = "shortlisted", _("Shortlisted")
    NEGOTIATING = "negotiating", _("Negotiating")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Lapsed")


A = ApplicationStatus
ENDINGS = frozenset({A.ACCEPTED, A.REJECTED, A.WITHDRAWN, A.EXPIRED})
APPLICATION_TRANSITIONS: dict[str, frozenset[str]] = {
    A.SUBMITTED: frozenset({A.SHORTLISTED, A.NEGOTIATING}) | ENDINGS,
    A.SHORTLISTED: frozenset({A.NEGOTIATING}) | ENDINGS,
    A.NEGOTIATING: frozenset({A.SHORTLISTED}) | ENDINGS,
    A.ACCEPTED: frozenset(),
    A.REJECTED: frozenset(),
    A.WITHDRAWN: frozenset(),
    A.EXPIRED: frozenset(),
}
LIVE = frozenset({A.SUBMITTED, A.SHORTLISTED, A.NEGOTIATING})
STANDING = LIVE | {A.ACCEPTED}  # one of a product and a post at a time

REMIND_AFTER = timedelta(hours=48)  # without an answer
LAPSE_AFTER = timedelta(days=7)
AGAIN_AFTER = timedelta(days=7)  # a product that was rejected is not offered to the post meanwhile


class Side(models.TextChoices):
    """Who made an offer."""

    POSTER = "poster", _("The poster")
    MERCHANT = "merchant", _("The merchant")


class RejectReason(models.TextChoices):
    """Shown to the merchant, always."""

    AUDIENCE = "audience", _("Does not fit the audience")
    PRICE = "price", _("The price does not fit")
    COMMISSION = "commission", _("The commission is too low")
    QUALITY = "quality", _("Not convinced of the quality")
    SAMPLES = "samples", _("Samples are missing or came late")
    TIMING = "timing", _("The dates do not fit")
    ANOTHER = "another", _("A similar product was chosen")
    CLOSED = "closed", _("The post was closed")


REJECT_REASONS = (
    RejectReason.AUDIENCE,
    RejectReason.PRICE,
    RejectReason.COMMISSION,
    RejectReason.QUALITY,
    RejectReason.SAMPLES,
    RejectReason.TIMING,
    RejectReason.ANOTHER,
)
REJECT_CHOICES = [(reason.value, reason.label) for reason in REJECT_REASONS]


class WithdrawReason(models.TextChoices):
    """Why a merchant steps back; the poster reads it."""

    STOCK = "stock", _("Not enough stock")
    TERMS = "terms", _("The terms do not suit us")
    DATES = "dates", _("We cannot keep the dates")
    PROMISED = "promised", _("Promised to somebody else")


# One column holds either.
LOSS_REASONS = [*RejectReason.choices, *WithdrawReason.choices]


class Decision(models.TextChoices):
    """What may be decided about many applications at once."""

    SHORTLIST = "shortlist", _("Shortlist")
    ACCEPT = "accept", _("Accept")
    REJECT = "reject", _("Reject")
