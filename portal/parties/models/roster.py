"""Which creator belongs to which agency, from when to when, and how each of them leaves."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.contacts import masked_phone
from portal.core.models import StoredFile
from portal.parties import states
from portal.parties.models.party import Party
from portal.parties.models.scope import pairs_seen, parties_seen_whole
from portal.parties.states import DepartureStatus, RosterStatus


class RosterQuerySet(models.QuerySet["RosterEntry"]):
    def visible_to(self, actor: Actor) -> RosterQuerySet:
        """Entries of one's own agencies and creators; a narrowed member's own creators only."""
        whole = parties_seen_whole(actor)
        named = pairs_seen(actor).filter(
            membershipscope__membership__party=OuterRef("agency"), party=OuterRef("creator")
        )
        return self.filter(Q(agency__in=whole) | Q(creator__in=whole) | Q(Exists(named)))

    def open_by_link(self, actor: Actor) -> RosterQuerySet:
        """What whoever has the link may read: entries that name no creator, and one's own."""
        own = RosterEntry.objects.visible_to(actor)
        return self.filter(Q(creator=None) | Q(pk__in=own.values("pk")))

    def running(self) -> RosterQuerySet:
        return self.filter(status__in=states.RUNNING)

    def bound(self) -> RosterQuerySet:
        """Memberships, over or not."""
        return self.filter(status__in=states.BOUND)

    def bound_on(self, day: date) -> RosterQuerySet:
        """Those whose period holds the day."""
        return self.bound().filter(period__contains=day)

    def invited(self) -> RosterQuerySet:
        return self.filter(status=RosterStatus.INVITED)

    def of_agency(self, agency: Party) -> RosterQuerySet:
        return self.filter(agency=agency)


