"""What a party has to be able to be paid, beside its account (`parties.PayoutAccount`)."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.parties.models import Party, PayoutAccount
from portal.payouts.states import TRIAL_FEN, TrialStatus


class Enrolment(models.Model):
    """At the institution that keeps the money of orders: the party agrees that its share is split
    off and paid, then finance writes down the sub-account it was given there."""

    party = models.OneToOneField(
        Party,
        models.PROTECT,
        primary_key=True,
        related_name="payout_enrolment",
        verbose_name=_("party"),
    )
    consented_at = models.DateTimeField(_("agreed to the split at"))
    consented_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("agreed by"),
    )
    sub_account = models.CharField(_("sub-account"), max_length=40, blank=True)
    opened_at = models.DateTimeField(_("sub-account opened at"), null=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("written down by"),
    )

    class Meta:
        verbose_name = _("enrolment at the institution")
        verbose_name_plural = _("enrolments at the institution")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="enrolment_opened_has_number",
                condition=Q(sub_account="", opened_at=None)
                | ~Q(sub_account="") & Q(opened_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["sub_account"],
                condition=~Q(sub_account=""),
                name="enrolment_sub_account_once",
            ),
        ]

    def __str__(self) -> str:
        return self.sub_account or "—"


class TrialTransferQuerySet(models.QuerySet["TrialTransfer"]):
    def visible_to(self, actor: Actor) -> TrialTransferQuerySet:
        own = actor.party_id
        return self.filter(account__party=own) if own else self.none()

    def standing(self) -> TrialTransferQuerySet:
        return self.filter(status__in=[TrialStatus.SENT, TrialStatus.CONFIRMED])


class TrialTransfer(models.Model):
    """A few fen to a new account. Who can say how many came has the account before them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(
        PayoutAccount, models.PROTECT, related_name="trials", verbose_name=_("payout account")
    )
    amount_fen = models.PositiveSmallIntegerField(_("amount (fen)"))
    reference = models.CharField(_("bank's number"), max_length=60)
    status = models.CharField(
        _("status"), max_length=9, choices=TrialStatus.choices, default=TrialStatus.SENT
    )
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    sent_at = models.DateTimeField(_("sent at"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    due_at = models.DateTimeField(_("to be confirmed by"))
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = TrialTransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("trial transfer")
        verbose_name_plural = _("trial transfers")
        ordering = ("-sent_at",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(status__in=["sent", "confirmed"]),
                name="trial_one_standing",
            ),
            models.UniqueConstraint(fields=["reference"], name="trial_reference_once"),
            models.CheckConstraint(name="trial_is_small", condition=Q(amount_fen__range=TRIAL_FEN)),
            models.CheckConstraint(
                name="trial_ended_has_time",
                condition=Q(status="sent", ended_at=None)
                | ~Q(status="sent") & Q(ended_at__isnull=False),
            ),
            models.CheckConstraint(name="trial_says_number", condition=~Q(reference="")),
        ]

    def __str__(self) -> str:
        return self.reference
