"""Needs and the proposals that answer them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation.models import Cooperation
from matchmaking.needs import states
from portal.core import clock
from portal.core.actor import Actor
from portal.core.clock import SHANGHAI
from portal.parties.models import Category, City, Party, ServiceType, User, regions_of

QUIET = timedelta(days=3)  # without questions, before the last day for proposals


class NeedQuerySet(models.QuerySet["Need"]):
    def published(self) -> NeedQuerySet:
        return self.exclude(status=states.NeedStatus.DRAFT)

    def taking_proposals(self) -> NeedQuerySet:
        return self.filter(status__in=states.TAKING_PROPOSALS)

    def in_scope_of(self, user: User | AnonymousUser) -> NeedQuerySet:
        """Within an operator's regions, by the merchant's city."""
        regions = regions_of(user)
        return self.filter(merchant__city__region__in=regions) if regions else self

    def owned_by(self, actor: Actor) -> NeedQuerySet:
        return self.filter(merchant=actor.party_id) if actor.party_id else self.none()

    def visible_to(self, actor: Actor) -> NeedQuerySet:
        """Open needs for everyone (a stranger sees no name); ended ones for those concerned."""
        seen = Q(status__in=states.TAKING_PROPOSALS)
        if actor.party_id is not None:
            concerned = Proposal.objects.filter(provider=actor.party_id).values("need")
            seen |= Q(merchant=actor.party_id) | Q(pk__in=concerned)
        return self.filter(seen)


class Need(models.Model):
    """A merchant's brief for a provider. Money is fen a month."""

    merchant = models.ForeignKey(Party, models.PROTECT, verbose_name=_("merchant"))
    title = models.CharField(_("title"), max_length=60)
    brief = models.TextField(_("brief"), max_length=3000)
    services: models.ManyToManyField[ServiceType, models.Model] = models.ManyToManyField(
        ServiceType, verbose_name=_("services")
    )
    categories: models.ManyToManyField[Category, models.Model] = models.ManyToManyField(
        Category, verbose_name=_("categories")
    )
    city = models.ForeignKey(
        City, models.PROTECT, null=True, blank=True, verbose_name=_("city of the work")
    )
    accepts_remote = models.BooleanField(_("remote work is fine"), default=True)
    budget_low_fen = models.BigIntegerField(_("budget from (a month)"))
    budget_high_fen = models.BigIntegerField(_("budget to (a month)"))
    gmv_target_fen = models.BigIntegerField(_("GMV target"), null=True, blank=True)
    gmv_low_fen = models.BigIntegerField(_("GMV if it goes badly"), null=True, blank=True)
    gmv_high_fen = models.BigIntegerField(_("GMV if it goes well"), null=True, blank=True)
    priority_price = models.PositiveSmallIntegerField(_("price matters"), default=5)
    priority_experience = models.PositiveSmallIntegerField(_("experience matters"), default=5)
    priority_score = models.PositiveSmallIntegerField(_("evaluation matters"), default=5)
    priority_speed = models.PositiveSmallIntegerField(_("speed matters"), default=5)
    starts_on = models.DateField(_("start"))
    term_months = models.PositiveSmallIntegerField(_("length (months)"))
    closes_on = models.DateField(_("last day for proposals"))
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=states.NeedStatus.choices,
        default=states.NeedStatus.DRAFT,
    )
    created_at = models.DateTimeField(_("created at"))
    published_at = models.DateTimeField(_("published at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = NeedQuerySet.as_manager()

    if TYPE_CHECKING:
        knows_merchant: bool  # annotated by `selectors.whole_needs`

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="need_budget",
                condition=Q(budget_low_fen__gte=0, budget_high_fen__gte=F("budget_low_fen")),
            ),
            models.CheckConstraint(
                name="need_gmv_target", condition=Q(gmv_target_fen=None) | Q(gmv_target_fen__gt=0)
            ),
            models.CheckConstraint(
                name="need_gmv_scenarios",
                condition=(Q(gmv_low_fen=None) | Q(gmv_low_fen__gt=0))
                & (Q(gmv_low_fen=None) | Q(gmv_target_fen__gte=F("gmv_low_fen")))
                & (Q(gmv_high_fen=None) | Q(gmv_high_fen__gte=F("gmv_target_fen"))),
            ),
            models.CheckConstraint(
                name="need_priorities",
                condition=Q(
                    priority_price__lte=10,
                    priority_experience__lte=10,
                    priority_score__lte=10,
                    priority_speed__lte=10,
                ),
            ),
            models.CheckConstraint(
                name="need_term", condition=Q(term_months__gte=1, term_months__lte=36)
            ),
            models.CheckConstraint(
                name="need_somewhere", condition=Q(city__isnull=False) | Q(accepts_remote=True)
            ),
            models.CheckConstraint(
                name="need_published_has_time",
                condition=Q(status__in=["draft", "cancelled"]) | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="need_ended_has_time",
                condition=Q(status__in=["draft", "open", "matched"], ended_at__isnull=True)
                | Q(
                    status__in=["awarded", "closed", "cancelled", "expired"],
                    ended_at__isnull=False,
                ),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["-id"], condition=Q(status__in=["open", "matched"]), name="need_open"
            ),
            models.Index(fields=["merchant", "-id"], name="need_of_merchant"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("need_detail", args=[self.pk])

    @property
    def number(self) -> str:
        """The number people quote on the phone."""
        return f"XQ-{self.created_at.astimezone(SHANGHAI):%Y}-{self.pk:05d}"

    @property
    def questions_until(self) -> date:
        """The last day to ask: some days before proposals are due, so that answers are of use."""
        published = self.published_at.astimezone(SHANGHAI).date() if self.published_at else None
        last = self.closes_on - QUIET
        return max(last, published) if published else last

    @property
    def priorities(self) -> dict[str, int]:
        """What matters most, each from 0 to 10; 5 is neutral."""
        return {
            "price": self.priority_price,
            "experience": self.priority_experience,
            "score": self.priority_score,
            "speed": self.priority_speed,
        }

    @property
    def is_taking_proposals(self) -> bool:
        return self.status in states.TAKING_PROPOSALS


# Whom a merchant invited or hired may know its name; `Proposal.tells_merchant` says the same.
TELLS_MERCHANT = Q(invited_at__isnull=False) | Q(cooperation__isnull=False)
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
    """A provider's answer to a need, from invitation to its end. Its price is monthly fen plus
    basis points of settled net GMV."""

    need = models.ForeignKey(Need, models.PROTECT, related_name="proposals")
    provider = models.ForeignKey(Party, models.PROTECT, verbose_name=_("provider"))
    status = models.CharField(_("status"), max_length=12, choices=states.ProposalStatus.choices)
    plan = models.TextField(_("plan"), max_length=5000, blank=True)
    team = models.CharField(_("team"), max_length=200, blank=True)
    monthly_fee_fen = models.BigIntegerField(_("fixed fee a month"), null=True)
    share_bp = models.PositiveIntegerField(_("share of settled net GMV"), null=True)
    starts_on = models.DateField(_("earliest start"), null=True)
    reason = models.CharField(
        _("reason"), max_length=12, blank=True, choices=states.LossReason.choices
    )
    reason_note = models.CharField(_("in words"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created at"))
    invited_at = models.DateTimeField(_("invited at"), null=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
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
                name="proposal_loss_has_reason",
                condition=~Q(status__in=["declined", "withdrawn"]) | ~Q(reason=""),
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
        return self.invited_at is not None or self.cooperation_id is not None

    @property
    def begins_on(self) -> date | None:
        """When its cooperation would begin, were it accepted now: never in the past."""
        return self.starts_on and max(self.starts_on, clock.today())
