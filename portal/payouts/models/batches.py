"""Payout batches and what is in them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.models import Job
from portal.parties.models import Party, PayoutAccount
from portal.payouts.models.debts import Debt
from portal.payouts.models.terms import BankTemplate
from portal.payouts.states import LIVE, UNDER_WAY, BatchStatus, ItemStatus, Route
from portal.settlement.models import Statement


class Batch(models.Model):
    """Prepared by one person, approved by another; its file is made once and sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("number"), max_length=16, unique=True)
    route = models.CharField(_("who pays"), max_length=11, choices=Route.choices)
    template = models.ForeignKey(BankTemplate, models.PROTECT, verbose_name=_("bank file template"))
    purpose = models.CharField(_("purpose"), max_length=60)
    status = models.CharField(
        _("status"), max_length=9, choices=BatchStatus.choices, default=BatchStatus.PREPARED
    )
    prepared_at = models.DateTimeField(_("prepared at"))
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("prepared by"),
    )
    approved_at = models.DateTimeField(_("approved at"), null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("approved by"),
    )
    job = models.ForeignKey(Job, models.SET_NULL, null=True, verbose_name=_("job"))
    sent_at = models.DateTimeField(_("sent at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("payout batch")
        verbose_name_plural = _("payout batches")
        permissions: ClassVar = [
            ("prepare_batch", "Can prepare payout batches"),
            ("approve_batch", "Can approve payout batches"),
            ("send_batch", "Can take bank files and bring results in"),
            ("check_account", "Can check where parties are paid"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="batch_second_is_not_first",
                condition=Q(approved_by=None)
                | Q(prepared_by=None)
                | ~Q(approved_by=F("prepared_by")),
            ),
            models.CheckConstraint(
                name="batch_approved_has_time",
                condition=Q(status__in=["prepared", "cancelled"], approved_at=None)
                | ~Q(status__in=["prepared", "cancelled"]) & Q(approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="batch_ended_has_time",
                condition=Q(status__in=["done", "cancelled"], ended_at__isnull=False)
                | ~Q(status__in=["done", "cancelled"]) & Q(ended_at=None),
            ),
            models.CheckConstraint(
                name="batch_cancelled_says_why", condition=~Q(status="cancelled") | ~Q(reason="")
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-prepared_at"], name="batch_by_time")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("batch_detail", args=[self.pk])


class ItemQuerySet(models.QuerySet["Item"]):
    def visible_to(self, actor: Actor) -> ItemQuerySet:
        """A party sees what was approved: before that nothing is on its way."""
        if actor.party_id is None:
            return self.none()
        hidden = [ItemStatus.PLANNED, ItemStatus.SHORT, ItemStatus.DROPPED]
        return self.filter(party=actor.party_id).exclude(status__in=hidden)

    def live(self) -> ItemQuerySet:
        return self.filter(status__in=LIVE)

    def to_retry(self) -> ItemQuerySet:
        """Returned by the bank, and nobody has tried the same key again."""
        returned = self.filter(status=ItemStatus.REJECTED, given_up_at=None)
        again = Item.objects.filter(
            key=models.OuterRef("key"), attempt__gt=models.OuterRef("attempt")
        )
        stands = again.exclude(status__in=[ItemStatus.SHORT, ItemStatus.DROPPED])
        return returned.filter(~models.Exists(stands))


class Item(models.Model):
    """One transfer. The bank knows it by its key; a retry has the same one, so that the bank, too,
    pays it once."""

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="items", verbose_name=_("batch"))
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="payouts", verbose_name=_("party")
    )
    account = models.ForeignKey(
        PayoutAccount, models.PROTECT, related_name="+", verbose_name=_("payout account")
    )
    debt = models.ForeignKey(
        Debt, models.PROTECT, null=True, related_name="items", verbose_name=_("debt")
    )
    key = models.CharField(_("key"), max_length=24)
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=1)
    amount_fen = models.BigIntegerField(_("amount (fen)"))
    status = models.CharField(
        _("status"), max_length=8, choices=ItemStatus.choices, default=ItemStatus.PLANNED
    )
    paid_fen = models.BigIntegerField(_("arrived (fen)"), default=0)
    reference = models.CharField(_("bank's number"), max_length=60, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    ended_at = models.DateTimeField(_("answered at"), null=True)
    given_up_at = models.DateTimeField(_("key given up at"), null=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("payout")
        verbose_name_plural = _("payouts")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(status__in=LIVE), name="payout_key_lives_once"
            ),
            models.UniqueConstraint(
                fields=["debt"],
                condition=Q(debt__isnull=False, status__in=UNDER_WAY),
                name="payout_debt_lives_once",
            ),
            models.UniqueConstraint(fields=["batch", "key"], name="payout_key_once_a_batch"),
            models.CheckConstraint(name="payout_amount", condition=Q(amount_fen__gt=0)),
            models.CheckConstraint(
                name="payout_arrived_by_status",
                condition=Q(status="paid", paid_fen=F("amount_fen"))
                | Q(status="partial", paid_fen__gt=0, paid_fen__lt=F("amount_fen"))
                | ~Q(status__in=["paid", "partial"]) & Q(paid_fen=0),
            ),
            models.CheckConstraint(
                name="payout_answered_has_time",
                condition=Q(status__in=["paid", "partial", "rejected"], ended_at__isnull=False)
                | ~Q(status__in=["paid", "partial", "rejected"]) & Q(ended_at=None),
            ),
            models.CheckConstraint(
                name="payout_returned_says_why",
                condition=~Q(status__in=["rejected", "short"]) | ~Q(reason=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["party", "-id"], name="payout_of_party"),
            models.Index(fields=["batch", "status"], name="payout_of_batch"),
            models.Index(fields=["key"], name="payout_by_key"),
        ]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return reverse("payout_detail", args=[self.pk])

    @property
    def returned_fen(self) -> int:
        """What came back, of what was sent."""
        return self.amount_fen - self.paid_fen if self.ended_at else 0


class Part(models.Model):
    """So much of a transfer pays this statement; written when the transfer is booked, the oldest
    statement first. Only added."""

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(Item, models.PROTECT, related_name="parts", verbose_name=_("payout"))
    statement = models.ForeignKey(
        Statement, models.PROTECT, related_name="payout_parts", verbose_name=_("statement")
    )
    amount_fen = models.BigIntegerField(_("amount (fen)"))

    class Meta:
        verbose_name = _("part of a payout")
        verbose_name_plural = _("parts of payouts")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "statement"], name="payout_part_once"),
            models.CheckConstraint(name="payout_part_amount", condition=Q(amount_fen__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.statement_id}"


class BatchFile(models.Model):
    """What was sent, byte for byte; account numbers stand in it, so it is kept sealed."""

    batch = models.OneToOneField(Batch, models.PROTECT, primary_key=True, related_name="file")
    name = models.CharField(_("name"), max_length=60)
    content_sealed = models.BinaryField()
    sha256 = models.CharField("SHA-256", max_length=64)
    rows = models.PositiveIntegerField(_("rows"))
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("bank file")
        verbose_name_plural = _("bank files")

    def __str__(self) -> str:
        return self.name


class FileTaking(models.Model):
    """Somebody took a bank file. Only added."""

    file = models.ForeignKey(BatchFile, models.PROTECT, related_name="takings")
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("taking of a bank file")
        verbose_name_plural = _("takings of bank files")

    def __str__(self) -> str:
        return f"{self.file_id} {self.at:%Y-%m-%d}"
