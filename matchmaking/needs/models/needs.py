"""A merchant's brief, from draft to its end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matchmaking.needs import states
from matchmaking.needs.fields import DIMENSIONS, OF_AGENCIES, OF_CREATORS
from matchmaking.needs.models.packages import ServiceOffer
from portal.core.actor import Actor
from portal.core.clock import SHANGHAI
from portal.parties.models import (
    Category,
    City,
    Party,
    ServiceType,
    User,
    in_world_of,
    regions_of,
)
from portal.parties.profile_states import FactPart
from portal.parties.states import PartyKind

COUNTED = (
    *("followers_least", "shopping_least", "goods_high_fen", "lives_wanted", "videos_wanted"),
    *("roster_least", "creators_wanted"),
)
# What is said where nothing is asked that only creators, or only agencies, have.
OF_BOTH = {*OF_CREATORS} & {*OF_AGENCIES}
NOTHING_OF_CREATORS = {n: None for n in OF_CREATORS if n not in OF_BOTH} | {"gives_samples": False}
NOTHING_OF_AGENCIES = {n: None for n in OF_AGENCIES if n not in OF_BOTH} | {"creator_level": ""}
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

    def public(self) -> NeedQuerySet:
        return self.filter(only_for=None)

    def owned_by(self, actor: Actor) -> NeedQuerySet:
        return self.filter(merchant=actor.party_id) if actor.party_id else self.none()

    def visible_to(self, actor: Actor) -> NeedQuerySet:
        """Open public needs for everyone (a stranger sees no name); ended and private ones for
        those concerned, and for the operators who look after them."""
        seen = Q(status__in=states.TAKING_PROPOSALS, only_for=None)
        seen &= in_world_of(actor, "merchant")
        if actor.party_id is not None:
            concerned = Need.objects.filter(proposals__provider=actor.party_id).values("pk")
            seen |= Q(merchant=actor.party_id) | Q(pk__in=concerned)
        elif actor.has_perm("needs.view_need"):
            seen |= Q(pk__in=Need.objects.looked_after_by(actor).values("pk"))
        return self.filter(seen)

    def looked_after_by(self, actor: Actor) -> NeedQuerySet:
        """What was published in an operator's regions."""
        if actor.user is None or not actor.has_perm("needs.view_need"):
            return self.none()
        return self.published().in_scope_of(actor.user)


