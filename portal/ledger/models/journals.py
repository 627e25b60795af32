"""The journal and its legs: appended by one statement, never changed. The database itself keeps
every journal at zero (see the first migration)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.ledger.fields import LONGEST, MOST_FEN
from portal.ledger.models.accounts import Account
from portal.ledger.models.xact import CurrentTransaction, TransactionIdField


class Journal(models.Model):
    """What happened, when, and who wrote it down: its own audit row."""

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(_("key"), max_length=LONGEST["key"])
    content = models.UUIDField(_("hash of the content"))
    cause_type = models.CharField(_("kind of cause"), max_length=LONGEST["cause_type"])
    cause_id = models.CharField(_("cause"), max_length=LONGEST["cause_id"])
    occurred_at = models.DateTimeField(_("occurred at"))
    posted_at = models.DateTimeField(_("posted at"))
    period = models.DateField(_("month it counts in"))  # its first day
    text = models.CharField(_("text"), max_length=LONGEST["text"])
    reverses = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="reversals",
        verbose_name=_("reverses"),
    )
    # No row of a person is ever deleted, and a check of each would cost a bulk a tenth.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        db_index=False,
        verbose_name=_("person"),
    )
    acting_party_id = models.BigIntegerField(_("acting for party"), null=True)
    role = models.CharField(_("role"), max_length=16)
    via = models.CharField(_("via"), max_length=16)
    xact = TransactionIdField(_("transaction"), db_default=CurrentTransaction())

    class Meta:
        verbose_name = _("journal")
        verbose_name_plural = _("journals")
        permissions: ClassVar = [
            ("close_period", "Can close a month of the books"),
            ("export_books", "Can take the books out"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key"], name="ledger_key_once"),
            models.UniqueConstraint(
                fields=["reverses"],
                condition=Q(reverses__isnull=False),
                name="ledger_reversed_once",
            ),
            models.CheckConstraint(name="ledger_period_is_a_month", condition=Q(period__day=1)),
            models.CheckConstraint(name="ledger_key_is_said", condition=~Q(key="")),
        ]
        indexes: ClassVar = [
            models.Index(fields=["cause_type", "cause_id"], name="ledger_journal_by_cause"),
            BrinIndex(fields=["period"], name="ledger_journal_by_period"),
            BrinIndex(fields=["posted_at"], name="ledger_journal_by_posting"),
        ]

    def __str__(self) -> str:
        return self.key


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, actor: Actor) -> EntryQuerySet:
        return self.filter(account__party=actor.party_id) if actor.party_id else self.none()


class Entry(models.Model):
    """One leg. What it points to is checked once a statement by a trigger, not once a row by keys:
    sixteen clients on one account would else queue for its row."""

    id = models.BigAutoField(primary_key=True)
    journal = models.ForeignKey(
        Journal, models.PROTECT, db_constraint=False, verbose_name=_("journal")
    )
    account = models.ForeignKey(
        Account, models.PROTECT, db_constraint=False, db_index=False, verbose_name=_("account")
    )
    amount = models.BigIntegerField(_("amount (fen)"))
    part = models.CharField(_("part"), max_length=LONGEST["part"], blank=True)
    xact = TransactionIdField(_("transaction"), db_default=CurrentTransaction())

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints: ClassVar = [
            models.CheckConstraint(name="ledger_leg_is_not_zero", condition=~Q(amount=0)),
            models.CheckConstraint(
                name="ledger_leg_in_range", condition=Q(amount__range=(-MOST_FEN, MOST_FEN))
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["account", "xact", "id"], include=["amount"], name="ledger_entry_by_account"
            )
        ]

    def __str__(self) -> str:
        return f"{self.journal_id} {self.account_id} {self.amount}"