class RosterEntry(models.Model):
    """A creator's place in an agency. While it is an invitation the creator may still be nobody
    on this site: a name, an account and a phone that the agency wrote down."""

    agency = models.ForeignKey(
        Party, models.PROTECT, related_name="roster", verbose_name=_("agency")
    )
    creator = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        related_name="agency_entries",
        verbose_name=_("creator"),
    )
    name = models.CharField(_("creator's name"), max_length=40)
    account = models.CharField(_("Douyin account"), max_length=60, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    period = DateRangeField(_("contract"))  # from the first day to the day after the last
    terms = models.TextField(_("terms"), max_length=2000)
    status = models.CharField(
        _("status"), max_length=10, choices=RosterStatus.choices, default=RosterStatus.INVITED
    )
    key = models.UUIDField(unique=True, default=uuid.uuid4)  # who has the link may answer
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    invited_at = models.DateTimeField(_("invited at"))
    expires_at = models.DateTimeField(_("answer until"))
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0)
    reminded_at = models.DateTimeField(_("reminded at"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("answered at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    is_shown = models.BooleanField(_("shown on the agency's page"), default=False)

    objects = RosterQuerySet.as_manager()

    class Meta:
        verbose_name = _("roster entry")
        verbose_name_plural = _("roster entries")
        constraints: ClassVar = [
            ExclusionConstraint(
                name="roster_one_agency_at_a_time",
                expressions=[
                    (F("creator"), RangeOperators.EQUAL),
                    (F("period"), RangeOperators.OVERLAPS),
                ],
                condition=Q(status__in=sorted(states.BOUND)),
            ),
            models.CheckConstraint(
                name="roster_period_has_both_ends",
                condition=Q(
                    period__isempty=False, period__lower_inf=False, period__upper_inf=False
                ),
            ),
            models.CheckConstraint(
                name="roster_bound_was_accepted",
                condition=~Q(status__in=sorted(states.BOUND))
                | Q(
                    creator__isnull=False,
                    answered_by__isnull=False,
                    answered_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="roster_invited_is_unanswered",
                condition=~Q(status=RosterStatus.INVITED) | Q(answered_at=None),
            ),
            models.CheckConstraint(
                name="roster_end_has_time",
                condition=Q(
                    status__in=[RosterStatus.INVITED, *sorted(states.RUNNING)], ended_at=None
                )
                | (
                    ~Q(status__in=[RosterStatus.INVITED, *sorted(states.RUNNING)])
                    & Q(ended_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="roster_shown_in_the_agency",
                condition=Q(is_shown=False) | Q(status__in=sorted(states.RUNNING)),
            ),
            models.UniqueConstraint(
                fields=["agency", "creator"],
                condition=Q(status=RosterStatus.INVITED, creator__isnull=False),
                name="roster_creator_invited_once",
            ),
            models.UniqueConstraint(
                fields=["agency", "phone"],
                condition=Q(status=RosterStatus.INVITED) & ~Q(phone=""),
                name="roster_phone_invited_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "status", "-id"], name="roster_of_agency"),
            models.Index(
                fields=["expires_at"], condition=Q(status="invited"), name="roster_unanswered"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("roster_detail", args=[self.pk])

    def get_link_url(self) -> str:
        """Where whoever holds the link answers."""
        return reverse("roster_invitation", args=[self.key])

    @property
    def masked_phone(self) -> str:
        return masked_phone(self.phone)

    @property
    def title(self) -> str:
        return self.creator.name if self.creator else self.name

    @property
    def starts_on(self) -> date:
        first: date = self.period.lower
        return first

    @property
    def last_day(self) -> date:
        after: date = self.period.upper
        return after - timedelta(days=1)

    def side_of(self, party_id: int | None) -> Party | None:
        """The agency or the creator, whichever of them this party is."""
        if party_id == self.agency_id:
            return self.agency
        return self.creator if party_id is not None and party_id == self.creator_id else None

    def other_side(self, party_id: int | None) -> Party | None:
        return self.creator if party_id == self.agency_id else self.agency


class DepartureQuerySet(models.QuerySet["Departure"]):
    def open(self) -> DepartureQuerySet:
        return self.filter(status__in=states.OPEN_DEPARTURES)

    def contested(self) -> DepartureQuerySet:
        return self.filter(status=DepartureStatus.CONTESTED)


class Departure(models.Model):
    """A wish to leave before the contract ends. The other side agrees or objects; silence is an
    objection. An operator decides what is contested, by `decide_by`."""

    entry = models.ForeignKey(RosterEntry, models.PROTECT, related_name="departures")
    asked_by = models.ForeignKey(
        Party, models.PROTECT, related_name="+", verbose_name=_("who asked")
    )
    asked_at = models.DateTimeField(_("asked at"))
    last_day = models.DateField(_("last day asked for"))
    reason = models.TextField(_("reason"), max_length=1000)
    answer_by = models.DateTimeField(_("answer by"))
    status = models.CharField(
        _("status"), max_length=10, choices=DepartureStatus.choices, default=DepartureStatus.ASKED
    )
    closed_at = models.DateTimeField(_("closed at"), null=True)
    contested_at = models.DateTimeField(_("contested at"), null=True)
    decide_by = models.DateTimeField(_("decide by"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_last_day = models.DateField(_("last day decided"), null=True)  # null: stays
    reasons = models.TextField(_("reasons of the decision"), max_length=2000, blank=True)

    objects = DepartureQuerySet.as_manager()

    class Meta:
        verbose_name = _("departure")
        verbose_name_plural = _("departures")
        permissions: ClassVar = [("decide_departure", "Can decide contested departures")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(status__in=sorted(states.OPEN_DEPARTURES)),
                name="departure_one_open",
            ),
            models.CheckConstraint(
                name="departure_closed_has_time",
                condition=Q(status__in=sorted(states.OPEN_DEPARTURES), closed_at=None)
                | (~Q(status__in=sorted(states.OPEN_DEPARTURES)) & Q(closed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="departure_contested_has_deadline",
                condition=~Q(status__in=["contested", "decided"])
                | Q(contested_at__isnull=False, decide_by__isnull=False),
            ),
            models.CheckConstraint(
                name="departure_decided_says_why",
                condition=~Q(status="decided") | ~Q(reasons=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["decide_by"], condition=Q(status="contested"), name="departure_queue"
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry}"


class DepartureStatement(models.Model):
    """What a side says to a contested departure. Both sides and the operator read it; nobody
    changes it (the database grants no update)."""

    departure = models.ForeignKey(Departure, models.PROTECT, related_name="statements")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    said_at = models.DateTimeField(_("at"))
    text = models.TextField(_("statement"), max_length=3000)
    files: models.ManyToManyField[StoredFile, models.Model] = models.ManyToManyField(
        StoredFile, verbose_name=_("evidence")
    )

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")

    def __str__(self) -> str:
        return f"{self.departure_id} {self.party_id}"
