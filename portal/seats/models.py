"""Occasions with seats in pools, claims to them, and what became of each claim."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.parties.models import Party
from portal.seats import states
from portal.seats.states import Admission, ClaimStatus


class Occasion(models.Model):
    """What there are seats for. `kind`: whose it is, and who tells people about their claims (see
    `heralds`). An offer of a freed seat lasts `offer_minutes` of daytime, and from `hurry_from` on
    `hurry_minutes` by the clock; from `offers_until` on there are none."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(_("kind"), max_length=20)
    title = models.CharField(_("title"), max_length=80)
    admission = models.CharField(
        _("admission"), max_length=7, choices=Admission.choices, default=Admission.INSTANT
    )
    opens_at = models.DateTimeField(_("opens at"))
    closes_at = models.DateTimeField(_("closes at"))
    offer_minutes = models.PositiveIntegerField(_("an offer lasts (minutes)"), default=24 * 60)
    hurry_from = models.DateTimeField(_("in a hurry from"))
    hurry_minutes = models.PositiveIntegerField(_("then it lasts (minutes)"), default=60)
    offers_until = models.DateTimeField(_("last offer at"))
    closed_at = models.DateTimeField(_("closed at"), null=True)

    class Meta:
        verbose_name = _("occasion")
        verbose_name_plural = _("occasions")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="occasion_in_order",
                condition=Q(closes_at__gt=F("opens_at"), offers_until__gte=F("closes_at")),
            ),
            models.CheckConstraint(
                name="occasion_offers_last",
                condition=Q(offer_minutes__gte=1, hurry_minutes__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PoolQuerySet(models.QuerySet["Pool"]):
    def with_waiting(self) -> PoolQuerySet:
        waiting = Q(claims__status=ClaimStatus.WAITING)
        return self.annotate(waiting=models.Count("claims", filter=waiting))


class Pool(models.Model):
    """Seats of one sort. The database holds that no more are taken and promised than there are."""

    id = models.BigAutoField(primary_key=True)
    occasion = models.ForeignKey(Occasion, models.PROTECT, related_name="pools")
    code = models.CharField(_("code"), max_length=60)
    capacity = models.PositiveIntegerField(_("seats"))
    taken = models.IntegerField(_("taken"), default=0)
    held = models.IntegerField(_("promised"), default=0)
    is_closed = models.BooleanField(_("closed"), default=False)

    objects = PoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("pool of seats")
        verbose_name_plural = _("pools of seats")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["occasion", "code"], name="pool_once"),
            models.CheckConstraint(
                name="pool_never_oversold",
                condition=Q(taken__gte=0, held__gte=0, capacity__gte=F("taken") + F("held")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occasion_id} {self.code}"

    @property
    def free(self) -> int:
        return self.capacity - self.taken - self.held

    @property
    def is_full(self) -> bool:
        return self.free <= 0

    @property
    def filled_percent(self) -> int:
        return 100 * (self.taken + self.held) // self.capacity if self.capacity else 100


class ClaimQuerySet(models.QuerySet["Claim"]):
    def visible_to(self, actor: Actor) -> ClaimQuerySet:
        return self.filter(party=actor.party_id) if actor.party_id else self.none()

    def open(self) -> ClaimQuerySet:
        return self.filter(status__in=states.OPEN)

    def seated(self) -> ClaimQuerySet:
        return self.filter(status__in=states.TAKES)

    def in_line(self) -> ClaimQuerySet:
        """The line before a pool, who is next first."""
        return self.filter(status=ClaimStatus.WAITING).order_by("place")

    def due(self, moment: datetime) -> ClaimQuerySet:
        """Promised seats that nobody took up in time."""
        return self.filter(status__in=states.HOLDS, due_at__lte=moment)


class Claim(models.Model):
    """A party's claim to one seat of a pool. `subject`: for whom of the party, where it may take
    several; the part whose occasion it is gives it its meaning. `key`: of the wish, so that
    pressing twice claims once. `place`: the number drawn in line; `due_at`: until when a promised
    seat is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    # The pool's own, here for the constraint; a second foreign key would only cost its check.
    occasion = models.ForeignKey(
        Occasion, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    pool = models.ForeignKey(Pool, models.PROTECT, related_name="claims", db_index=False)
    party = models.ForeignKey(Party, models.PROTECT, related_name="seat_claims")
    subject = models.CharField(_("for whom"), max_length=40, blank=True, default="")
    key = models.CharField(max_length=80)
    status = models.CharField(_("status"), max_length=9, choices=ClaimStatus.choices)
    place = models.BigIntegerField(_("number in line"), null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    submitted_at = models.DateTimeField(_("asked at"))
    due_at = models.DateTimeField(_("kept until"), null=True)
    seated_at = models.DateTimeField(_("seat taken at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim to a seat")
        verbose_name_plural = _("claims to seats")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["occasion", "party", "subject", "key"], name="seat_claim_key_once"
            ),
            models.UniqueConstraint(
                fields=["occasion", "party", "subject"],
                condition=Q(status__in=sorted(states.OPEN)),
                name="seat_claim_one_open",
            ),
            models.CheckConstraint(
                name="seat_claim_status_has_its_facts",
                condition=Q(status__in=["submitted", "asked"], due_at=None, seated_at=None)
                | Q(status="waiting", place__isnull=False, due_at=None, seated_at=None)
                | Q(status__in=["held", "offered"], due_at__isnull=False, seated_at=None)
                | Q(status__in=["confirmed", "present", "absent"], seated_at__isnull=False)
                & Q(due_at=None)
                | Q(status__in=["rejected", "withdrawn", "expired", "cancelled"]),
            ),
            models.CheckConstraint(
                name="seat_claim_ended_has_time",
                condition=Q(status__in=sorted(states.OPEN), ended_at=None)
                | ~Q(status__in=sorted(states.OPEN)) & Q(ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="seat_claim_refusal_says_why", condition=~Q(status="rejected") | ~Q(reason="")
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["pool", "place"], condition=Q(status="waiting"), name="seat_claim_in_line"
            ),
            models.Index(fields=["pool", "status"], name="seat_claim_of_pool"),
            models.Index(
                fields=["due_at"],
                condition=Q(status__in=["held", "offered"]),
                name="seat_claim_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.get_status_display()}"

    @property
    def has_seat(self) -> bool:
        return self.status in states.TAKES

    @property
    def is_open(self) -> bool:
        return self.status in states.OPEN


class Step(models.Model):
    """What became of a claim, one row a change; appended, never changed."""

    id = models.BigAutoField(primary_key=True)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="steps")
    status = models.CharField(_("status"), max_length=9, choices=ClaimStatus.choices)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    via = models.CharField(_("via"), max_length=16)
    why = models.CharField(_("why"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("step of a claim")
        verbose_name_plural = _("steps of claims")
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.claim_id} {self.status}"
