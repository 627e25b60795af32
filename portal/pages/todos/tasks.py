"""Tasks: claims to begin, to finish and to hand in, results to object to, coupons that end; and
what waits for operators: claims to verify, objections and budgets to decide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.workdays import add_working_days
from portal.pages.todos import SOON, Todo, Waiting, dated
from portal.parties.states import MANAGING
from portal.rewards import rules
from portal.rewards.models import BudgetChange, Claim, ClaimAppeal, Coupon
from portal.rewards.states import VERIFY_DAYS, BudgetStatus, Check, ClaimStatus
from portal.rewards.words import amount_in_words

MOST = 10
OF_CLAIM = ("kept_until", "task__title_zh", "task__title_en")
NEWS = timedelta(days=21)  # a refused claim can be objected to for ten working days
ENDING = timedelta(days=7)  # a coupon is spent in some days, not in one


def task_todos(actor: Actor) -> Iterator[Waiting]:
    if actor.party is None or actor.role not in MANAGING:
        return
    now = clock.now()
    rows = Claim.objects.filter(party=actor.party)
    done = rows.running().filter(finished_at__isnull=False, task__check_by=Check.OPERATOR)
    yield Waiting(done.order_by("kept_until")[:MOST], _to_hand_in, OF_CLAIM)
    ending = rows.running().filter(finished_at=None, kept_until__lte=now + SOON)
    yield Waiting(ending.order_by("kept_until")[:MOST], _ending, OF_CLAIM)
    bad = (ClaimStatus.FAILED, ClaimStatus.REVOKED)
    refused = rows.filter(status__in=bad, decided_at__gt=now - NEWS)
    objected = ClaimAppeal.objects.to_the_result().filter(claim__party=actor.party)
    refused = refused.exclude(pk__in=objected.values("claim"))
    fields = ("status", "reason", "decided_at", *OF_CLAIM)
    yield Waiting(refused.order_by("decided_at")[:MOST], _refused, fields)
    coupons = Coupon.objects.filter(party=actor.party).usable(now)
    coupons = coupons.filter(expires_at__lte=now + ENDING).select_related("kind")
    yield Waiting(coupons.order_by("expires_at")[:MOST], _coupon)


def task_desk_todos(actor: Actor) -> Iterator[Waiting]:
    if actor.user is None or not actor.user.is_staff:
        return
    if actor.has_perm("rewards.verify_claim"):
        rows = Claim.objects.to_verify().order_by("submitted_at")
        fields = ("submitted_at", "claimed_at", "party__name", *OF_CLAIM)
        yield Waiting(rows[:MOST], _to_verify, fields)
    if actor.has_perm("rewards.decide_claimappeal"):
        filed = ClaimAppeal.objects.waiting().exclude(first=actor.user)
        filed = filed.select_related("claim__task", "claim__party")
        yield Waiting(filed.order_by("due_on")[:MOST], _appeal)
    if actor.has_perm("rewards.approve_budgetchange"):
        changes = BudgetChange.objects.filter(status=BudgetStatus.PROPOSED)
        changes = changes.exclude(proposed_by=actor.user).select_related("pool__programme")
        yield Waiting(changes.order_by("proposed_at")[:MOST], _budget)


def _to_hand_in(claim: Claim) -> Todo:
    return _of_claim(claim, _("Hand in a task: all steps are done"), _("Hand in"))


def _ending(claim: Claim) -> Todo:
    return _of_claim(claim, _("A task ends soon"), _("Look"))


def _of_claim(claim: Claim, title: str, verb: str) -> Todo:
    due, url = clock.day_of(claim.kept_until), claim.get_absolute_url()
    return dated(due, title=title, detail=claim.task.title, url=url, verb=verb)


def _refused(claim: Claim) -> Todo | None:
    until = rules.appeal_until(claim)
    if until is None or until < clock.today():
        return None
    title = _("A task did not pass: read why, or object")
    if claim.status == ClaimStatus.REVOKED:
        title = _("A task was revoked: read why, or object")
    detail, url = f"{claim.task.title} · {claim.reason[:60]}", claim.get_absolute_url()
    return dated(until, title=title, detail=detail, url=url, verb=_("Read the reason"))


def _coupon(coupon: Coupon) -> Todo:
    said = {"points": amount_in_words("coupon", coupon.rest)}
    return dated(
        clock.day_of(coupon.expires_at),
        title=_("Spend a traffic coupon: %(points)s left") % said,
        detail=coupon.kind.name,
        url=reverse("coupon_detail", args=[coupon.pk]),
        verb=_("Look"),
    )


def _to_verify(claim: Claim) -> Todo:
    since = clock.day_of(claim.submitted_at or claim.claimed_at)
    return dated(
        add_working_days(since, VERIFY_DAYS),
        title=_("Verify a task of %(party)s") % {"party": claim.party.name},
        detail=claim.task.title,
        url=claim.get_absolute_url(),
        verb=_("Verify"),
    )


def _appeal(appeal: ClaimAppeal) -> Todo:
    return dated(
        appeal.due_on,
        title=_("%(party)s objects to the result of a task") % {"party": appeal.claim.party.name},
        detail=appeal.text[:60],
        url=reverse("task_appeal_detail", args=[appeal.pk]),
        verb=_("Decide"),
    )


def _budget(change: BudgetChange) -> Todo:
    url = reverse("pool_detail", args=[change.pool_id])
    detail = f"{change.pool} · {change.reason[:60]}"
    return Todo(_("Approve a budget of rewards"), detail, url, _("Look"), is_urgent=True)
