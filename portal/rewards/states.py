"""What tasks, claims, pools and coupons go through, and the tables of transitions."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Unit(models.TextChoices):
    """What a reward is counted in. The two are never added together."""

    CASH = "cash", _("Cash")  # fen
    COUPON = "coupon", _("Traffic coupons")  # points of traffic


class Line(models.TextChoices):
    """The four lines along which creators grow."""

    LIVE = "live", _("Going live")
    FOLLOWERS = "followers", pgettext_lazy("growth line", "Shopping followers")
    VALUE = "value", pgettext_lazy("growth line", "Value")
    EFFICIENCY = "efficiency", _("Traffic efficiency")


class TaskStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    CLOSED = "closed", _("Closed")


TASK_TRANSITIONS: dict[str, frozenset[str]] = {
    TaskStatus.DRAFT: frozenset({TaskStatus.PUBLISHED}),
    TaskStatus.PUBLISHED: frozenset({TaskStatus.CLOSED}),
    TaskStatus.CLOSED: frozenset(),
}


class Check(models.TextChoices):
    """Who says that a task is done."""

    RECORDS = "records", _("By the records themselves")
    OPERATOR = "operator", _("By an operator")


class Hold(models.TextChoices):
    """When a reward is put aside for whoever claims the task."""

    CLAIM = "claim", _("Kept from the claim on")
    FINISH = "finish", _("Goes to who finishes first")


class StepEvent(models.TextChoices):
    """What a step counts; told by the part that owns the record, never by the party itself."""

    COURSE = "course", _("Courses finished")
    CERTIFICATE = "certificate", _("Certificates earned")
    LIVE = "live", _("Days live")
    SELLING_DAY = "selling_day", _("Selling days")
    FOLLOWERS = "followers", _("Followers won")
    SHOPPING_FOLLOWERS = "shopping_followers", _("Shopping followers won")
    ORDER = "order", _("Orders settled")
    MEETING = "meeting", _("Meetings held")
    COOPERATION = "cooperation", _("Cooperations signed")


class Fold(models.TextChoices):
    """How the records of a step make its number."""

    COUNT = "count", _("How many")
    SUM = "sum", _("How much together")


class Since(models.TextChoices):
    """From when on records count for a step."""

    CLAIM = "claim", _("After the claim")
    SEASON = "season", _("From the season's first day")


class ClaimStatus(models.TextChoices):
    CLAIMED = "claimed", _("Claimed")
    IN_PROGRESS = "in_progress", _("On the way")
    SUBMITTED = "submitted", _("Handed in")
    VERIFYING = "verifying", _("Being verified")
    PASSED = "passed", _("Passed")
    FAILED = "failed", _("Not passed")
    REWARDED = "rewarded", _("Rewarded")
    REVOKED = "revoked", pgettext_lazy("reward", "Revoked")
    EXPIRED = "expired", _("Not done in time")
    WITHDRAWN = "withdrawn", _("Given up")


C = ClaimStatus
CLAIM_TRANSITIONS: dict[str, frozenset[str]] = {
    C.CLAIMED: frozenset({C.IN_PROGRESS, C.SUBMITTED, C.EXPIRED, C.WITHDRAWN}),
    C.IN_PROGRESS: frozenset({C.SUBMITTED, C.EXPIRED, C.WITHDRAWN}),
    # Back on the way where an order that counted was refunded before anybody decided.
    C.SUBMITTED: frozenset({C.VERIFYING, C.PASSED, C.FAILED, C.IN_PROGRESS}),
    C.VERIFYING: frozenset({C.PASSED, C.FAILED, C.IN_PROGRESS}),
    C.PASSED: frozenset({C.REWARDED, C.REVOKED}),
    C.FAILED: frozenset({C.PASSED}),  # on appeal
    C.REWARDED: frozenset({C.REVOKED}),
    C.REVOKED: frozenset({C.PASSED}),  # on appeal
    C.EXPIRED: frozenset(),
    C.WITHDRAWN: frozenset(),
}
RUNNING = frozenset({C.CLAIMED, C.IN_PROGRESS})  # records still count
WAITING = frozenset({C.SUBMITTED, C.VERIFYING})  # somebody looks at it
ALIVE = RUNNING | WAITING | {C.PASSED, C.REWARDED}  # one of a task and party
ENDED = frozenset({C.PASSED, C.FAILED, C.REWARDED, C.REVOKED, C.EXPIRED, C.WITHDRAWN})


class Standing(models.TextChoices):
    """Where the reward of a claim stands. `NONE` of a claim that passed: others were first."""

    NONE = "none", _("No reward put aside")
    RESERVED = "reserved", _("Put aside")
    GRANTED = "granted", pgettext_lazy("reward", "Granted")
    RETURNED = "returned", _("Back in the pool")


class EntryKind(models.TextChoices):
    """What moves a pool; each row is one of these."""

    BUDGET = "budget", _("Budget changed")
    RESERVE = "reserve", _("Put aside")
    RELEASE = "release", _("Not needed any more")
    GRANT = "grant", pgettext_lazy("reward", "Granted")
    USE = "use", _("Used")
    EXPIRE = "expire", _("Expired and returned")
    REVOKE = "revoke", _("Revoked and returned")


# How a row's amount moves the pool's columns: budget, reserved, granted, used.
EFFECTS: dict[str, tuple[int, int, int, int]] = {
    EntryKind.BUDGET: (1, 0, 0, 0),
    EntryKind.RESERVE: (0, 1, 0, 0),
    EntryKind.RELEASE: (0, -1, 0, 0),
    EntryKind.GRANT: (0, -1, 1, 0),
    EntryKind.USE: (0, 0, 0, 1),
    EntryKind.EXPIRE: (0, 0, -1, 0),
    EntryKind.REVOKE: (0, 0, -1, 0),
}


class BudgetStatus(models.TextChoices):
    PROPOSED = "proposed", _("Waiting for the second person")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")


BUDGET_TRANSITIONS: dict[str, frozenset[str]] = {
    BudgetStatus.PROPOSED: frozenset({BudgetStatus.APPROVED, BudgetStatus.REFUSED}),
    BudgetStatus.APPROVED: frozenset(),
    BudgetStatus.REFUSED: frozenset(),
}


class CouponScope(models.TextChoices):
    """What traffic a coupon buys."""

    ANY = "any", _("Live rooms and videos")
    LIVE = "live", _("Live rooms only")
    VIDEO = "video", _("Videos only")


class CouponStatus(models.TextChoices):
    OPEN = "open", _("Can be used")
    USED = "used", _("Used up")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Taken back")


COUPON_TRANSITIONS: dict[str, frozenset[str]] = {
    CouponStatus.OPEN: frozenset({CouponStatus.USED, CouponStatus.EXPIRED, CouponStatus.REVOKED}),
    CouponStatus.USED: frozenset({CouponStatus.REVOKED}),  # nothing comes back; the claim says why
    CouponStatus.EXPIRED: frozenset({CouponStatus.REVOKED}),
    CouponStatus.REVOKED: frozenset({CouponStatus.OPEN}),  # on appeal
}


class Consequence(models.TextChoices):
    """What a revocation brings besides its reason."""

    REWARD = "reward", _("The reward is taken back")
    BARRED = "barred", _("The reward is taken back, and no task can be claimed for a while")


class AppealStatus(models.TextChoices):
    FILED = "filed", _("Being looked at")
    UPHELD = "upheld", _("The decision stands")
    GRANTED = "granted", _("The objection was right")
    WITHDRAWN = "withdrawn", _("Withdrawn")


APPEAL_TRANSITIONS: dict[str, frozenset[str]] = {
    AppealStatus.FILED: frozenset(
        {AppealStatus.UPHELD, AppealStatus.GRANTED, AppealStatus.WITHDRAWN}
    ),
    AppealStatus.UPHELD: frozenset(),
    AppealStatus.GRANTED: frozenset(),
    AppealStatus.WITHDRAWN: frozenset(),
}

SIZES = ("S", "M", "L")  # of providers, as their evaluation compares them; unknown counts as S
VERIFY_DAYS = 7  # working days in which what is handed in is answered
APPEAL_DAYS = 10  # working days after a decision
ANSWER_DAYS = 7  # working days to answer an objection
LONGEST_BAR = timedelta(days=365)
LAG = timedelta(hours=36)  # records of a day are counted in the night after it
CHUNK = 100  # rewards of a bulk's transaction
REWARD_CAUSE = "reward"  # of the journals that grant and revoke
