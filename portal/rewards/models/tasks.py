"""Tasks: what is to be done, by whom, until when, and what for."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.parties.states import PartyKind
from portal.rewards.models.coupons import CouponKind
from portal.rewards.models.pools import Pool
from portal.rewards.models.programmes import Programme
from portal.rewards.states import Check, Fold, Hold, Line, Since, StepEvent, TaskStatus, Unit


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, actor: Actor) -> TaskQuerySet:
        """Operators see all; others what is or was published, for whichever kind of party."""
        if actor.has_perm("rewards.view_task"):
            return self.all()
        return self.exclude(status=TaskStatus.DRAFT)

    def for_kind(self, kind: str) -> TaskQuerySet:
        return self.filter(kinds__contains=[kind])

    def open(self) -> TaskQuerySet:
        """Can be claimed now, but for who asks and what is left."""
        now = clock.now()
        return self.filter(status=TaskStatus.PUBLISHED, opens_at__lte=now, closes_at__gt=now)

    def whole(self) -> TaskQuerySet:
        return self.select_related("programme", "pool", "coupon_kind").prefetch_related("steps")


class Task(models.Model):
    """`kinds`: of parties that may claim it; `sizes`, `services` (codes) and `least_*`/`most_*`
    narrow them further, empty is everybody. `indicator`: which one of the evaluation it lifts;
    `line`: which of a creator's. `amount`: fen, or points of traffic of a coupon. `taken`: rewards
    kept or granted, at most `quota`. `begin_days`: without a first record by then the place goes to
    somebody else."""

    id = models.BigAutoField(primary_key=True)
    code = models.SlugField(_("code"), max_length=60, unique=True)
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="tasks", verbose_name=_("season")
    )
    pool = models.ForeignKey(
        Pool, models.PROTECT, related_name="tasks", verbose_name=_("pool of rewards")
    )
    title_zh = models.CharField(_("title in Chinese"), max_length=60)
    title_en = models.CharField(_("title in English"), max_length=90)
    text_zh = models.TextField(_("explanation in Chinese"), max_length=2000)
    text_en = models.TextField(_("explanation in English"), max_length=3000)
    indicator = models.CharField(_("lifts the indicator"), max_length=20, blank=True)
    line = models.CharField(_("growth line"), max_length=10, choices=Line.choices, blank=True)

    kinds = ArrayField(
        models.CharField(max_length=10, choices=PartyKind.choices), verbose_name=_("audience")
    )
    sizes = ArrayField(
        models.CharField(max_length=1), default=list, blank=True, verbose_name=_("sizes")
    )
    services = ArrayField(
        models.CharField(max_length=40), default=list, blank=True, verbose_name=_("services")
    )
    least_stars = models.PositiveSmallIntegerField(_("stars from"), null=True)
    most_stars = models.PositiveSmallIntegerField(_("stars to"), null=True)
    least_score = models.PositiveIntegerField(_("score from (hundredths)"), null=True)
    most_score = models.PositiveIntegerField(_("score to (hundredths)"), null=True)
    least_followers = models.BigIntegerField(_("followers from"), null=True)
    most_followers = models.BigIntegerField(_("followers to"), null=True)

    quota = models.PositiveIntegerField(_("rewards"))
    taken = models.IntegerField(_("taken"), default=0)
    opens_at = models.DateTimeField(_("claims from"))
    closes_at = models.DateTimeField(_("claims until"))
    begin_days = models.PositiveSmallIntegerField(_("days to begin"), null=True)
    finish_days = models.PositiveSmallIntegerField(_("days to finish"))
    check_by = models.CharField(
        _("way of verifying"), max_length=8, choices=Check.choices, default=Check.RECORDS
    )
    hold = models.CharField(_("reward"), max_length=6, choices=Hold.choices, default=Hold.CLAIM)
    unit = models.CharField(_("unit"), max_length=6, choices=Unit.choices)
    amount = models.BigIntegerField(_("amount in the unit"))
    coupon_kind = models.ForeignKey(
        CouponKind,
        models.PROTECT,
        null=True,
        related_name="tasks",
        verbose_name=_("traffic coupon"),
    )

    status = models.CharField(
        _("status"), max_length=9, choices=TaskStatus.choices, default=TaskStatus.DRAFT
    )
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("created by"),
    )
    published_at = models.DateTimeField(_("published at"), null=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)
    close_reason = models.CharField(_("why it was closed"), max_length=300, blank=True)
    cloned_from = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="clones", verbose_name=_("cloned from")
    )

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("reward", "task")
        verbose_name_plural = _("tasks")
        permissions: ClassVar = [("edit_task", "Can write, publish and close tasks")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="reward_task_quota", condition=Q(taken__gte=0, quota__gte=F("taken"))
            ),
            models.CheckConstraint(
                name="reward_task_in_order", condition=Q(closes_at__gt=F("opens_at"))
            ),
            models.CheckConstraint(
                name="reward_task_numbers",
                condition=Q(amount__gt=0, finish_days__gte=1, quota__gte=1)
                & (Q(begin_days=None) | Q(begin_days__gte=1, begin_days__lte=F("finish_days"))),
            ),
            models.CheckConstraint(
                name="reward_task_unit_has_its_kind",
                condition=Q(unit="cash", coupon_kind=None)
                | Q(unit="coupon", coupon_kind__isnull=False),
            ),
            models.CheckConstraint(
                name="reward_task_status_has_time",
                condition=Q(status="draft", published_at=None, closed_at=None)
                | Q(status="published", published_at__isnull=False, closed_at=None)
                | Q(status="closed", published_at__isnull=False, closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="reward_task_is_for_somebody", condition=Q(kinds__len__gte=1)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["status", "closes_at"], name="reward_task_open"),
            models.Index(fields=["indicator"], name="reward_task_lifts"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("task_detail", args=[self.pk])

    @property
    def title(self) -> str:
        return self.title_en if get_language() == "en" else self.title_zh

    @property
    def text(self) -> str:
        return self.text_en if get_language() == "en" else self.text_zh

    @property
    def left(self) -> int:
        return self.quota - self.taken

    @property
    def is_open(self) -> bool:
        return self.status == TaskStatus.PUBLISHED and self.opens_at <= clock.now() < self.closes_at


class TaskStep(models.Model):
    """`target`: records, or what they add up to. `scope`: only records of it, such as the code of a
    course; empty is any."""

    id = models.BigAutoField(primary_key=True)
    task = models.ForeignKey(
        Task, models.CASCADE, related_name="steps", verbose_name=pgettext_lazy("reward", "task")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    event = models.CharField(_("what counts"), max_length=20, choices=StepEvent.choices)
    fold = models.CharField(_("how"), max_length=5, choices=Fold.choices, default=Fold.COUNT)
    target = models.BigIntegerField(_("target"))
    scope = models.CharField(_("only"), max_length=60, blank=True)
    since = models.CharField(
        _("counted from"), max_length=6, choices=Since.choices, default=Since.CLAIM
    )

    class Meta:
        verbose_name = _("step of a task")
        verbose_name_plural = _("steps of tasks")
        ordering = ("task", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task", "position"], name="reward_step_place"),
            models.CheckConstraint(name="reward_step_target", condition=Q(target__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.get_event_display()} {self.target}"
