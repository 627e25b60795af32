"""The journal of what changed about offers, so that a reader who keeps them need not read all."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class OfferChange(models.Model):
    """A statement changed what `party_id` offers, or, where it is null, what all do. Written by
    triggers on the parties' tables, so that no way of writing them can forget it.

    `txid` is the transaction that wrote it. A reader remembers the oldest transaction that was
    under way when it read (`pg_snapshot_xmin`) and what it saw (`pg_current_snapshot`), and later
    asks for what that one and all after it wrote and it did not see: ids of rows would not do, for
    they are not given in the order of commits.
    """

    id = models.BigAutoField(primary_key=True)
    party_id = models.BigIntegerField(null=True)
    txid = models.BigIntegerField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("change of an offer")
        verbose_name_plural = _("changes of offers")
        indexes: ClassVar = [models.Index(fields=["txid"], name="offer_change_by_transaction")]

    def __str__(self) -> str:
        return f"{self.txid}: {self.party_id}"
