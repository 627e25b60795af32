"""The answers to a need, from invitation to their end."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation.models import Cooperation, price_from
from matchmaking.engine.pricing import Price
from matchmaking.needs import states
from matchmaking.needs.models.needs import Need
from portal.core import clock
from portal.core.actor import Actor
from portal.parties.models import Party, User, regions_of

# Whom a merchant invited, hired or gave its contact may know its name; `Proposal.tells_merchant`
# says the same.
TELLS_MERCHANT = (
    Q(invited_at__isnull=False) | Q(cooperation__isnull=False) | Q(contacts_agreed_at__isnull=False)
)
# A draft nobody asked for stays its provider's own, also once it has ended.
KNOWN_TO_MERCHANT = Q(invited_at__isnull=False) | Q(submitted_at__isnull=False)


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, actor: Actor) -> ProposalQuerySet:
        """The provider's own, and to the merchant what it knows of."""
        if actor.party_id is None:
            return self.none()
        return self.filter(
            Q(provider=actor.party_id) | Q(need__merchant=actor.party_id) & KNOWN_TO_MERCHANT
        )

    def known_to_merchant(self) -> ProposalQuerySet:
        return self.filter(KNOWN_TO_MERCHANT)

    def in_scope_of(self, user: User | AnonymousUser) -> ProposalQuerySet:
        """Within an operator's regions, by the merchant's city."""
        regions = regions_of(user)
        return self.filter(need__merchant__city__region__in=regions) if regions else self

    def live(self) -> ProposalQuerySet:
        return self.filter(status__in=states.LIVE)

    def answerable(self) -> ProposalQuerySet:
        return self.filter(status__in=states.ANSWERABLE)


class Proposal(models.Model):
    """A bidder's answer to a need, from invitation to its end. `provider` is who answers, of the
    kind the need looks for. The terms are those of the offer numbered `version`, which `offered_by`
    made: fen a month plus basis points of settled net GMV, on a ladder or not."""

    need = models.ForeignKey(Need, models.PROTECT, related_name="proposals")
    provider = models.ForeignKey(Party, models.PROTECT, verbose_name=_("provider"))
    status = models.CharField(_("status"), max_length=12, choices=states.ProposalStatus.choices)
    plan = models.TextField(_("plan"), max_length=5000, blank=True)
    team = models.CharField(_("team"), max_length=200, blank=True)
    lives = models.PositiveSmallIntegerField(_("live sessions"), null=True)
    videos = models.PositiveSmallIntegerField(_("videos"), null=True)
    samples_wanted = models.PositiveSmallIntegerField(_("samples wanted"), null=True)
    delivers_by = models.DateField(_("all delivered by"), null=True)
    creators = models.PositiveIntegerField(_("creators it brings"), null=True)
    monthly_fee_fen = models.BigIntegerField(_("fixed fee a month"), null=True)
    share_bp = models.PositiveIntegerField(_("share of settled net GMV"), null=True)
    ladder = models.JSONField(_("ladder"), default=list, blank=True)
    is_guarantee = models.BooleanField(_("the fee is a guarantee"), default=False)
    service_level = models.TextField(_("service level"), max_length=1000, blank=True)
    starts_on = models.DateField(_("earliest start"), null=True)
    term_months = models.PositiveSmallIntegerField(_("length (months)"), null=True)
    version = models.PositiveIntegerField(_("version"), default=0)  # 0 until one is submitted
    offered_by = models.CharField(
        _("last offer by"), max_length=8, blank=True, choices=states.Side.choices
    )
    reason = models.CharField(
        _("reason"), max_length=12, blank=True, choices=states.LossReason.choices
    )
    reason_note = models.CharField(_("in words"), max_length=300, blank=True)
    # What both sides had read of possible conflicts of interest when it was accepted.
    concerns = ArrayField(
        models.CharField(max_length=12, choices=states.Concern.choices),
        null=True,
        verbose_name=_("conflicts of interest"),
    )
    # As both numbers stood when it was handed in: who edits one afterwards neither takes this away
    # nor learns anything of the other's.
    shares_phone = models.BooleanField(_("had the merchant's phone"), default=False)
    lost_by = models.JSONField(_("against the awarded one"), null=True)
    created_at = models.DateTimeField(_("created at"))
    invited_at = models.DateTimeField(_("invited at"), null=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    contacts_agreed_at = models.DateTimeField(_("contacts exchanged at"), null=True)
    cooperation = models.OneToOneField(Cooperation, models.PROTECT, null=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["need", "provider"], name="proposal_once"),
            models.UniqueConstraint(
                fields=["need"], condition=Q(status="accepted"), name="proposal_one_accepted"
            ),
            models.CheckConstraint(
                name="proposal_submitted_is_whole",
                condition=~Q(status__in=["submitted", "shortlisted", "accepted", "declined"])
                | Q(
                    submitted_at__isnull=False,
                    monthly_fee_fen__isnull=False,
                    share_bp__isnull=False,
                    starts_on__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="proposal_price",
                condition=Q(monthly_fee_fen=None, share_bp=None)
                | Q(monthly_fee_fen__gte=0, share_bp__gte=0, share_bp__lte=10_000)
                & (Q(monthly_fee_fen__gt=0) | Q(share_bp__gt=0)),
            ),
            models.CheckConstraint(
                name="proposal_guarantee_has_both",
                condition=Q(is_guarantee=False) | Q(monthly_fee_fen__gt=0, share_bp__gt=0),
            ),
            models.CheckConstraint(
                name="proposal_promises_of_one_kind",
                condition=Q(creators=None)
                | Q(lives=None, videos=None, samples_wanted=None, delivers_by=None),
            ),
            models.CheckConstraint(
                name="proposal_submitted_has_version",
                condition=Q(submitted_at=None) | Q(version__gte=1) & ~Q(offered_by=""),
            ),
            models.CheckConstraint(
                name="proposal_loss_has_reason",
                condition=~Q(status__in=["declined", "withdrawn"]) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="proposal_concerns_of_an_award",
                condition=Q(concerns=None) | Q(status="accepted"),
            ),
            models.CheckConstraint(
                name="proposal_accepted_makes_cooperation",
                condition=Q(status="accepted", cooperation__isnull=False)
                | ~Q(status="accepted") & Q(cooperation__isnull=True),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["provider", "-id"], name="proposal_of_provider")]

    def __str__(self) -> str:
        return f"{self.provider} → {self.need}"

    def get_absolute_url(self) -> str:
        return reverse("proposal_detail", args=[self.pk])

    @property
    def tells_merchant(self) -> bool:
        return self.invited_at is not None or self.shows_contacts

    @property
    def shows_contacts(self) -> bool:
        """Whether both sides have agreed to be reached directly."""
        return self.cooperation_id is not None or self.contacts_agreed_at is not None

    @property
    def price(self) -> Price:
        """Of the last offer; nothing at all where none was written."""
        fee, share = self.monthly_fee_fen or 0, self.share_bp or 0
        return price_from(fee, share, self.ladder, self.is_guarantee)

    @property
    def months(self) -> int:
        return self.term_months or self.need.term_months

    @property
    def waits_for_merchant(self) -> bool:
        return self.offered_by == states.Side.BIDDER

    @property
    def begins_on(self) -> date | None:
        """When its cooperation would begin, were it accepted now: never in the past."""
        return self.starts_on and max(self.starts_on, clock.today())
