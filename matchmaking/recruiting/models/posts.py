"""Which products a creator or an agency says it wants, from draft to its end."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matchmaking.recruiting import states
from portal.core import clock
from portal.core.actor import Actor
from portal.core.clock import SHANGHAI
from portal.parties.models import Category, Party, User, in_world_of, regions_of
from portal.parties.states import TRUSTED
from portal.policies.states import ProductSource


class PostQuerySet(models.QuerySet["Post"]):
    def published(self) -> PostQuerySet:
        return self.filter(published_at__isnull=False)

    def taking_applications(self, day: date | None = None) -> PostQuerySet:
        return self.filter(status=states.PostStatus.OPEN, closes_on__gte=day or clock.today())

    def running(self) -> PostQuerySet:
        return self.filter(status__in=states.RUNNING)

    def owned_by(self, actor: Actor) -> PostQuerySet:
        return self.filter(poster=actor.party_id) if actor.party_id else self.none()

    def in_scope_of(self, user: User | AnonymousUser) -> PostQuerySet:
        """Within an operator's regions, by the poster's city."""
        regions = regions_of(user)
        return self.filter(poster__city__region__in=regions) if regions else self

    def visible_to(self, actor: Actor) -> PostQuerySet:
        """Running ones of one's own world for everyone; ended ones for who applied; one's own in
        every state, and what was published for the operators who look after it."""
        stands = Q(poster__status__in=TRUSTED)
        seen = Q(status__in=states.RUNNING) & stands & in_world_of(actor, "poster")
        if actor.party_id is not None:
            applied = Post.objects.filter(applications__merchant=actor.party_id).values("pk")
            seen |= Q(poster=actor.party_id) | Q(pk__in=applied)
        elif actor.user is not None and actor.has_perm("recruiting.view_post"):
            seen |= Q(pk__in=Post.objects.published().in_scope_of(actor.user).values("pk"))
        return self.filter(seen)


class Post(models.Model):
    """A poster's call for products. Money is fen, rates basis points. `sources` are those the
    merchant's product may come from; what the platform allows on the day is asked besides."""

    poster = models.ForeignKey(Party, models.PROTECT, verbose_name=_("poster"))
    title = models.CharField(_("title"), max_length=60)
    brief = models.TextField(_("what is wanted"), max_length=2000)
    categories: models.ManyToManyField[Category, models.Model] = models.ManyToManyField(
        Category, verbose_name=_("categories")
    )
    price_low_fen = models.BigIntegerField(_("price from"))
    price_high_fen = models.BigIntegerField(_("price to"))
    commission_least_bp = models.PositiveIntegerField(_("least commission"))
    carrier = models.CharField(
        _("shown in"),
        max_length=5,
        choices=states.Carrier.choices,
        default=states.Carrier.LIVE,
    )
    sources = ArrayField(
        models.CharField(max_length=12, choices=ProductSource.choices),
        verbose_name=_("product sources"),
    )
    samples_wanted = models.PositiveSmallIntegerField(_("samples"), default=0)
    is_exclusive = models.BooleanField(_("for us alone"), default=False)
    live_on = models.DateField(_("first shown on"))
    closes_on = models.DateField(_("last day for applications"))
    term_months = models.PositiveSmallIntegerField(_("length (months)"), default=3)
    status = models.CharField(
        _("status"),
        max_length=8,
        choices=states.PostStatus.choices,
        default=states.PostStatus.DRAFT,
    )
    version = models.PositiveIntegerField(_("version"), default=1)  # of the draft
    created_at = models.DateTimeField(_("created at"))
    published_at = models.DateTimeField(_("published at"), null=True)
    paused_at = models.DateTimeField(_("paused at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("recruiting post")
        verbose_name_plural = _("recruiting posts")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="post_price_band",
                condition=Q(price_low_fen__gte=0, price_high_fen__gt=0)
                & Q(price_high_fen__gte=F("price_low_fen")),
            ),
            models.CheckConstraint(
                name="post_commission", condition=Q(commission_least_bp__lte=10_000)
            ),
            models.CheckConstraint(
                name="post_sources",
                condition=Q(sources__contained_by=ProductSource.values) & ~Q(sources=[]),
            ),
            models.CheckConstraint(name="post_days", condition=Q(closes_on__lte=F("live_on"))),
            models.CheckConstraint(name="post_term", condition=Q(term_months__range=(1, 24))),
            models.CheckConstraint(
                name="post_status_has_its_times",
                condition=Q(status="draft", published_at=None, ended_at=None, paused_at=None)
                | Q(status="open", published_at__isnull=False, ended_at=None, paused_at=None)
                | Q(
                    status="paused",
                    published_at__isnull=False,
                    ended_at=None,
                    paused_at__isnull=False,
                )
                | Q(status="closed", ended_at__isnull=False, paused_at=None)
                | Q(
                    status="expired",
                    published_at__isnull=False,
                    ended_at__isnull=False,
                    paused_at=None,
                ),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-id"], condition=Q(status="open"), name="post_open"),
            models.Index(
                fields=["closes_on", "id"],
                condition=Q(status__in=["open", "paused"]),
                name="post_closing",
            ),
            models.Index(
                fields=["live_on", "id"], condition=Q(status="open"), name="post_to_be_shown"
            ),
            models.Index(fields=["poster", "-id"], name="post_of_poster"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("post_detail", args=[self.pk])

    @property
    def number(self) -> str:
        """The number people quote on the phone."""
        return f"ZS-{self.created_at.astimezone(SHANGHAI):%Y}-{self.pk:05d}"

    @property
    def is_taking_applications(self) -> bool:
        return self.status == states.PostStatus.OPEN and self.closes_on >= clock.today()

    @property
    def is_running(self) -> bool:
        return self.status in states.RUNNING

    @property
    def source_names(self) -> list[str]:
        return [str(ProductSource(code).label) for code in self.sources]
