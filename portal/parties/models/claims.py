"""Parties that stood here before their people came, and who says that one is theirs."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.models import StoredFile
from portal.parties import states
from portal.parties.models.party import Party
from portal.parties.states import ClaimStatus


class ClaimQuerySet(models.QuerySet["Claim"]):
    def visible_to(self, actor: Actor) -> ClaimQuerySet:
        """One's own; a key speaks for a party and claims none."""
        if actor.user is None or actor.key_id:
            return self.none()
        return self.filter(claimant=actor.user)

    def running(self) -> ClaimQuerySet:
        return self.filter(status__in=states.OPEN_CLAIMS)

    def waiting(self) -> ClaimQuerySet:
        """For an operator."""
        return self.filter(status=ClaimStatus.WAITING)


class Claim(models.Model):
    """Somebody says that a party nobody speaks for is theirs. Proofs: documents, a code sent to the
    registered phone, a code they put where only its people can; an operator weighs them.

    `waiting_since` is when it came to the operators last: what is asked for stops that clock.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    party = models.ForeignKey(Party, models.PROTECT, related_name="claims", verbose_name=_("party"))
    claimant = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person")
    )
    code = models.CharField(_("code for the public profile"), max_length=8)
    phone_code = models.UUIDField(null=True, editable=False)  # the last one sent; soon pruned
    phone_proved_at = models.DateTimeField(_("code of the registered phone given at"), null=True)
    status = models.CharField(
        _("status"), max_length=9, choices=ClaimStatus.choices, default=ClaimStatus.WAITING
    )
    made_at = models.DateTimeField(_("made at"))
    waiting_since = models.DateTimeField(_("waiting since"))
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("ended by"),
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim of a party")
        verbose_name_plural = _("claims of parties")
        permissions: ClassVar = [("decide_claim", "Can decide whose a party is")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["party", "claimant"],
                condition=Q(status__in=sorted(states.OPEN_CLAIMS)),
                name="claim_one_open_a_person",
            ),
            models.CheckConstraint(
                name="claim_ended_has_time",
                condition=Q(status__in=sorted(states.OPEN_CLAIMS), ended_at__isnull=True)
                | ~Q(status__in=sorted(states.OPEN_CLAIMS)) & Q(ended_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["waiting_since"], condition=Q(status="waiting"), name="claim_queue"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} · {self.claimant}"

    def get_absolute_url(self) -> str:
        return reverse("claim_detail", args=[self.pk])

    @property
    def is_running(self) -> bool:
        return self.status in states.OPEN_CLAIMS

    @property
    def queued_at(self) -> datetime | None:
        return self.waiting_since if self.status == ClaimStatus.WAITING else None


class ClaimStatement(models.Model):
    """What one side says of a claim: the claimant's proof, the operator's question or answer."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="statements")
    is_operator = models.BooleanField(_("by an operator"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    text = models.TextField(_("text"), max_length=1000)
    files: models.ManyToManyField[StoredFile, models.Model] = models.ManyToManyField(
        StoredFile, verbose_name=_("files")
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("statement to a claim")
        verbose_name_plural = _("statements to claims")
        constraints: ClassVar = [
            models.CheckConstraint(name="claim_statement_has_words", condition=~Q(text=""))
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.at:%Y-%m-%d}"
