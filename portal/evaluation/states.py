"""What facts, methods and snapshots can be, and the one table of how they get there."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Grade(models.IntegerChoices):
    """Who stands behind a fact. Only the upper two enter scores."""

    SELF_REPORTED = 1, _("Self-reported")
    CONFIRMED = 2, _("Confirmed by the counterparty")
    PLATFORM = 3, _("Platform feed")


COUNTED = frozenset({Grade.CONFIRMED, Grade.PLATFORM})


class Door(models.TextChoices):
    """How a fact came in."""

    PORTAL = "portal", _("A part of this site")
    FILE = "file", _("File of an operator")
    API = "api", _("Interface")
    DEMO = "demo", _("Made up for the demo world")


class Strike(models.TextChoices):
    """The rule against gaming that took a fact out of the count when it was made."""

    QUICK_REFUND = "quick_refund", _("Refunded soon after it was paid")
    SAME_PAYER = "same_payer", _("A cluster of orders of the same payer")
    SELF_DEALING = "self_dealing", _("Both sides belong together")
    SHORT_COOPERATION = "short_cooperation", _("The cooperation was too short")
    UNPAID = "unpaid", _("The cooperation was never paid")


class Fold(models.TextChoices):
    """How the facts of one measure become the value of an indicator."""

    DISTINCT = "distinct", _("number of different counterparts")
    RATE = "rate", _("share, weighted by sample")
    MEAN = "mean", _("mean, weighted by sample")
    MEDIAN = "median", _("median, weighted by sample")
    SUM = "sum", _("sum")
    LATEST = "latest", _("the newest")
    EFFECTIVE = "effective", _("effective number of counterparts")
    DECAYED = "decayed", _("sum, each halved every half-life")


class MethodStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ANNOUNCED = "announced", _("Announced")
    IN_FORCE = "in_force", _("In force")
    RETIRED = "retired", _("Retired")
    WITHDRAWN = "withdrawn", _("Withdrawn")


M = MethodStatus
METHOD_TRANSITIONS: dict[str, frozenset[str]] = {
    M.DRAFT: frozenset({M.ANNOUNCED, M.WITHDRAWN}),
    M.ANNOUNCED: frozenset({M.IN_FORCE, M.WITHDRAWN}),
    M.IN_FORCE: frozenset({M.RETIRED}),
    M.RETIRED: frozenset(),
    M.WITHDRAWN: frozenset(),
}
PUBLIC_METHODS = frozenset({M.ANNOUNCED, M.IN_FORCE, M.RETIRED})


class SnapshotKind(models.TextChoices):
    """`TRIAL` is what an operator tries before a method is published; nobody else sees it.
    `BESIDE` is the official one by the other version of the method, for one cycle of a change."""

    PREVIEW = "preview", _("Preview")
    OFFICIAL = "official", _("Official")
    BESIDE = "beside", _("By the other version")
    TRIAL = "trial", _("Trial")


class SnapshotStatus(models.TextChoices):
    COMPUTING = "computing", _("Being computed")
    READY = "ready", _("Computed")
    PUBLISHED = "published", _("Published")
    REPLACED = "replaced", _("Replaced by a corrected one")
    FAILED = "failed", _("Failed")


S = SnapshotStatus
SNAPSHOT_TRANSITIONS: dict[str, frozenset[str]] = {
    S.COMPUTING: frozenset({S.READY, S.FAILED}),
    S.READY: frozenset({S.PUBLISHED, S.FAILED}),
    S.PUBLISHED: frozenset({S.REPLACED}),
    S.REPLACED: frozenset(),
    S.FAILED: frozenset({S.COMPUTING}),
}


COMPUTED = frozenset({S.READY, S.PUBLISHED, S.REPLACED})


class AppealStatus(models.TextChoices):
    FILED = "filed", _("Filed")
    EXAMINED = "examined", _("Examined, a second person decides")
    DECIDED = "decided", _("Decided")
    WITHDRAWN = "withdrawn", _("Withdrawn")


P = AppealStatus
APPEAL_TRANSITIONS: dict[str, frozenset[str]] = {
    P.FILED: frozenset({P.EXAMINED, P.WITHDRAWN}),
    P.EXAMINED: frozenset({P.DECIDED, P.WITHDRAWN}),
    P.DECIDED: frozenset(),
    P.WITHDRAWN: frozenset(),
}
RUNNING_APPEALS = frozenset({P.FILED, P.EXAMINED})


class AppealOutcome(models.TextChoices):
    """`RULE` is noted for the next version of the method; the score of today stays."""

    KEEP = "keep", _("The number stands")
    DATA = "data", _("The data are corrected")
    RULE = "rule", _("The rule is looked at for the next version")


class PlanStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("Signed by one side")
    AGREED = "agreed", _("Signed by both sides")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


L = PlanStatus
PLAN_TRANSITIONS: dict[str, frozenset[str]] = {
    L.DRAFT: frozenset({L.PROPOSED, L.WITHDRAWN}),
    L.PROPOSED: frozenset({L.DRAFT, L.AGREED, L.WITHDRAWN}),
    L.AGREED: frozenset({L.CLOSED}),
    L.CLOSED: frozenset(),
    L.WITHDRAWN: frozenset(),
}


class PlanSide(models.TextChoices):
    """Whose draft it is; that side signs first."""

    PARTY = "party", _("The party")
    PLATFORM = "platform", _("The platform")


class ItemOutcome(models.TextChoices):
    ON_TIME = "on_time", _("Done on time")
    LATE = "late", _("Done late")
    MISSED = "missed", _("Not done")
