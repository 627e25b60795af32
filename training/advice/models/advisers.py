"""The advisory group: advisers, their hours, and who booked them."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.parties.models import Party
from portal.parties.states import PartyKind
from training.advice import states
from training.advice.models.handbook import in_chinese, kinds_field
from training.advice.states import AdviceTopic, BookingStatus

HOURS = Func(F("starts_at"), F("ends_at"), function="tstzrange", output_field=DateTimeRangeField())


class AdviserQuerySet(models.QuerySet["Adviser"]):
    def advising(self) -> AdviserQuerySet:
        return self.filter(left_at=None)

    def on(self, topic: str) -> AdviserQuerySet:
        return self.filter(topics__contains=[topic])

    def for_kind(self, kind: str) -> AdviserQuerySet:
        return self.filter(Q(audience=[]) | Q(audience__contains=[kind]))


class Adviser(models.Model):
    """Somebody with experience who gives an hour of it. Everybody reads this."""

    name = models.CharField(_("name"), max_length=40)
    title_zh = models.CharField(_("who they are, in Chinese"), max_length=60)
    title_en = models.CharField(_("who they are, in English"), max_length=90)
    bio_zh = models.TextField(_("Chinese text"), max_length=1500)
    bio_en = models.TextField(_("English text"), max_length=3000)
    topics = ArrayField(
        models.CharField(max_length=12, choices=AdviceTopic.choices), verbose_name=_("topics")
    )
    audience = kinds_field()
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="adviser",
        verbose_name=_("login"),
    )
    party = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("works at"),
    )
    joined_at = models.DateTimeField(_("since"))
    left_at = models.DateTimeField(_("left at"), null=True)

    objects = AdviserQuerySet.as_manager()

    class Meta:
        verbose_name = _("adviser")
        verbose_name_plural = _("advisers")
        permissions: ClassVar = [("run_advice", "Can run the advisory group")]
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="adviser_has_topics", condition=Q(topics__len__gte=1)),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("adviser_detail", args=[self.pk])

    @property
    def title(self) -> str:
        return self.title_zh if in_chinese() else self.title_en

    @property
    def bio(self) -> str:
        return self.bio_zh if in_chinese() else self.bio_en

    @property
    def topic_names(self) -> list[str]:
        return [str(AdviceTopic(topic).label) for topic in self.topics]

    @property
    def audience_names(self) -> list[str]:
        return [str(PartyKind(kind).label) for kind in self.audience]


class SlotQuerySet(models.QuerySet["Slot"]):
    def standing(self) -> SlotQuerySet:
        return self.filter(withdrawn_at=None)

    def free(self, at: datetime) -> SlotQuerySet:
        """What can be booked at `at`, the next first."""
        ahead = self.standing().filter(
            starts_at__gt=at, starts_at__lte=at + states.AHEAD, adviser__left_at=None
        )
        taken = Booking.objects.filter(slot=OuterRef("pk"), status__in=sorted(states.TAKEN))
        return ahead.filter(~Exists(taken)).order_by("starts_at", "pk")


class Slot(models.Model):
    """One office hour of one adviser, who is never in two at once (exclusion constraint)."""

    adviser = models.ForeignKey(Adviser, models.PROTECT, related_name="slots")
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("link or room"), max_length=200)
    series = models.UUIDField(_("series"), null=True)
    created_at = models.DateTimeField(_("created at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    why = models.CharField(_("reason"), max_length=200, blank=True)

    objects = SlotQuerySet.as_manager()

    class Meta:
        verbose_name = _("office hour")
        verbose_name_plural = _("office hours")
        ordering: ClassVar = ["starts_at", "pk"]
        constraints: ClassVar = [
            ExclusionConstraint(
                name="slot_adviser_in_one_place",
                expressions=[("adviser", RangeOperators.EQUAL), (HOURS, RangeOperators.OVERLAPS)],
                condition=Q(withdrawn_at=None),
            ),
            models.CheckConstraint(name="slot_hours", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(name="slot_has_place", condition=~Q(place="")),
            models.CheckConstraint(
                name="slot_withdrawn_with_reason",
                condition=Q(withdrawn_at=None, why="") | Q(withdrawn_at__isnull=False) & ~Q(why=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["starts_at"], condition=Q(withdrawn_at=None), name="slot_ahead")
        ]

    def __str__(self) -> str:
        local = self.starts_at.astimezone(clock.SHANGHAI)
        return f"{self.adviser.name} {local:%Y-%m-%d %H:%M}"

    @property
    def day(self) -> date:
        return clock.day_of(self.starts_at)

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= clock.now()

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


class BookingQuerySet(models.QuerySet["Booking"]):
    def visible_to(self, actor: Actor) -> BookingQuerySet:
        """The party's own, an adviser's own, and all of them to who runs the group."""
        if actor.has_perm("advice.run_advice"):
            return self
        if actor.user is None:
            return self.none()
        seen = Q(slot__adviser__user=actor.user) & Q(slot__adviser__left_at=None)
        if actor.party_id is not None:
            seen |= Q(party=actor.party_id)
        return self.filter(seen)

    def booked(self) -> BookingQuerySet:
        return self.filter(status=BookingStatus.BOOKED)

    def unsaid(self, at: datetime) -> BookingQuerySet:
        """The hour is over, and nobody has said whether it took place."""
        return self.booked().filter(slot__ends_at__lte=at)

    def counted(self) -> BookingQuerySet:
        """Those of a party that use up its hours: not what was cancelled, nor an adviser who did
        not come."""
        kept = self.exclude(status=BookingStatus.CANCELLED)
        return kept.exclude(status=BookingStatus.MISSED, absent=states.Side.ADVISER)

    def whole(self) -> BookingQuerySet:
        return self.select_related("slot__adviser__party", "party", "booked_by")


class Booking(models.Model):
    """An office hour that a party took: its question, what came of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    slot = models.ForeignKey(Slot, models.PROTECT, related_name="bookings")
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="advice_bookings", verbose_name=_("party")
    )
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("booked by"),
    )
    question = models.TextField(_("question"), max_length=1000)
    topics = ArrayField(
        models.CharField(max_length=12, choices=AdviceTopic.choices),
        default=list,
        verbose_name=_("topics"),
    )
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=BookingStatus.choices,
        default=BookingStatus.BOOKED,
    )
    booked_at = models.DateTimeField(_("booked at"))
    changed_at = models.DateTimeField(_("changed at"))
    reminded_at = models.DateTimeField(_("reminded at"), null=True)
    cancelled_by = models.CharField(
        _("cancelled by"), max_length=8, choices=states.Side.choices, blank=True
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    absent = models.CharField(
        _("did not come"), max_length=8, choices=states.Side.choices, blank=True
    )
    notes = models.TextField(_("notes"), max_length=3000, blank=True)
    noted_at = models.DateTimeField(_("notes shared at"), null=True)
    rating = models.PositiveSmallIntegerField(_("rating"), null=True)
    rating_note = models.CharField(_("in words"), max_length=300, blank=True)
    rated_at = models.DateTimeField(_("rated at"), null=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking of an office hour")
        verbose_name_plural = _("bookings of office hours")
        ordering: ClassVar = ["-booked_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["slot"], condition=~Q(status="cancelled"), name="booking_one_of_a_slot"
            ),
            models.CheckConstraint(
                name="booking_status_has_its_facts",
                condition=Q(status="cancelled", absent="") & ~Q(cancelled_by="") & ~Q(reason="")
                | Q(status="missed", cancelled_by="", absent__in=["party", "adviser"])
                | Q(status__in=["booked", "done"], cancelled_by="", absent="", reason=""),
            ),
            models.CheckConstraint(
                name="booking_notes_of_what_took_place",
                condition=Q(notes="", noted_at=None)
                | Q(status="done", noted_at__isnull=False) & ~Q(notes=""),
            ),
            models.CheckConstraint(
                name="booking_rated_in_stars",
                condition=Q(rating=None, rated_at=None, rating_note="")
                | Q(rating__range=(1, 5), rated_at__isnull=False, status="done"),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["party", "-booked_at"], name="booking_of_party"),
            models.Index(fields=["slot"], condition=Q(status="booked"), name="booking_ahead"),
        ]

    def __str__(self) -> str:
        return f"{self.slot} · {self.party.name}"

    def get_absolute_url(self) -> str:
        return reverse("booking_detail", args=[self.pk])

    @property
    def topic_names(self) -> list[str]:
        return [str(AdviceTopic(topic).label) for topic in self.topics]
