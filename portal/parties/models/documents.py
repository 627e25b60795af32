"""What a party has handed in. A document is never changed: a newer one replaces it."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.models import StoredFile
from portal.parties import states
from portal.parties.models.party import Party
from portal.parties.models.requirements import DocumentKind
from portal.parties.states import DocumentStatus


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, actor: Actor) -> DocumentQuerySet:
        """One's own party's; operators look at them in admin."""
        return self.filter(party__membership__user=actor.user) if actor.user else self.none()

    def current(self) -> DocumentQuerySet:
        return self.exclude(status=DocumentStatus.REPLACED)

    def valid(self) -> DocumentQuerySet:
        """Accepted, and its last day has not passed."""
        today = clock.today()
        in_time = Q(expires_on__isnull=True) | Q(expires_on__gte=today)
        return self.filter(in_time, status=DocumentStatus.ACCEPTED)

    def awaiting_check(self) -> DocumentQuerySet:
        """Handed in later than the application: nobody sees them with it."""
        return self.filter(status=DocumentStatus.UPLOADED, party__status__in=states.TRUSTED)

    def to_renew(self, party: Party) -> DocumentQuerySet:
        """Ended, sent back, or ending within 30 days, and nothing newer is being checked."""
        soon = clock.today() + timedelta(days=30)
        ending = Q(status=DocumentStatus.ACCEPTED, expires_on__lte=soon)
        gone = Q(status__in=[DocumentStatus.EXPIRED, DocumentStatus.RETURNED])
        newer = Document.objects.filter(
            party=party, kind=OuterRef("kind"), link=OuterRef("link"), status="uploaded"
        )
        return self.filter(ending | gone, ~Exists(newer), party=party).order_by("expires_on")


class Document(models.Model):
    """One file for one requirement. `link` numbers the links of a chain from 1; others have 0."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="documents", verbose_name=_("party")
    )
    kind = models.ForeignKey(DocumentKind, models.PROTECT, verbose_name=_("kind"))
    link = models.PositiveSmallIntegerField(_("link"), default=0)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, verbose_name=_("file"))
    checked_elsewhere = models.CharField(_("checked elsewhere"), max_length=40, blank=True)
    number = models.CharField(_("certificate number"), max_length=60, blank=True)
    granted_by = models.CharField(_("granted by"), max_length=80, blank=True)
    granted_to = models.CharField(_("granted to"), max_length=80, blank=True)
    expires_on = models.DateField(_("last day"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=8, choices=DocumentStatus.choices, default=DocumentStatus.UPLOADED
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded at"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints: ClassVar = [
            # While a newer one is being checked, the accepted one still counts.
            models.UniqueConstraint(
                fields=["party", "kind", "link"],
                condition=Q(status="accepted"),
                name="document_one_accepted",
            ),
            models.UniqueConstraint(
                fields=["party", "kind", "link"],
                condition=Q(status__in=["uploaded", "returned", "expired"]),
                name="document_one_waiting",
            ),
            models.CheckConstraint(
                name="document_is_somewhere",
                condition=Q(file__isnull=False) | ~Q(checked_elsewhere=""),
            ),
            models.CheckConstraint(
                name="document_returned_says_why",
                condition=~Q(status="returned") | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="document_decision_has_time",
                condition=~Q(status__in=["accepted", "returned", "expired"])
                | Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="document_expired_had_a_day",
                condition=~Q(status="expired") | Q(expires_on__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["expires_on"], condition=Q(status="accepted"), name="document_by_last_day"
            ),
            models.Index(
                fields=["uploaded_at"], condition=Q(status="uploaded"), name="document_queue"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.link}" if self.link else str(self.kind)

    def get_absolute_url(self) -> str:
        return reverse("document_edit", args=[self.party_id, self.kind.code])


class ExpiryReminder(models.Model):
    """A notice given before a document's last day: once for each number of days."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="reminders")
    days = models.PositiveSmallIntegerField(_("days before"))
    sent_at = models.DateTimeField(_("sent at"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "days"], name="reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.document_id} −{self.days}"
