"""How people come to speak for a party, and how its ownership passes from one to another."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from base64 import urlsafe_b64encode
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.contacts import masked_mail, masked_phone
from portal.parties.models.party import Party
from portal.parties.states import InvitationStatus, OfferStatus, Role


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def pending(self) -> InvitationQuerySet:
        return self.filter(status=InvitationStatus.PENDING)

    def open_at(self, now: datetime) -> InvitationQuerySet:
        return self.pending().filter(expires_at__gt=now)

    def by_token(self, token: str) -> InvitationQuerySet:
        return self.filter(token_hash=hash_token(token))


class Invitation(models.Model):
    """A colleague asked to speak for a party, by mail or by phone.

    The link's token is made of the row and the site's secret key, so that it can be sent again
    without being kept; the table holds its hash. Sending again makes another one and ends the old.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    party = models.ForeignKey(Party, models.PROTECT, verbose_name=_("party"))
    role = models.CharField(_("role"), max_length=8, choices=Role.choices)
    email = models.EmailField(_("email"), blank=True)
    phone = models.CharField(_("phone"), max_length=16, blank=True)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=InvitationStatus.choices,
        default=InvitationStatus.PENDING,
    )
    token_hash = models.CharField(max_length=64, unique=True)
    sendings = models.PositiveSmallIntegerField(_("sent"), default=1)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("invited by"),
    )
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("accepted by"),
    )
    created_at = models.DateTimeField(_("created at"))
    sent_at = models.DateTimeField(_("sent at"))
    expires_at = models.DateTimeField(_("expires at"))
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="invitation_by_mail_or_phone",
                condition=(Q(email="") & ~Q(phone="")) | (~Q(email="") & Q(phone="")),
            ),
            models.CheckConstraint(
                name="invitation_never_to_own",
                condition=Q(role__in=["manager", "finance", "member"]),
            ),
            models.CheckConstraint(
                name="invitation_ended_at_when_ended",
                condition=Q(status="pending", ended_at__isnull=True)
                | (~Q(status="pending") & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="invitation_accepted_by_somebody",
                condition=Q(status="accepted", accepted_by__isnull=False)
                | (~Q(status="accepted") & Q(accepted_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="invitation_expires_later", condition=Q(expires_at__gt=F("sent_at"))
            ),
            models.UniqueConstraint(
                "party",
                Lower("email"),
                condition=Q(status="pending") & ~Q(email=""),
                name="invitation_one_pending_a_mail",
            ),
            models.UniqueConstraint(
                fields=["party", "phone"],
                condition=Q(status="pending") & ~Q(phone=""),
                name="invitation_one_pending_a_phone",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["expires_at"], condition=Q(status="pending"), name="invitation_due"
            ),
            models.Index(
                Lower("email"), condition=Q(status="pending"), name="invitation_pending_mail"
            ),
            models.Index(
                fields=["phone"], condition=Q(status="pending"), name="invitation_pending_phone"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} · {self.address}"

    def get_absolute_url(self) -> str:
        return reverse("invitation_answer", args=[self.token()])

    @property
    def address(self) -> str:
        """Whom it went to, half of it."""
        return masked_mail(self.email) or masked_phone(self.phone)

    def token(self) -> str:
        """The secret of the link as it was sent last."""
        text = f"invitation:{self.pk}:{self.sendings}"
        digest = hmac.digest(settings.SECRET_KEY.encode(), text.encode(), "sha256")
        return urlsafe_b64encode(digest).decode().rstrip("=")


class OfferQuerySet(models.QuerySet["OwnershipOffer"]):
    def pending(self) -> OfferQuerySet:
        return self.filter(status=OfferStatus.PENDING)

    def open_at(self, now: datetime) -> OfferQuerySet:
        return self.pending().filter(expires_at__gt=now)


class OwnershipOffer(models.Model):
    """The owner offers the party to a colleague, who accepts it or not."""

    party = models.ForeignKey(Party, models.PROTECT, verbose_name=_("party"))
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("from")
    )
    taker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("to")
    )
    status = models.CharField(
        _("status"), max_length=10, choices=OfferStatus.choices, default=OfferStatus.PENDING
    )
    created_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("expires at"))
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("ownership offer")
        verbose_name_plural = _("ownership offers")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="ownership_offer_to_another", condition=~Q(giver=F("taker"))
            ),
            models.CheckConstraint(
                name="ownership_offer_ended_at_when_ended",
                condition=Q(status="pending", ended_at__isnull=True)
                | (~Q(status="pending") & Q(ended_at__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["party"],
                condition=Q(status="pending"),
                name="ownership_offer_one_pending",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.giver} → {self.taker}"
