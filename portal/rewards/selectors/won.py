"""What a party has won: cash and coupons, each in its own unit; and what became of a coupon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import F, Q, Sum
from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.templatetags.ui import num
from portal.parties.models import Party
from portal.rewards.models import Claim, Coupon, StepRecord, TaskStep
from portal.rewards.states import (
    ClaimStatus,
    CouponStatus,
    Fold,
    Since,
    Standing,
    Unit,
)
from portal.rewards.words import amount_in_words, figure_of

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Cash:
    """In fen. `rows`: the newest of what was granted; `more`: there are others."""

    granted: int
    reserved: int
    revoked: int
    rows: Sequence[Claim]
    more: bool


@dataclass(frozen=True, slots=True)
class Points:
    """Of traffic."""

    usable: int
    spent: int
    expired: int
    reserved: int


@dataclass(frozen=True, slots=True)
class Record:
    name: str
    ref: str
    at: Any
    amount: str


def cash_of(party: Party) -> Cash:
    rows = Claim.objects.filter(party=party, task__unit=Unit.CASH)
    granted, revoked = Q(standing=Standing.GRANTED), Q(status=ClaimStatus.REVOKED)
    sums = rows.aggregate(
        granted=Sum("amount", filter=granted, default=0),
        reserved=Sum("amount", filter=Q(standing=Standing.RESERVED), default=0),
        revoked=Sum("amount", filter=revoked & Q(rewarded_at__isnull=False), default=0),
    )
    won = rows.filter(rewarded_at__isnull=False).select_related("task")
    found = list(won.order_by("-rewarded_at", "pk")[: SHOWN + 1])
    return Cash(**sums, rows=found[:SHOWN], more=len(found) > SHOWN)


def coupons_of(party: Party) -> Points:
    rows = Coupon.objects.filter(party=party)
    usable = Q(status=CouponStatus.OPEN, expires_at__gt=clock.now())
    rest = F("face") - F("used")
    sums = rows.aggregate(
        usable=Sum(rest, filter=usable, default=0),
        spent=Sum("used", default=0),
        expired=Sum(rest, filter=Q(status=CouponStatus.EXPIRED), default=0),
    )
    kept = Claim.objects.filter(party=party, task__unit=Unit.COUPON, standing=Standing.RESERVED)
    return Points(**sums, reserved=kept.aggregate(sum=Sum("amount", default=0))["sum"])


def trace_of(coupon: Coupon) -> list[dict[str, Any]]:
    """For `components/timeline.html`: granted, each use, and its end."""
    return list(_trace(coupon))


def _trace(coupon: Coupon) -> Iterator[dict[str, Any]]:
    yield {
        "text": _("Granted for a task"),
        "note": amount_in_words(Unit.COUPON, coupon.face),
        "at": coupon.granted_at,
        "tone": "ok",
    }
    for use in coupon.uses.order_by("at", "pk"):
        yield {
            "text": use.text or _("Used"),
            "note": f"−{amount_in_words(Unit.COUPON, use.amount)} · {use.ref}",
            "at": use.at,
            "tone": "info",
        }
    if coupon.ended_at is not None:
        lost = coupon.status != CouponStatus.USED
        yield {
            "text": coupon.get_status_display(),
            "note": _("%(n)s points went back to the pool") % {"n": num(coupon.rest)} * lost,
            "at": coupon.ended_at,
            "tone": "bad" if lost else "",
        }


def records_of(claim: Claim, most: int) -> list[Record]:
    """What was counted for it, the newest first: the same rows as the count takes, each with what
    it added: one, or where amounts are summed up, its amount."""
    rows = StepRecord.objects.filter(party=claim.party_id, at__lte=claim.due_at)
    begins = claim.task.programme.starts_on
    since = datetime.combine(begins, time(), clock.SHANGHAI)
    taken, steps = Q(pk__in=[]), [one.step for one in claim.steps.all()]
    for one in claim.steps.all():
        step = one.step
        begin = since if step.since == Since.SEASON else claim.claimed_at
        told = Q(event=step.event, at__gte=begin)
        taken |= told & Q(scope=step.scope) if step.scope else told
    return [
        Record(row.get_event_display(), row.ref, row.at, _added(row, steps))
        for row in rows.filter(taken).order_by("-at", "-pk")[:most]
    ]


def _added(row: StepRecord, steps: Sequence[TaskStep]) -> str:
    step = next(one for one in steps if one.event == row.event and one.scope in ("", row.scope))
    if step.fold == Fold.COUNT:
        return "+1" if not row.given_back or row.given_back < row.amount else "0"
    told = f"+{figure_of(step, row.amount)}"
    return f"{told} − {figure_of(step, row.given_back)}" if row.given_back else told
