"""Samples that a merchant sends to those who will show them."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.models import Product
from matchmaking.cooperation.models import Cooperation
from matchmaking.samples import states
from matchmaking.samples.states import SampleStatus
from portal.core import clock
from portal.core.actor import Actor
from portal.parties.models import Party, User


class SampleQuerySet(models.QuerySet["Sample"]):
    def visible_to(self, actor: Actor) -> SampleQuerySet:
        return self.filter(cooperation__in=Cooperation.objects.visible_to(actor))

    def open(self) -> SampleQuerySet:
        return self.filter(status__in=states.OPEN)

    def of_merchant(self, party: Party) -> SampleQuerySet:
        return self.filter(cooperation__merchant=party)

    def of_receiver(self, party: Party) -> SampleQuerySet:
        return self.filter(cooperation__provider=party)

    def in_scope_of(self, user: User | AnonymousUser) -> SampleQuerySet:
        """Within an operator's regions, by the merchant's city."""
        return self.filter(cooperation__in=Cooperation.objects.in_scope_of(user))


class Sample(models.Model):
    """Pieces of one product, sent once. The address is sealed, and erased some weeks after they
    arrived. `post_days`: how many days after they arrive they are shown; that is `due_on`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    cooperation = models.ForeignKey(Cooperation, models.PROTECT, related_name="samples")
    product = models.CharField(_("product, as it was called"), max_length=80)
    # None: of the time before products were named by the catalogue
    goods = models.ForeignKey(
        Product, models.PROTECT, null=True, related_name="samples", verbose_name=_("product")
    )
    quantity = models.PositiveSmallIntegerField(_("pieces"), default=1)
    note = models.CharField(_("note"), max_length=300, blank=True)
    address = models.BinaryField(_("address"), null=True, editable=False)
    masked = models.CharField(_("address, masked"), max_length=120)
    post_days = models.PositiveSmallIntegerField(_("shown within (days)"))
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=SampleStatus.choices,
        default=SampleStatus.REQUESTED,
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    requested_at = models.DateTimeField(_("asked at"))
    answer_by = models.DateTimeField(_("answer due"))
    approved_at = models.DateTimeField(_("approved at"), null=True)
    ship_by = models.DateField(_("to be sent by"), null=True)
    carrier = models.CharField(_("carrier"), max_length=40, blank=True)
    tracking = models.CharField(_("tracking number"), max_length=40, blank=True)
    shipped_at = models.DateTimeField(_("sent at"), null=True)
    received_at = models.DateTimeField(_("received at"), null=True)
    due_on = models.DateField(_("to be shown by"), null=True)
    post_url = models.CharField(_("post"), max_length=300, blank=True)
    posted_at = models.DateTimeField(_("posted at"), null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = SampleQuerySet.as_manager()

    class Meta:
        verbose_name = _("sample")
        verbose_name_plural = _("samples")
        constraints: ClassVar = [
            models.CheckConstraint(name="sample_quantity", condition=Q(quantity__range=(1, 999))),
            models.CheckConstraint(
                name="sample_post_days", condition=Q(post_days__range=states.POST_DAYS)
            ),
            models.CheckConstraint(
                name="sample_status_has_its_facts",
                condition=Q(status__in=["requested", "expired"], approved_at=None)
                | Q(status__in=["declined", "withdrawn"])
                | Q(
                    status="approved",
                    approved_at__isnull=False,
                    ship_by__isnull=False,
                    shipped_at=None,
                )
                | Q(status__in=["shipped", "lost"], shipped_at__isnull=False, received_at=None)
                | Q(
                    status__in=["received", "due", "overdue", "waived"],
                    received_at__isnull=False,
                    due_on__isnull=False,
                    posted_at=None,
                )
                | Q(status="posted", received_at__isnull=False, posted_at__isnull=False)
                & ~Q(post_url=""),
            ),
            models.CheckConstraint(
                name="sample_shipped_by_carrier",
                condition=Q(shipped_at=None) | ~Q(carrier="") & ~Q(tracking=""),
            ),
            models.CheckConstraint(
                name="sample_address_while_needed",
                condition=~Q(status__in=["requested", "approved", "shipped"])
                | Q(address__isnull=False),
            ),
            models.CheckConstraint(
                name="sample_ended_has_time",
                condition=Q(status__in=sorted(states.OPEN), ended_at=None)
                | ~Q(status__in=sorted(states.OPEN)) & Q(ended_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["cooperation", "-requested_at"], name="sample_of_cooperation"),
            models.Index(
                fields=["status", "answer_by"],
                condition=Q(status__in=sorted(states.OPEN)),
                name="sample_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} × {self.quantity}"

    def get_absolute_url(self) -> str:
        return reverse("sample_detail", args=[self.pk])

    @property
    def was_sent_in_time(self) -> bool | None:
        """None while nobody is late yet."""
        if self.ship_by is None:
            return None
        if self.shipped_at is None:
            return False if clock.today() > self.ship_by else None
        return clock.day_of(self.shipped_at) <= self.ship_by

    @property
    def was_posted_in_time(self) -> bool | None:
        if self.due_on is None or self.status == SampleStatus.WAIVED:
            return None
        if self.posted_at is None:
            return False if self.status == SampleStatus.OVERDUE else None
        return clock.day_of(self.posted_at) <= self.due_on

    @property
    def counts_as_received_on(self) -> date | None:
        if self.shipped_at is None:
            return None
        return clock.day_of(self.shipped_at + states.ARRIVES_WITHIN)

    @property
    def next_deadline(self) -> date | None:
        """When whoever has the next move is late."""
        match self.status:
            case SampleStatus.REQUESTED:
                return clock.day_of(self.answer_by)
            case SampleStatus.APPROVED:
                return self.ship_by
            case SampleStatus.SHIPPED:
                return self.counts_as_received_on
            case SampleStatus.RECEIVED | SampleStatus.DUE | SampleStatus.OVERDUE:
                return self.due_on
        return None

    @property
    def address_until(self) -> date | None:
        """When the address is erased at the latest."""
        if self.received_at is None:
            return None
        return clock.day_of(self.received_at) + timedelta(days=states.ADDRESS_KEPT.days)
