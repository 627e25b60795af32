"""Order lines and what happened to them, as the feeds tell it."""

from __future__ import annotations

import json
from functools import lru_cache, partial
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.parties.models import Category, MembershipScopes, Party, narrowed
from portal.policies.states import ProductSource
from portal.revenue import engine
from portal.revenue.order_states import Carrier, EventKind, Sign


class FeedQuerySet(models.QuerySet["Feed"]):
    def brought_by(self, actor: Actor) -> FeedQuerySet:
        """Operators bring any, a party those it was named for."""
        if actor.has_perm("revenue.import_orders"):
            return self.all()
        return self.filter(party=actor.party_id) if actor.party_id else self.none()


class Feed(models.Model):
    """Where orders come from: what its columns are called, and what of an order is split. Writing
    orders of one feed waits for its row."""

    code = models.SlugField(_("code"), max_length=20, primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    platform_coupon_lowers = models.BooleanField(
        _("the platform's coupon lowers what is split"), default=False
    )
    freight_counts = models.BooleanField(_("freight is split, too"), default=False)
    headers = models.JSONField(_("columns by their header"), default=dict, blank=True)
    party = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("brought by"),
        help_text=_(
            "Whose machines may bring its events in over the API; a merchant's only its own."
        ),
    )

    objects = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("feed of orders")
        verbose_name_plural = _("feeds of orders")

    def __str__(self) -> str:
        return self.name

    @property
    def rule(self) -> engine.BaseRule:
        return engine.BaseRule(self.platform_coupon_lowers, self.freight_counts)


class Terms(models.Model):
    """A tree by which lines are split, and what it was made of; kept once for all its lines."""

    sha256 = models.CharField(_("hash"), max_length=64, primary_key=True)
    document = models.TextField(_("document"))
    made_of = models.JSONField(_("made of"), default=list)

    class Meta:
        verbose_name = _("terms of order lines")
        verbose_name_plural = _("terms of order lines")

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def tree(self) -> engine.Agreement:
        return _tree_of(self.document)


@lru_cache(maxsize=1_000)  # a few trees have all the lines
def _tree_of(document: str) -> engine.Agreement:
    return engine.parse_agreement(json.loads(document))


class OrderLineQuerySet(models.QuerySet["OrderLine"]):
    def visible_to(self, actor: Actor) -> OrderLineQuerySet:
        """Those that pay or are paid by it; to who is narrowed there, those of their creators,
        merchants or shops."""
        if actor.party_id is None:
            return self.none()
        is_one = Q()
        for role in ROLES:
            is_one |= Q(**{role: actor.party_id})
        return self.filter(is_one, narrowed(actor, partial(_named, actor.party_id)))


def _named(party_id: int | None, scopes: MembershipScopes) -> Q:
    its = scopes.values("parties")
    return (
        Q(agency=party_id, creator__in=its)
        | Q(provider=party_id, merchant__in=its)
        | Q(merchant=party_id, shop__in=scopes.values("shops__handle"))
    )


ROLES = ("merchant", "creator", "agency", "provider", "leader")


def _party(verbose_name: Any, *, null: bool = True) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        Party, models.PROTECT, null=null, related_name="+", verbose_name=verbose_name
    )


