"""What merchants sell, and open to creators at a commission."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.states import ON_OFFER, Channel, ProductStatus
from portal.core.actor import Actor
from portal.parties.models import Belt, Category, Party, User, in_world_of, regions_of
from portal.parties.states import PartyStatus
from portal.policies.states import ProductSource

NOT_RATED = -1  # never null: a page begins at a comparison


class ProductQuerySet(models.QuerySet["Product"]):
    def owned_by(self, actor: Actor) -> ProductQuerySet:
        """Those of the acting merchant."""
        return self.filter(merchant=actor.party_id) if actor.party_id else self.none()

    def shown(self) -> ProductQuerySet:
        """What everybody finds: listed, of a listed merchant, and behind no gate."""
        return self.filter(
            status=ProductStatus.LISTED,
            merchant__status=PartyStatus.LISTED,
            merchant__sandbox_of=None,
            gate=None,
        )

    def open_to(self, actor: Actor) -> ProductQuerySet:
        """The pool of this person's world: the real one, or their sandbox, which nobody lists."""
        found = self.filter(in_world_of(actor, "merchant"), status=ProductStatus.LISTED, gate=None)
        if actor.party is not None and actor.party.is_sandbox:
            return found
        return found.filter(merchant__status=PartyStatus.LISTED)

    def visible_to(self, actor: Actor) -> ProductQuerySet:
        """One's own in every state; of others what stands in the pool."""
        pool = Product.objects.open_to(actor)
        if actor.party_id is None:
            return pool
        return self.filter(Q(merchant=actor.party_id) | Q(pk__in=pool.values("pk")))

    def in_scope_of(self, user: User) -> ProductQuerySet:
        """Within an operator's regions, by the merchant's city."""
        regions = regions_of(user)
        return self.filter(merchant__city__region__in=regions) if regions else self

    def nameable(self, merchant_id: int | OuterRef) -> ProductQuerySet:
        """What a cooperation may name of a merchant's: what was on offer, and orders find."""
        offered = self.filter(merchant=merchant_id, status__in=ON_OFFER)
        return offered.exclude(upstream_id="")

    def known_as(self, merchant_id: int, upstream_id: str) -> ProductQuerySet:
        """By its number in the order file."""
        return self.filter(merchant=merchant_id, upstream_id=upstream_id)


class Product(models.Model):
    """One product of a merchant. `commission_bp` is what everybody gets by today's public plan
    (while it is a draft: what the plan will begin with); `score` the reputation of the last day
    it was computed, in hundredths; `gate` what keeps it out of the pool."""

    id = models.BigAutoField(primary_key=True)
    merchant = models.ForeignKey(
        Party, models.PROTECT, related_name="products", verbose_name=_("merchant")
    )
    name = models.CharField(_("name"), max_length=60)
    category = models.ForeignKey(Category, models.PROTECT, verbose_name=_("category"))
    source = models.CharField(
        _("product source"),
        max_length=12,
        choices=ProductSource.choices,
        default=ProductSource.SHOP,
    )
    channel = models.CharField(
        _("merchant's channel"), max_length=10, choices=Channel.choices, default=Channel.BRAND
    )
    upstream_id = models.CharField(_("number in the order file"), max_length=60, blank=True)
    price_fen = models.BigIntegerField(_("price"))
    commission_bp = models.PositiveIntegerField(_("commission"))
    stock = models.PositiveIntegerField(_("stock"), default=0)
    intro = models.TextField(_("what speaks for it"), max_length=600, blank=True)
    link = models.URLField(_("page of the product"), max_length=300, blank=True)
    belts: models.ManyToManyField[Belt, models.Model] = models.ManyToManyField(
        Belt, blank=True, verbose_name=_("industry belts")
    )
    sends_samples = models.BooleanField(_("samples on request"), default=False)
    picture = models.UUIDField(_("picture shown"), null=True)  # written by its service
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=ProductStatus.choices,
        default=ProductStatus.DRAFT,
    )
    score = models.SmallIntegerField(_("reputation"), default=NOT_RATED)
    gate = models.ForeignKey(
        "catalogue.Gate", models.PROTECT, null=True, related_name="+", verbose_name=_("gate")
    )
    created_at = models.DateTimeField(_("created at"))
    changed_at = models.DateTimeField(_("changed at"))
    listed_at = models.DateTimeField(_("listed at"), null=True)
    ended_at = models.DateTimeField(_("withdrawn at"), null=True)
    # How it is found: see `portal.parties.search`.
    text = models.TextField(editable=False)
    readings = models.TextField(editable=False)
    sort_key = models.CharField(max_length=120, db_collation="C", editable=False)
    tokens = ArrayField(models.IntegerField(), editable=False)

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        permissions: ClassVar = [("import_products", "Can bring in products and their daily facts")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["merchant", "upstream_id"],
                condition=~Q(upstream_id=""),
                name="product_once_in_the_order_file",
            ),
            models.CheckConstraint(name="product_price", condition=Q(price_fen__gt=0)),
            models.CheckConstraint(
                name="product_commission", condition=Q(commission_bp__lte=10_000)
            ),
            models.CheckConstraint(
                name="product_score", condition=Q(score__gte=-1) & Q(score__lte=500)
            ),
            models.CheckConstraint(
                name="product_offered_has_time",
                condition=~Q(status__in=["listed", "paused"]) | Q(listed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="product_withdrawn_has_time",
                condition=Q(status="withdrawn", ended_at__isnull=False)
                | ~Q(status="withdrawn") & Q(ended_at=None),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["merchant", "-created_at", "-id"], name="product_of_merchant"),
            models.Index(
                fields=["-score", "-id"],
                condition=Q(status="listed", gate=None),
                name="product_by_score",
            ),
            models.Index(
                fields=["-listed_at", "-id"],
                condition=Q(status="listed", gate=None),
                name="product_by_time",
            ),
            models.Index(
                fields=["-commission_bp", "-id"],
                condition=Q(status="listed", gate=None),
                name="product_by_commission",
            ),
            models.Index(
                fields=["price_fen", "id"],
                condition=Q(status="listed", gate=None),
                name="product_by_price",
            ),
            GinIndex(fields=["tokens"], name="product_tokens", fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("product_detail", args=[self.pk])

    @property
    def number(self) -> str:
        return f"P{self.pk:06d}"

    @property
    def is_rated(self) -> bool:
        return self.score != NOT_RATED

    @property
    def stars(self) -> float | None:
        """Reputation from 0 to 5; None: not rated yet."""
        return self.score / 100 if self.is_rated else None

    @property
    def commission_fen(self) -> int:
        """What one sale brings at the public commission, rounded half up."""
        return (self.price_fen * self.commission_bp + 5_000) // 10_000

    @property
    def is_shown(self) -> bool:
        """Whether everybody finds it; asks the merchant's row."""
        is_listed = self.status == ProductStatus.LISTED and self.gate_id is None
        return is_listed and self.merchant.is_public
