"""Claims: a party on its way through a task, what was counted, and what came of it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.core.actor import Actor
from portal.parties.models import Party
from portal.rewards import states
from portal.rewards.models.tasks import Task, TaskStep
from portal.rewards.states import ClaimStatus, Consequence, Standing


class TaskClaimQuerySet(models.QuerySet["Claim"]):
    def visible_to(self, actor: Actor) -> TaskClaimQuerySet:
        """A party's own; operators of tasks all."""
        if actor.has_perm("rewards.view_claim"):
            return self.all()
        return self.filter(party=actor.party_id) if actor.party_id else self.none()

    def alive(self) -> TaskClaimQuerySet:
        return self.filter(status__in=states.ALIVE)

    def running(self) -> TaskClaimQuerySet:
        return self.filter(status__in=states.RUNNING)

    def to_verify(self) -> TaskClaimQuerySet:
        return self.filter(status__in=states.WAITING)

    def lapsed(self, moment: datetime) -> TaskClaimQuerySet:
        """What is kept for nobody any more: not begun, or not done, in time."""
        return self.running().filter(kept_until__lte=moment)

    def to_reward(self) -> TaskClaimQuerySet:
        return self.filter(status=ClaimStatus.PASSED, standing=Standing.RESERVED)

    def whole(self) -> TaskClaimQuerySet:
        related = ("task__programme", "task__pool", "task__coupon_kind", "party", "decided_by")
        return self.select_related(*related).prefetch_related("steps__step")


