"""Where a party is paid."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.parties import states
from portal.parties.models.party import Membership, Party
from portal.parties.states import PayoutStatus

BANK_NUMBER = "bank-number"  # the purpose of its fingerprint


class PayoutAccountQuerySet(models.QuerySet["PayoutAccount"]):
    def visible_to(self, actor: Actor) -> PayoutAccountQuerySet:
        return self.filter(party__in=Party.objects.visible_to(actor))

    def waiting(self) -> PayoutAccountQuerySet:
        return self.filter(status=PayoutStatus.ENTERED)

    def standing_alone(self) -> PayoutAccountQuerySet:
        """Where the party has no two people, the owner and one of finance and both long enough in
        their roles, of whom one entered it and the other one may confirm it."""
        settled = Membership.objects.settled().filter(party=OuterRef("party"))
        first = settled.filter(user=OuterRef("entered_by"))
        others = settled.exclude(user=OuterRef("entered_by"))
        owner, finance = Q(role=states.Role.OWNER), Q(role=states.Role.FINANCE)
        accompanied = Exists(first.filter(owner)) & Exists(others.filter(finance))
        accompanied |= Exists(first.filter(finance)) & Exists(others.filter(owner))
        return self.exclude(accompanied)

    def standing(self) -> PayoutAccountQuerySet:
        """Where money goes, or soon will."""
        return self.filter(status__in=[PayoutStatus.ENTERED, PayoutStatus.IN_USE])

    def in_use(self) -> PayoutAccountQuerySet:
        return self.filter(status=PayoutStatus.IN_USE)


class PayoutAccount(models.Model):
    """Where a party is paid. The number leaves this row masked only. One person enters it, another
    one confirms it; then nothing is paid until `held_until`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="payout_accounts", verbose_name=_("party")
    )
    bank = models.CharField(_("bank"), max_length=60)
    branch = models.CharField(_("branch"), max_length=80, blank=True)
    bank_code = models.CharField(_("branch code"), max_length=12, blank=True)
    holder = models.CharField(_("account holder"), max_length=80)
    number_sealed = models.BinaryField()
    number_print = models.CharField(max_length=64)
    last4 = models.CharField(_("last four"), max_length=4)
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=PayoutStatus.choices,
        default=PayoutStatus.ENTERED,
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    entered_at = models.DateTimeField(_("entered at"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("entered by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    held_until = models.DateTimeField(_("held until"), null=True)

    objects = PayoutAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("payout account")
        verbose_name_plural = _("payout accounts")
        permissions: ClassVar = [("confirm_payout", "Can confirm payout accounts")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["party"], condition=Q(status="in_use"), name="payout_account_one_in_use"
            ),
            models.UniqueConstraint(
                fields=["party"], condition=Q(status="entered"), name="payout_account_one_waiting"
            ),
            models.CheckConstraint(
                name="payout_second_is_not_first",
                condition=~Q(status="in_use")
                | Q(entered_by__isnull=True)
                | Q(decided_by__isnull=True)
                | ~Q(decided_by=F("entered_by")),
            ),
            models.CheckConstraint(
                name="payout_in_use_was_held",
                condition=~Q(status__in=["in_use", "replaced"])
                | Q(decided_at__isnull=False, held_until__gt=F("decided_at")),
            ),
            models.CheckConstraint(
                name="payout_refused_says_why", condition=~Q(status="refused") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="payout_branch_code_is_one", condition=Q(bank_code__regex=r"^([0-9]{12})?$")
            ),
            models.CheckConstraint(
                name="payout_has_its_print", condition=Q(number_print__regex=r"^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.masked_number}"

    @property
    def masked_number(self) -> str:
        return f"**** **** {self.last4}"

    @property
    def is_held(self) -> bool:
        """Whether nothing is paid to it yet."""
        return self.held_until is None or self.held_until > clock.now()


class PayoutChange(models.Model):
    """What happened to where a party is paid. Only ever added to."""

    account = models.ForeignKey(
        PayoutAccount, models.PROTECT, related_name="changes", verbose_name=_("payout account")
    )
    status = models.CharField(_("status"), max_length=9, choices=PayoutStatus.choices)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("change of a payout account")
        verbose_name_plural = _("changes of payout accounts")

    def __str__(self) -> str:
        return f"{self.account_id} → {self.status} {self.at:%Y-%m-%d}"
