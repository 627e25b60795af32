"""What is a party's elsewhere: its accounts and shops on a platform.

A shop stands here and nowhere else: by its number there, named by its party and proven, several of
one party if it has several. What the merchant says of how it sells (the sort of shop, belts,
brands, promises) is one row of the merchant, `MerchantProfile`, which keeps no number and no name
of a shop. What was measured (`portal.activity`) is of the party, whichever of its shops it was.
"""

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
from portal.parties.states import OwnedStatus


class AccountTerm(models.Model):
    """How long things last, from a day on. The newest row that has begun counts."""

    starts_on = models.DateField(_("from"), unique=True)
    code_days = models.PositiveSmallIntegerField(_("days to place a code"))
    proof_days = models.PositiveSmallIntegerField(_("days a proof lasts"))
    hold_hours = models.PositiveSmallIntegerField(
        _("hours nothing is paid after a change of account")
    )

    class Meta:
        verbose_name = _("term of accounts")
        verbose_name_plural = _("terms of accounts")
        ordering = ("-starts_on",)
        constraints: ClassVar = [
            models.CheckConstraint(
                name="account_term_in_bounds",
                condition=Q(
                    code_days__range=(1, 30),
                    proof_days__range=(30, 730),
                    hold_hours__range=(24, 72),
                ),
            )
        ]

    def __str__(self) -> str:
        return self.starts_on.isoformat()


class OwnedAccountQuerySet(models.QuerySet["OwnedAccount"]):
    def visible_to(self, actor: Actor) -> OwnedAccountQuerySet:
        """One's own party's; operators look at them in admin."""
        return self.filter(party__in=Party.objects.visible_to(actor))

    def claimed(self) -> OwnedAccountQuerySet:
        return self.filter(status__in=states.CLAIMING)

    def proven(self) -> OwnedAccountQuerySet:
        return self.filter(status=OwnedStatus.PROVEN, lasts_until__gt=clock.now())

    def to_check(self) -> OwnedAccountQuerySet:
        return self.filter(status=OwnedStatus.PLACED)

    def ending(self, within: timedelta) -> OwnedAccountQuerySet:
        """Proofs that run out in this time, where nothing newer is on its way."""
        newer = OwnedAccount.objects.filter(
            party=OuterRef("party"),
            platform=OuterRef("platform"),
            handle=OuterRef("handle"),
            status__in=[OwnedStatus.CLAIMED, OwnedStatus.PLACED],
        )
        soon = clock.now() + within
        return self.proven().filter(~Exists(newer), lasts_until__lte=soon)

    def lapsed(self, within: timedelta) -> OwnedAccountQuerySet:
        """Proofs that ran out and claims that were refused in this time, where the account was
        not named again since."""
        newer = OwnedAccount.objects.filter(
            party=OuterRef("party"),
            platform=OuterRef("platform"),
            handle=OuterRef("handle"),
            claimed_at__gt=OuterRef("claimed_at"),
        )
        now = clock.now()
        ran_out = Q(status=OwnedStatus.EXPIRED, decided_at__isnull=False)
        ran_out &= Q(lasts_until__range=(now - within, now))
        refused = Q(status=OwnedStatus.REFUSED, decided_at__gt=now - within)
        return self.filter(ran_out | refused, ~Exists(newer))

    def run_out(self) -> OwnedAccountQuerySet:
        """Codes that were not placed in time, and proofs that are over."""
        lasting = self.filter(status__in=[OwnedStatus.CLAIMED, OwnedStatus.PROVEN])
        return lasting.filter(lasts_until__lte=clock.now())


class OwnedAccount(models.Model):
    """An account or shop that a party says is its own: `handle` is its number there, `code` what
    its profile is to show. `lasts_until`: of the code, then of the proof."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="owned_accounts", verbose_name=_("party")
    )
    platform = models.CharField(_("platform"), max_length=6, choices=states.Platform.choices)
    handle = models.CharField(_("number there"), max_length=60)
    name = models.CharField(_("name shown there"), max_length=60)
    code = models.CharField(_("code"), max_length=16)
    method = models.CharField(
        _("proof"), max_length=4, choices=states.ProofMethod.choices, blank=True
    )
    screenshot = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, verbose_name=_("screenshot")
    )
    status = models.CharField(
        _("status"),
        max_length=8,
        choices=OwnedStatus.choices,
        default=OwnedStatus.CLAIMED,
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    claimed_at = models.DateTimeField(_("claimed at"))
    placed_at = models.DateTimeField(_("handed in at"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    lasts_until = models.DateTimeField(_("lasts until"))

    objects = OwnedAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("account or shop")
        verbose_name_plural = _("accounts and shops")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["platform", "handle"],
                condition=Q(status="proven"),
                name="owned_account_is_of_one_party",
            ),
            models.UniqueConstraint(
                fields=["party", "platform", "handle"],
                condition=Q(status__in=["claimed", "placed"]),
                name="owned_account_claimed_once",
            ),
            models.CheckConstraint(
                name="owned_account_refused_says_why",
                condition=~Q(status="refused") | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="owned_account_placed_says_how",
                condition=~Q(status__in=["placed", "proven", "refused"])
                | (Q(placed_at__isnull=False) & ~Q(method="")),
            ),
            models.CheckConstraint(
                name="owned_account_screenshot_is_there",
                condition=~Q(method="shot") | Q(screenshot__isnull=False),
            ),
            models.CheckConstraint(
                name="owned_account_decision_has_time",
                condition=~Q(status__in=["proven", "refused"]) | Q(decided_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["placed_at"], condition=Q(status="placed"), name="owned_account_queue"
            ),
            models.Index(
                fields=["lasts_until"],
                condition=Q(status__in=["claimed", "proven"]),
                name="owned_account_by_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_platform_display()} {self.handle}"

    def get_absolute_url(self) -> str:
        return reverse("party_accounts", args=[self.party_id])


class ProofReminder(models.Model):
    """A notice given before a proof runs out: once for each number of days."""

    account = models.ForeignKey(OwnedAccount, models.CASCADE, related_name="reminders")
    days = models.PositiveSmallIntegerField(_("days before"))
    sent_at = models.DateTimeField(_("sent at"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "days"], name="proof_reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.account_id} −{self.days}"
