"""Bills between two parties: what a paper says is due on a day and no order pays."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.models import StoredFile
from portal.parties.models import Party, User, regions_of
from portal.revenue.bill_states import BillKind, BillStatus, StepKind
from portal.revenue.models.agreements import Agreement, AgreementVersion


class BankRow(models.Model):
    """One movement of a bank statement, as finance brought it in: what came in is above zero, what
    went out below. Only added."""

    id = models.BigAutoField(primary_key=True)
    account = models.CharField(_("bank account"), max_length=40)
    reference = models.CharField(_("bank's number"), max_length=60)
    booked_on = models.DateField(_("booked on"))
    amount_fen = models.BigIntegerField(_("amount (fen)"))
    counterparty = models.CharField(_("from or to"), max_length=120, blank=True)
    memo = models.CharField(_("purpose"), max_length=200, blank=True)
    imported_at = models.DateTimeField(_("imported at"))
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("imported by"),
    )

    class Meta:
        verbose_name = _("bank row")
        verbose_name_plural = _("bank rows")
        permissions: ClassVar = [("import_bankrow", "Can bring bank rows in")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "reference"], name="bank_row_once"),
            models.CheckConstraint(name="bank_row_moves", condition=~Q(amount_fen=0)),
        ]
        indexes: ClassVar = [
            models.Index(fields=["amount_fen"], name="bank_row_by_amount"),
            models.Index(fields=["booked_on"], name="bank_row_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.reference}"


def is_late() -> Q:
    return Q(status=BillStatus.OPEN, due_on__lt=clock.today())


class BillQuerySet(models.QuerySet["Bill"]):
    def visible_to(self, actor: Actor) -> BillQuerySet:
        """Both sides' members."""
        if actor.party_id is None:
            return self.none()
        return self.filter(Q(payer=actor.party_id) | Q(payee=actor.party_id))

    def in_scope_of(self, user: User) -> BillQuerySet:
        regions = regions_of(user)
        return self.filter(payer__city__region__in=regions) if regions else self

    def unsettled(self) -> BillQuerySet:
        return self.filter(status__in=[BillStatus.OPEN, BillStatus.PROVED])

    def late(self) -> BillQuerySet:
        """Due before today, and nobody has shown a payment."""
        return self.filter(is_late())

    def to_match(self) -> BillQuerySet:
        """A payment was shown; finance looks for it in the bank's rows."""
        return self.filter(status=BillStatus.PROVED).exclude(kind=BillKind.ONWARD)


class Bill(models.Model):
    """A sum that `payer` owes `payee` by a day. `key` tells dues of one part apart: the month, or
    nothing where it is due once. A refund is a bill the other way round."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="bills")
    version = models.ForeignKey(AgreementVersion, models.PROTECT, related_name="bills")
    code = models.CharField(_("part"), max_length=30)
    key = models.CharField(_("for"), max_length=20, blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=BillKind.choices)
    payer = models.ForeignKey(
        Party, models.PROTECT, related_name="bills_to_pay", verbose_name=_("payer")
    )
    payee = models.ForeignKey(
        Party, models.PROTECT, related_name="bills_to_be_paid", verbose_name=_("payee")
    )
    amount_fen = models.BigIntegerField(_("amount (fen)"))
    raised_at = models.DateTimeField(_("raised at"))
    due_on = models.DateField(_("due on"))
    status = models.CharField(
        _("status"), max_length=6, choices=BillStatus.choices, default=BillStatus.OPEN
    )
    paid_on = models.DateField(_("paid on"), null=True)
    ended_at = models.DateTimeField(_("settled at"), null=True)
    bank_row = models.OneToOneField(
        BankRow, models.PROTECT, null=True, related_name="bill", verbose_name=_("bank row")
    )
    refunds = models.OneToOneField("self", models.PROTECT, null=True, related_name="refund")
    reached_fen = models.BigIntegerField(_("turnover reached (fen)"), null=True)
    measured_at = models.DateTimeField(_("measured at"), null=True)

    objects = BillQuerySet.as_manager()

    class Meta:
        verbose_name = _("bill")
        verbose_name_plural = _("bills")
        permissions: ClassVar = [("match_bill", "Can match bills with bank rows")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agreement", "code", "key"],
                condition=Q(refunds=None),
                name="bill_once_a_due",
            ),
            models.CheckConstraint(name="bill_amount", condition=Q(amount_fen__gt=0)),
            models.CheckConstraint(name="bill_two_sides", condition=~Q(payer=F("payee"))),
            models.CheckConstraint(
                name="bill_ended_has_time",
                condition=Q(status__in=["open", "proved"], ended_at=None)
                | Q(status__in=["paid", "waived"], ended_at__isnull=False),
            ),
            models.CheckConstraint(
                # What is paid onward is confirmed by who gets it, all else by the bank.
                name="bill_paid_is_matched",
                condition=Q(status="paid", kind="onward", bank_row=None)
                | Q(status="paid", bank_row__isnull=False) & ~Q(kind="onward")
                | ~Q(status="paid") & Q(bank_row=None),
            ),
            models.CheckConstraint(
                name="bill_proved_says_when",
                condition=Q(status__in=["proved", "paid"], paid_on__isnull=False)
                | Q(status__in=["open", "waived"], paid_on=None),
            ),
            models.CheckConstraint(
                name="bill_refund_is_one",
                condition=Q(kind="refund", refunds__isnull=False)
                | ~Q(kind="refund") & Q(refunds=None),
            ),
            models.CheckConstraint(
                name="bill_measured",
                condition=Q(measured_at=None, reached_fen=None)
                | Q(measured_at__isnull=False, reached_fen__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["payer", "-due_on"], name="bill_of_payer"),
            models.Index(fields=["payee", "-due_on"], name="bill_of_payee"),
            models.Index(
                fields=["due_on"], condition=Q(status__in=["open", "proved"]), name="bill_unsettled"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.due_on}"

    def get_absolute_url(self) -> str:
        return reverse("bill_detail", args=[self.pk])

    @property
    def title(self) -> str:
        return f"{self.code} {self.key}".strip()

    @property
    def is_late(self) -> bool:
        return self.status == BillStatus.OPEN and self.due_on < clock.today()

    def has_side(self, party_id: int | None) -> bool:
        return party_id is not None and party_id in (self.payer_id, self.payee_id)

    def other_side(self, party_id: int | None) -> Party:
        return self.payee if party_id == self.payer_id else self.payer


class BillStep(models.Model):
    """Something that happened to a bill: asked for an invoice, issued it, proved a payment. Only
    added."""

    id = models.BigAutoField(primary_key=True)
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="steps")
    kind = models.CharField(_("what happened"), max_length=9, choices=StepKind.choices)
    at = models.DateTimeField(_("at"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    note = models.CharField(_("note"), max_length=300, blank=True)
    number = models.CharField(_("invoice number"), max_length=40, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("step of a bill")
        verbose_name_plural = _("steps of bills")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["bill"], condition=Q(kind="late"), name="bill_late_told_once"
            ),
            models.CheckConstraint(
                name="bill_step_says_what",
                condition=(~Q(kind="invoiced") | ~Q(number=""))
                & (~Q(kind="proved") | Q(file__isnull=False))
                & (~Q(kind__in=["returned", "waived"]) | ~Q(note="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"