class OrderLine(models.Model):
    """One line of an order: who sold it, who showed it, and how far it is. Until it is paid it has
    no terms, and what is known to have happened to it waits."""

    id = models.BigAutoField(primary_key=True)
    feed = models.ForeignKey(Feed, models.PROTECT, db_index=False, verbose_name=_("feed"))
    order = models.CharField(_("order"), max_length=64)
    line = models.CharField(_("line"), max_length=32)
    merchant = _party(_("merchant"), null=False)
    creator = _party(_("creator"))
    agency = _party(_("agency"))
    provider = _party(_("service provider"))
    leader = _party(_("recruiting leader"))
    shop = models.CharField(_("shop"), max_length=60, blank=True)
    account = models.CharField(_("account"), max_length=60, blank=True)
    product = models.CharField(_("product"), max_length=60, blank=True)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, db_index=False, verbose_name=_("category")
    )
    product_source = models.CharField(
        _("product source"), max_length=12, choices=ProductSource.choices, blank=True
    )
    carrier = models.CharField(_("carrier"), max_length=6, choices=Carrier.choices, blank=True)
    live = models.CharField(_("live room"), max_length=60, blank=True)
    buyer = models.CharField(_("buyer (hash)"), max_length=64, blank=True)
    paid_at = models.DateTimeField(_("paid at"), null=True)
    terms = models.ForeignKey(
        Terms, models.PROTECT, null=True, db_index=False, verbose_name=_("terms")
    )
    paid_fen = models.BigIntegerField(_("paid (fen)"), default=0)
    settled_fen = models.BigIntegerField(_("settled (fen)"), default=0)
    refunded_fen = models.BigIntegerField(_("refunded (fen)"), default=0)
    signs = ArrayField(
        models.CharField(max_length=12, choices=Sign.choices), default=list, blank=True
    )

    objects = OrderLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        permissions: ClassVar = [("import_orders", "Can bring orders in")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["feed", "order", "line"], name="order_line_once"),
            models.CheckConstraint(
                name="order_line_paid_has_terms",
                condition=Q(paid_at=None, terms=None, paid_fen=0, settled_fen=0, refunded_fen=0)
                | Q(paid_at__isnull=False, terms__isnull=False),
            ),
            models.CheckConstraint(
                name="order_line_amounts",
                condition=Q(settled_fen__range=(0, F("paid_fen")))
                & Q(refunded_fen__range=(0, F("paid_fen"))),
            ),
        ]
        indexes: ClassVar = [
            *(
                models.Index(
                    fields=[role, "-paid_at", "-id"],
                    condition=Q(**{f"{role}__isnull": False}),
                    name=f"order_line_of_{role}",
                )
                for role in ROLES
            ),
            models.Index(fields=["-paid_at", "-id"], name="order_line_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.order}/{self.line}"

    def get_absolute_url(self) -> str:
        return reverse("order_line_detail", args=[self.pk])

    @property
    def signs_in_words(self) -> str:
        return "、".join(str(Sign(sign).label) for sign in self.signs)

    def party_id_of(self, role: str) -> int | None:
        """Of one of ROLES; the platform is nobody."""
        return getattr(self, f"{role}_id") if role in ROLES else None


class OrderEvent(models.Model):
    """Something that happened to a line. Only added. `amount_fen`: what of it is split."""

    id = models.BigAutoField(primary_key=True)
    feed = models.ForeignKey(Feed, models.PROTECT, db_index=False, verbose_name=_("feed"))
    line = models.ForeignKey(
        OrderLine, models.PROTECT, related_name="events", verbose_name=_("order line")
    )
    event_id = models.CharField(_("event"), max_length=64, blank=True)
    kind = models.CharField(_("what happened"), max_length=8, choices=EventKind.choices)
    phase = models.PositiveIntegerField(_("phase"), default=0)
    amount_fen = models.BigIntegerField(_("amount (fen)"))
    occurred_at = models.DateTimeField(_("occurred at"))
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("event of an order line")
        verbose_name_plural = _("events of order lines")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["feed", "event_id"], condition=~Q(event_id=""), name="order_event_once"
            ),
            models.UniqueConstraint(
                fields=["line", "kind", "phase", "amount_fen", "occurred_at"],
                condition=Q(event_id=""),
                name="order_event_without_id_once",
            ),
            models.UniqueConstraint(
                fields=["line", "phase"],
                condition=Q(kind="settled"),
                name="order_event_phase_once",
            ),
            models.UniqueConstraint(
                fields=["line"], condition=Q(kind="paid"), name="order_event_paid_once"
            ),
            models.CheckConstraint(
                name="order_event_phase_of_settled",
                condition=Q(kind="settled", phase__gte=1) | ~Q(kind="settled") & Q(phase=0),
            ),
            models.CheckConstraint(name="order_event_amount", condition=Q(amount_fen__gte=0)),
        ]
        indexes: ClassVar = [
            models.Index(fields=["occurred_at"], name="order_event_by_day"),
            # Only added, so the table stands in this order: a few pages say where an hour begins.
            BrinIndex(fields=["recorded_at"], name="order_event_by_recording"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.kind} {self.amount_fen}"


class ControlTotal(models.Model):
    """What a feed said it sent for a day, to hold against what arrived."""

    feed = models.ForeignKey(Feed, models.PROTECT, verbose_name=_("feed"))
    day = models.DateField(_("day"))
    events = models.PositiveIntegerField(_("events"))
    amount_fen = models.BigIntegerField(_("amount (fen)"))
    told_at = models.DateTimeField(_("told at"), default=clock.now)

    class Meta:
        verbose_name = _("control total")
        verbose_name_plural = _("control totals")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["feed", "day"], name="control_total_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.feed_id} {self.day}"