class Need(models.Model):
    """A merchant's brief for a provider, an agency or a creator. Money is fen a month."""

    merchant = models.ForeignKey(Party, models.PROTECT, verbose_name=_("merchant"))
    seeks = models.CharField(
        _("looks for"),
        max_length=10,
        choices=states.Seeks.choices,
        default=states.Seeks.PROVIDER,
    )
    title = models.CharField(_("title"), max_length=60)
    brief = models.TextField(_("brief"), max_length=3000)
    services: models.ManyToManyField[ServiceType, models.Model] = models.ManyToManyField(
        ServiceType, blank=True, verbose_name=_("services")
    )
    facts = ArrayField(
        models.CharField(max_length=12, choices=FactPart.choices),
        default=list,
        blank=True,
        verbose_name=_("FACT parts"),
    )
    categories: models.ManyToManyField[Category, models.Model] = models.ManyToManyField(
        Category, verbose_name=_("categories")
    )
    city = models.ForeignKey(
        City, models.PROTECT, null=True, blank=True, verbose_name=_("city of the work")
    )
    accepts_remote = models.BooleanField(_("remote work is fine"), default=True)
    price_form = models.CharField(
        _("form of the price"),
        max_length=10,
        choices=states.BudgetForm.choices,
        default=states.BudgetForm.ANY,
    )
    budget_low_fen = models.BigIntegerField(_("budget from (a month)"))
    budget_high_fen = models.BigIntegerField(_("budget to (a month)"))
    share_low_bp = models.PositiveIntegerField(_("share from"), null=True, blank=True)
    share_high_bp = models.PositiveIntegerField(_("share to"), null=True, blank=True)
    followers_least = models.BigIntegerField(_("followers at least"), null=True, blank=True)
    shopping_least = models.BigIntegerField(_("shopping followers at least"), null=True, blank=True)
    goods_low_fen = models.BigIntegerField(_("price of the goods from"), null=True, blank=True)
    goods_high_fen = models.BigIntegerField(_("price of the goods to"), null=True, blank=True)
    lives_wanted = models.PositiveSmallIntegerField(_("live sessions"), null=True, blank=True)
    videos_wanted = models.PositiveSmallIntegerField(_("videos"), null=True, blank=True)
    gives_samples = models.BooleanField(_("samples are given"), default=False)
    roster_least = models.PositiveIntegerField(_("creators at least"), null=True, blank=True)
    creator_level = models.CharField(
        _("level of the creators"), max_length=6, blank=True, choices=states.CreatorLevel.choices
    )
    creators_wanted = models.PositiveIntegerField(_("creators to bring"), null=True, blank=True)
    gmv_target_fen = models.BigIntegerField(_("GMV target"), null=True, blank=True)
    gmv_low_fen = models.BigIntegerField(_("GMV if it goes badly"), null=True, blank=True)
    gmv_high_fen = models.BigIntegerField(_("GMV if it goes well"), null=True, blank=True)
    priority_price = models.PositiveSmallIntegerField(_("price matters"), default=5)
    priority_experience = models.PositiveSmallIntegerField(_("experience matters"), default=5)
    priority_score = models.PositiveSmallIntegerField(_("evaluation matters"), default=5)
    priority_speed = models.PositiveSmallIntegerField(_("speed matters"), default=5)
    priority_connection = models.PositiveSmallIntegerField(_("connection matters"), default=5)
    priority_growth = models.PositiveSmallIntegerField(_("growth matters"), default=5)
    priority_talent = models.PositiveSmallIntegerField(_("talent matters"), default=5)
    priority_improvement = models.PositiveSmallIntegerField(_("improvement matters"), default=5)
    priority_health = models.PositiveSmallIntegerField(_("health matters"), default=5)
    starts_on = models.DateField(_("start"))
    term_months = models.PositiveSmallIntegerField(_("length (months)"))
    closes_on = models.DateField(_("last day for proposals"))
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=states.NeedStatus.choices,
        default=states.NeedStatus.DRAFT,
    )
    version = models.PositiveIntegerField(_("version"), default=1)  # of the draft
    only_for = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="private_needs",
        verbose_name=_("for this party alone"),
    )
    service_offer = models.ForeignKey(
        ServiceOffer, models.PROTECT, null=True, blank=True, verbose_name=_("service offer")
    )
    answer_by = models.DateTimeField(_("order answered until"), null=True)
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
                name="need_order_is_whole",
                condition=Q(service_offer=None, answer_by=None)
                | Q(service_offer__isnull=False, answer_by__isnull=False, only_for__isnull=False),
            ),
            models.CheckConstraint(
                name="need_not_for_oneself", condition=~Q(only_for=F("merchant"))
            ),
            models.CheckConstraint(
                name="need_facts", condition=Q(facts__contained_by=FactPart.values)
            ),
            models.CheckConstraint(
                name="need_share_band",
                condition=Q(share_low_bp=None, share_high_bp=None)
                | Q(share_low_bp__lte=F("share_high_bp"), share_high_bp__lte=10_000),
            ),
            models.CheckConstraint(
                name="need_price_form_has_its_band",
                condition=Q(price_form="any")
                | Q(price_form="fixed", share_high_bp=None, budget_high_fen__gt=0)
                | Q(
                    price_form__in=["both", "guarantee"],
                    share_high_bp__gt=0,
                    budget_high_fen__gt=0,
                )
                | Q(price_form__in=["share", "ladder"], share_high_bp__gt=0),
            ),
            models.CheckConstraint(
                name="need_asks_of_creators_alone",
                condition=Q(seeks="creator") | Q(**NOTHING_OF_CREATORS),
            ),
            models.CheckConstraint(
                name="need_asks_of_agencies_alone",
                condition=Q(seeks="agency") | Q(**NOTHING_OF_AGENCIES),
            ),
            models.CheckConstraint(
                name="need_asks_for_some",
                condition=Q(*(Q(**{name: None}) | Q(**{f"{name}__gt": 0}) for name in COUNTED)),
            ),
            models.CheckConstraint(
                name="need_goods_band",
                condition=Q(goods_low_fen=None, goods_high_fen=None)
                | Q(
                    goods_low_fen__gte=0,
                    goods_low_fen__lte=F("goods_high_fen"),
                    goods_high_fen__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="need_followers_of_creators",
                condition=Q(followers_least=None) | Q(seeks__in=["creator", "agency"]),
            ),
            models.CheckConstraint(
                name="need_creator_level", condition=Q(creator_level__in=states.CreatorLevel.values)
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
                name="need_dimension_priorities",
                condition=Q(
                    priority_connection__lte=10,
                    priority_growth__lte=10,
                    priority_talent__lte=10,
                    priority_improvement__lte=10,
                    priority_health__lte=10,
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
            models.Index(
                fields=["answer_by"],
                condition=Q(answer_by__isnull=False, status="matched"),
                name="need_order_due",
            ),
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
    def dimension_priorities(self) -> dict[str, int]:
        """How the evaluation's weight is shared out among its dimensions, likewise."""
        return {dimension: getattr(self, f"priority_{dimension}") for dimension in DIMENSIONS}

    @property
    def seeks_kind(self) -> PartyKind:
        """The kind of party that may answer."""
        return PartyKind(self.seeks)

    @property
    def asks_of_kind(self) -> bool:
        """Whether anything is asked that only creators or agencies have."""
        return any(getattr(self, name) for name in (*OF_CREATORS, *OF_AGENCIES))

    @property
    def fact_names(self) -> list[str]:
        return [str(FactPart(code).label) for code in self.facts]

    @property
    def is_order(self) -> bool:
        return self.service_offer_id is not None

    @property
    def is_taking_proposals(self) -> bool:
        return self.status in states.TAKING_PROPOSALS
