"""Invoices that are due between two sides, and those that came."""

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
from portal.invoicing.states import WAITING, DueStatus, InvoiceStatus
from portal.parties.models import Party
from portal.revenue.models import Bill
from portal.settlement.models import Statement

WANTED = F("amount_fen") - F("red_fen")


class InvoiceDueQuerySet(models.QuerySet["InvoiceDue"]):
    def visible_to(self, actor: Actor) -> InvoiceDueQuerySet:
        """Both sides' people; for operators those that the platform is to be sent."""
        if actor.party_id is not None:
            return self.filter(Q(issuer=actor.party_id) | Q(recipient=actor.party_id))
        if actor.has_perm("invoicing.view_invoicedue"):
            return self.filter(recipient=None)
        return self.none()

    def waiting(self) -> InvoiceDueQuerySet:
        return self.filter(status__in=WAITING)

    def late(self) -> InvoiceDueQuerySet:
        return self.waiting().filter(due_on__lt=clock.today())


class InvoiceDue(models.Model):
    """What `issuer` is to invoice `recipient` (None: the platform) for, tax included. Where money
    came back, `red_fen` of it is to be taken back by red-letter invoices. `matched_fen` came by
    invoices, `reversed_fen` of that went by red letters; the status says how far the two are."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    issuer = models.ForeignKey(
        Party, models.PROTECT, related_name="invoices_to_issue", verbose_name=_("issuer")
    )
    recipient = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        related_name="invoices_to_come",
        verbose_name=_("recipient"),
    )
    bill = models.OneToOneField(
        Bill, models.PROTECT, null=True, related_name="invoice_due", verbose_name=_("bill")
    )
    statement = models.OneToOneField(
        Statement,
        models.PROTECT,
        null=True,
        related_name="invoice_due",
        verbose_name=_("statement"),
    )
    month = models.DateField(_("month"))  # its first day
    title = models.CharField(_("for"), max_length=80)
    amount_fen = models.BigIntegerField(_("amount (fen)"))
    red_fen = models.BigIntegerField(_("to be taken back (fen)"), default=0)
    matched_fen = models.BigIntegerField(_("invoiced (fen)"), default=0)
    reversed_fen = models.BigIntegerField(_("taken back (fen)"), default=0)
    rate_bp = models.PositiveSmallIntegerField(_("rate (basis points)"), null=True)
    status = models.CharField(
        _("status"), max_length=7, choices=DueStatus.choices, default=DueStatus.ASKED
    )
    asked_at = models.DateTimeField(_("asked at"))
    due_on = models.DateField(_("due on"))
    told_late_at = models.DateTimeField(_("reminded at"), null=True)

    objects = InvoiceDueQuerySet.as_manager()

    class Meta:
        verbose_name = _("invoice due")
        verbose_name_plural = _("invoices due")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="invoice_due_sums",
                condition=Q(amount_fen__gt=0, red_fen__gte=0, reversed_fen__gte=0)
                & Q(red_fen__lte=F("amount_fen"), matched_fen__lte=F("amount_fen"))
                & Q(reversed_fen__lte=F("matched_fen"), month__day=1),
            ),
            models.CheckConstraint(
                name="invoice_due_two_sides",
                condition=Q(recipient=None) | ~Q(recipient=F("issuer")),
            ),
            models.CheckConstraint(
                name="invoice_due_of_one_thing", condition=Q(bill=None) | Q(statement=None)
            ),
            models.CheckConstraint(
                name="invoice_due_status_is_its_sums",
                condition=Q(status="asked", matched_fen__lt=WANTED + F("reversed_fen"))
                | Q(status="red", matched_fen__gt=WANTED + F("reversed_fen"))
                | Q(status="matched", matched_fen=WANTED + F("reversed_fen"))
                & Q(amount_fen__gt=F("red_fen"))
                | Q(status="void", amount_fen=F("red_fen"), matched_fen=F("reversed_fen")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["issuer", "-due_on"], name="invoice_due_of_issuer"),
            models.Index(fields=["recipient", "-due_on"], name="invoice_due_of_recipient"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("invoice_due_detail", args=[self.pk])

    @property
    def net_fen(self) -> int:
        return self.matched_fen - self.reversed_fen

    @property
    def left_fen(self) -> int:
        """Above zero: still to be invoiced; below: to be taken back by a red letter."""
        return self.amount_fen - self.red_fen - self.net_fen

    @property
    def is_late(self) -> bool:
        return self.status in WAITING and self.due_on < clock.today()


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    def visible_to(self, actor: Actor) -> InvoiceQuerySet:
        return self.filter(due__in=InvoiceDue.objects.visible_to(actor))

    def to_judge(self) -> InvoiceQuerySet:
        """Came to the platform and does not fit: somebody looks at it."""
        return self.filter(status=InvoiceStatus.RECEIVED, due__recipient=None)


class Invoice(models.Model):
    """One invoice as its XML says it; below zero a red letter. `differences`: what does not fit,
    each with what it says and what it should say. Only its status and who decided changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    due = models.ForeignKey(
        InvoiceDue, models.PROTECT, related_name="invoices", verbose_name=_("invoice due")
    )
    number = models.CharField(_("invoice number"), max_length=20)
    is_special = models.BooleanField(_("special VAT invoice"))
    issued_on = models.DateField(_("issued on"))
    seller_name = models.CharField(_("seller"), max_length=120)
    seller_tax = models.CharField(_("seller's number"), max_length=20)
    buyer_name = models.CharField(_("buyer"), max_length=120)
    buyer_tax = models.CharField(_("buyer's number"), max_length=20, blank=True)
    exclusive_fen = models.BigIntegerField(_("without tax (fen)"))
    tax_fen = models.BigIntegerField(_("tax (fen)"))
    inclusive_fen = models.BigIntegerField(_("with tax (fen)"))
    reverses = models.CharField(_("takes back invoice"), max_length=20, blank=True)
    differences = models.JSONField(_("differences"), default=list)
    status = models.CharField(_("status"), max_length=8, choices=InvoiceStatus.choices)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    received_at = models.DateTimeField(_("received at"))
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    note = models.CharField(_("why"), max_length=300, blank=True)

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        permissions: ClassVar = [
            ("judge_invoice", "Can accept and return invoices to the platform"),
            ("export_identities", "Can take identities and incomes of a quarter out"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["number"], condition=~Q(status="returned"), name="invoice_number_once"
            ),
            models.CheckConstraint(
                name="invoice_adds_up",
                condition=Q(inclusive_fen=F("exclusive_fen") + F("tax_fen")) & ~Q(inclusive_fen=0),
            ),
            models.CheckConstraint(
                name="invoice_red_names_its_blue",
                condition=Q(inclusive_fen__gt=0, reverses="")
                | Q(inclusive_fen__lt=0) & ~Q(reverses=""),
            ),
            models.CheckConstraint(
                name="invoice_decided",
                condition=Q(status="received", decided_at=None, note="") & ~Q(differences=[])
                | Q(status="matched", decided_at__isnull=False) & (Q(differences=[]) | ~Q(note=""))
                | Q(status="returned", decided_at__isnull=False) & ~Q(note=""),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["due", "-received_at"], name="invoice_of_due")]

    def __str__(self) -> str:
        return self.number


class InvoiceLine(models.Model):
    """One line of an invoice; only added."""

    id = models.BigAutoField(primary_key=True)
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="lines")
    name = models.CharField(_("item"), max_length=120)
    exclusive_fen = models.BigIntegerField(_("without tax (fen)"))
    rate_bp = models.PositiveSmallIntegerField(_("rate (basis points)"))
    tax_fen = models.BigIntegerField(_("tax (fen)"))

    class Meta:
        verbose_name = _("line of an invoice")
        verbose_name_plural = _("lines of invoices")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def rate(self) -> str:
        """`6%`, `0.5%`."""
        return f"{self.rate_bp / 100:g}%"
