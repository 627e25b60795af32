"""A fair: where, when, for whom, and what is asked of who comes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matchmaking.fairs import states
from matchmaking.fairs.states import FairKind, FairStatus, Measure
from portal.core import clock
from portal.core.actor import Actor
from portal.parties.models import Category, City, User, regions_of
from portal.parties.states import CityTier, PartyKind
from portal.seats.models import Occasion, Pool

NOON, AFTER_NOON = 12, 13  # nobody meets between these hours


class FairQuerySet(models.QuerySet["Fair"]):
    def visible_to(self, actor: Actor) -> FairQuerySet:
        """What was published, for everyone; the operators of fairs see what is planned, too."""
        if actor.has_perm("fairs.view_fair"):
            return self
        return self.filter(published_at__isnull=False)

    def published(self) -> FairQuerySet:
        return self.filter(published_at__isnull=False).exclude(status=FairStatus.CANCELLED)

    def ahead(self) -> FairQuerySet:
        return self.filter(status__in=states.AHEAD)

    def held(self) -> FairQuerySet:
        return self.filter(status__in=states.HELD)

    def in_scope_of(self, user: User | AnonymousUser) -> FairQuerySet:
        regions = regions_of(user)
        return self.filter(city__region__in=regions) if regions else self


class Fair(models.Model):
    """`tier`: of its city in the year that it was planned for; `cost_fen`: what it cost us."""

    id = models.BigAutoField(primary_key=True)
    occasion = models.OneToOneField(Occasion, models.PROTECT, related_name="fair")
    kind = models.CharField(_("kind"), max_length=11, choices=FairKind.choices)
    title = models.CharField(_("title"), max_length=60)
    intro = models.TextField(_("what it is about"), max_length=1000, blank=True)
    city = models.ForeignKey(City, models.PROTECT, verbose_name=_("city"))
    tier = models.CharField(_("city tier"), max_length=12, choices=CityTier.choices, blank=True)
    venue = models.CharField(_("venue"), max_length=80, blank=True)
    is_online = models.BooleanField(_("online"), default=False)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    tables = models.PositiveSmallIntegerField(_("tables"), default=40)
    slot_minutes = models.PositiveSmallIntegerField(_("a meeting lasts (minutes)"), default=30)
    most_products = models.PositiveSmallIntegerField(_("products of a merchant, at most"))
    creators_per_agency = models.PositiveSmallIntegerField(_("creators an agency brings, at most"))
    cost_fen = models.BigIntegerField(_("cost"), default=0)
    status = models.CharField(
        _("status"), max_length=10, choices=FairStatus.choices, default=FairStatus.PLANNED
    )
    reason = models.CharField(_("why it was cancelled"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created at"))
    published_at = models.DateTimeField(_("published at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = FairQuerySet.as_manager()

    class Meta:
        verbose_name = _("fair")
        verbose_name_plural = _("fairs")
        permissions: ClassVar = [("run_fair", "Can open, run and cancel fairs")]
        constraints: ClassVar = [
            models.CheckConstraint(name="fair_in_order", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="fair_somewhere", condition=Q(is_online=True) | ~Q(venue="")
            ),
            models.CheckConstraint(
                name="fair_room",
                condition=Q(tables__gte=1, slot_minutes__gte=5, slot_minutes__lte=240),
            ),
            models.CheckConstraint(name="fair_cost", condition=Q(cost_fen__gte=0)),
            models.CheckConstraint(
                name="fair_status_has_its_times",
                condition=Q(status="planned", published_at=None, ended_at=None)
                | Q(
                    status__in=["recruiting", "curating", "scheduled", "live"],
                    published_at__isnull=False,
                    ended_at=None,
                )
                | Q(
                    status__in=["closed", "reviewed"],
                    published_at__isnull=False,
                    ended_at__isnull=False,
                )
                | Q(status="cancelled", ended_at__isnull=False) & ~Q(reason=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["starts_at", "id"], name="fair_by_day"),
            models.Index(fields=["status", "starts_at"], name="fair_by_status"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("fair_detail", args=[self.pk])

    @property
    def number(self) -> str:
        return f"DL-{self.starts_at.astimezone(clock.SHANGHAI):%Y}-{self.pk:03d}"

    @property
    def is_open(self) -> bool:
        """Whether somebody may sign up at this moment."""
        now = clock.now()
        is_taking = self.occasion.opens_at <= now < self.occasion.closes_at
        return self.status == FairStatus.RECRUITING and is_taking

    @property
    def opens_in(self) -> timedelta | None:
        """How long until the opening second; None once it has passed."""
        left = self.occasion.opens_at - clock.now()
        return left if left > timedelta() and self.status == FairStatus.RECRUITING else None

    def get_status_display(self) -> str:  # type: ignore[no-redef]  # Django makes one, too
        """Published is not yet open: sign-up begins by its own clock."""
        if self.opens_in:
            return str(_("Opens soon"))
        return str(FairStatus(self.status).label)

    @property
    def place(self) -> str:
        return str(_("Online")) if self.is_online else self.venue

    @property
    def slot_count(self) -> int:
        return int((self.ends_at - self.starts_at) / timedelta(minutes=self.slot_minutes))

    @property
    def pauses(self) -> list[int]:
        """Slots that begin at noon: nobody meets then."""
        starts = self.starts_at.astimezone(clock.SHANGHAI)
        length = timedelta(minutes=self.slot_minutes)
        hours = [(starts + n * length).hour for n in range(self.slot_count)]
        return [n for n, hour in enumerate(hours) if NOON <= hour < AFTER_NOON]

    @property
    def moments(self) -> list[tuple[str, datetime, str]]:
        """What happens when, in order, with its tone: behind us, next, or still to come."""
        occasion, now = self.occasion, clock.now()
        told = [
            (str(_("Sign-up opens")), occasion.opens_at),
            (str(_("Sign-up closes")), occasion.closes_at),
            (str(_("Last offer of a freed seat")), occasion.offers_until),
            (str(_("Begins")), self.starts_at),
            (str(_("Ends")), self.ends_at),
        ]
        coming = min((at for _label, at in told if at > now), default=None)
        tones = {True: "ok", False: ""}
        return [(label, at, "info" if at == coming else tones[at <= now]) for label, at in told]


class FairPoolQuerySet(models.QuerySet["FairPool"]):
    def of(self, fair: Fair) -> FairPoolQuerySet:
        rows = self.filter(fair=fair).select_related("pool", "category")
        return rows.order_by("pk")


class FairPool(models.Model):
    """The seats of one role and category."""

    id = models.BigAutoField(primary_key=True)
    fair = models.ForeignKey(Fair, models.PROTECT, related_name="pools")
    pool = models.OneToOneField(Pool, models.PROTECT, related_name="fair_pool")
    role = models.CharField(_("role"), max_length=10, choices=PartyKind.choices)
    category = models.ForeignKey(Category, models.PROTECT, verbose_name=_("category"))

    objects = FairPoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("seats of a role")
        verbose_name_plural = _("seats of roles")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fair", "role", "category"], name="fair_pool_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.category}"


class Threshold(models.Model):
    """What is asked of who signs up in a role, as the operator set it for this fair."""

    id = models.BigAutoField(primary_key=True)
    fair = models.ForeignKey(Fair, models.CASCADE, related_name="thresholds")
    role = models.CharField(_("role"), max_length=10, choices=PartyKind.choices)
    measure = models.CharField(_("measure"), max_length=10, choices=Measure.choices)
    least = models.PositiveBigIntegerField(_("at least"))

    class Meta:
        verbose_name = _("threshold of a fair")
        verbose_name_plural = _("thresholds of fairs")
        ordering = ("role", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fair", "role", "measure"], name="threshold_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.get_measure_display()} ≥ {self.least}"


class InvitationCode(models.Model):
    """Who has it signs up before the opening second, and past the thresholds if it waives them."""

    id = models.BigAutoField(primary_key=True)
    fair = models.ForeignKey(Fair, models.PROTECT, related_name="codes")
    code = models.CharField(_("code"), max_length=16)
    waives = models.BooleanField(_("past the thresholds"), default=False)
    most_uses = models.PositiveSmallIntegerField(_("uses, at most"))
    uses = models.PositiveSmallIntegerField(_("uses"), default=0)
    ends_at = models.DateTimeField(_("valid until"))
    note = models.CharField(_("for whom"), max_length=100, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("invitation code")
        verbose_name_plural = _("invitation codes")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fair", "code"], name="invitation_code_once"),
            models.CheckConstraint(
                name="invitation_code_uses",
                condition=Q(most_uses__gte=1, uses__lte=F("most_uses")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fair_id} {self.code}"