class Claim(models.Model):
    """`amount`: what was put aside for it, in the task's unit. `kept_until`: until when, while it
    runs: first to begin, then to finish (`due_at`), and as much longer as records take to come.
    `finished_at`: the last step's record. `turns`: how often a decision was turned by an objection;
    each grants under a key of its own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.ForeignKey(
        Task,
        models.PROTECT,
        related_name="claims",
        db_index=False,
        verbose_name=pgettext_lazy("reward", "task"),
    )
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="task_claims", verbose_name=_("party")
    )
    status = models.CharField(
        _("status"), max_length=11, choices=ClaimStatus.choices, default=ClaimStatus.CLAIMED
    )
    standing = models.CharField(
        _("reward"), max_length=8, choices=Standing.choices, default=Standing.NONE
    )
    amount = models.BigIntegerField(_("amount in the unit"))
    claimed_at = models.DateTimeField(_("task claimed at"))
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("claimed by"),
    )
    kept_until = models.DateTimeField(_("kept until"))
    due_at = models.DateTimeField(_("finish by"))
    finished_at = models.DateTimeField(_("done at"), null=True)
    submitted_at = models.DateTimeField(_("handed in at"), null=True)
    note = models.CharField(_("note of the party"), max_length=600, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("decided by"),
    )
    reason = models.CharField(_("reason"), max_length=600, blank=True)
    rewarded_at = models.DateTimeField(_("rewarded at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    turns = models.PositiveSmallIntegerField(_("turns"), default=0)

    objects = TaskClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim of a task")
        verbose_name_plural = _("claims of tasks")
        permissions: ClassVar = [
            ("verify_claim", "Can verify claims of tasks"),
            ("revoke_claim", "Can revoke claims of tasks"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["task", "party"],
                condition=Q(status__in=sorted(states.ALIVE)),
                name="reward_claim_one_alive",
            ),
            models.CheckConstraint(
                name="reward_claim_status_has_its_facts",
                condition=Q(status__in=["claimed", "in_progress"], submitted_at=None)
                & Q(ended_at=None)
                | Q(status__in=["submitted", "verifying"], submitted_at__isnull=False)
                & Q(ended_at=None)
                | Q(status__in=["passed", "failed", "revoked"], decided_at__isnull=False)
                & Q(ended_at__isnull=False)
                | Q(status="rewarded", rewarded_at__isnull=False, ended_at__isnull=False)
                | Q(status__in=["expired", "withdrawn"], ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="reward_claim_granted_is_rewarded",
                condition=Q(status="rewarded", standing="granted")
                | ~Q(status="rewarded") & ~Q(standing="granted"),
            ),
            models.CheckConstraint(
                name="reward_claim_ended_keeps_nothing",
                condition=~Q(status__in=["failed", "revoked", "expired", "withdrawn"])
                | Q(standing__in=["none", "returned"]),
            ),
            models.CheckConstraint(
                name="reward_claim_refusal_says_why",
                condition=~Q(status__in=["failed", "revoked"]) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="reward_claim_in_order",
                condition=Q(
                    amount__gt=0, due_at__gt=F("claimed_at"), kept_until__gt=F("claimed_at")
                ),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["task", "status"], name="reward_claim_of_task"),
            models.Index(fields=["party", "-claimed_at"], name="reward_claim_of_party"),
            models.Index(
                fields=["kept_until"],
                condition=Q(status__in=["claimed", "in_progress"]),
                name="reward_claim_lapses",
            ),
            models.Index(
                fields=["submitted_at"],
                condition=Q(status__in=["submitted", "verifying"]),
                name="reward_claim_to_verify",
            ),
            models.Index(
                fields=["ended_at"], condition=Q(status="passed"), name="reward_claim_to_reward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} · {self.party}"

    def get_absolute_url(self) -> str:
        return reverse("task_claim_detail", args=[self.pk])

    @property
    def why_not(self) -> str:  # one that an objection turned is history
        return self.reason if self.status in {ClaimStatus.FAILED, ClaimStatus.REVOKED} else ""

    @property
    def is_under_way(self) -> bool:
        return self.status in states.RUNNING | states.WAITING

    @property
    def is_running(self) -> bool:
        return self.status in states.RUNNING

    @property
    def missed_out(self) -> bool:
        """Done and right, but the last reward went to somebody else."""
        return self.status == ClaimStatus.PASSED and self.standing == Standing.NONE

    @property
    def was_on_time(self) -> bool:
        return self.finished_at is not None and self.finished_at <= self.due_at


class ClaimStep(models.Model):
    """How far a step of a claim is, by the records."""

    id = models.BigAutoField(primary_key=True)
    claim = models.ForeignKey(
        Claim, models.CASCADE, related_name="steps", verbose_name=_("claim of a task")
    )
    step = models.ForeignKey(
        TaskStep, models.PROTECT, related_name="+", db_index=False, verbose_name=_("step of a task")
    )
    done = models.BigIntegerField(_("so far"), default=0)
    reached_at = models.DateTimeField(_("reached at"), null=True)

    class Meta:
        verbose_name = _("progress of a step")
        verbose_name_plural = _("progress of steps")
        ordering = ("claim", "step__position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["claim", "step"], name="reward_claim_step_once"),
            models.CheckConstraint(name="reward_claim_step_counts", condition=Q(done__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.done}"

    @property
    def rest(self) -> int:
        return max(self.step.target - self.done, 0)

    @property
    def percent(self) -> int:
        return min(100 * self.done // self.step.target, 100)


class ClaimSign(models.Model):
    """Something that looks odd, by a published formula: it sends a claim to a person, and never
    decides alone. `of`: how many orders or records it was reckoned from. Appended, never changed.
    """

    id = models.BigAutoField(primary_key=True)
    claim = models.ForeignKey(
        Claim, models.PROTECT, related_name="signs", verbose_name=_("claim of a task")
    )
    code = models.CharField(_("sign"), max_length=30)
    value = models.BigIntegerField(_("value"))
    threshold = models.BigIntegerField(_("threshold"))
    of = models.PositiveIntegerField(_("reckoned from"), default=0)
    found_at = models.DateTimeField(_("found at"))

    class Meta:
        verbose_name = _("sign of a claim")
        verbose_name_plural = _("signs of claims")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["claim", "code"], name="reward_sign_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.value}"


class Revocation(models.Model):
    """Why a claim that had passed does not count, and what follows. `lifted_at`: an objection was
    found right."""

    id = models.BigAutoField(primary_key=True)
    claim = models.ForeignKey(
        Claim, models.PROTECT, related_name="revocations", verbose_name=_("claim of a task")
    )
    # Of the claim, here so that a rule asks one table.
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("party"))
    reason = models.CharField(_("reason"), max_length=600)
    consequence = models.CharField(_("consequence"), max_length=6, choices=Consequence.choices)
    barred_until = models.DateField(_("claims nothing until"), null=True)
    amount = models.BigIntegerField(_("reward taken back"))
    lost = models.BigIntegerField(_("used already"), default=0)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    lifted_at = models.DateTimeField(_("lifted at"), null=True)

    class Meta:
        verbose_name = _("revocation of a claim")
        verbose_name_plural = _("revocations of claims")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["claim"], condition=Q(lifted_at=None), name="reward_revoked_once"
            ),
            models.CheckConstraint(name="reward_revocation_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="reward_revocation_bar_has_end",
                condition=Q(consequence="barred", barred_until__isnull=False)
                | Q(consequence="reward", barred_until=None),
            ),
            models.CheckConstraint(
                name="reward_revocation_amounts", condition=Q(amount__gte=0, lost__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}"
