"""A product offered to a post, what both sides proposed, and how it ended."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.models import Product
from matchmaking.cooperation.models import Cooperation
from matchmaking.engine.matching import PART_CODES
from matchmaking.recruiting import states
from matchmaking.recruiting.models.posts import Post
from portal.core.actor import Actor
from portal.parties.models import Party, User, regions_of

UNITS_PER_POINT = 1_000


class PostApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, actor: Actor) -> PostApplicationQuerySet:
        """Both sides' members, and the operators who look after the post."""
        if actor.party_id is not None:
            return self.filter(Q(merchant=actor.party_id) | Q(post__poster=actor.party_id))
        if actor.user is not None and actor.has_perm("recruiting.view_application"):
            return self.in_scope_of(actor.user)
        return self.none()

    def received_by(self, actor: Actor) -> PostApplicationQuerySet:
        return self.filter(post__poster=actor.party_id) if actor.party_id else self.none()

    def sent_by(self, actor: Actor) -> PostApplicationQuerySet:
        return self.filter(merchant=actor.party_id) if actor.party_id else self.none()

    def in_scope_of(self, user: User | AnonymousUser) -> PostApplicationQuerySet:
        """Within an operator's regions, by the poster's city."""
        regions = regions_of(user)
        return self.filter(post__poster__city__region__in=regions) if regions else self

    def live(self) -> PostApplicationQuerySet:
        return self.filter(status__in=states.LIVE)

    def waiting_for(self, side: str) -> PostApplicationQuerySet:
        """Live ones whose last offer is the other side's."""
        other = states.Side.MERCHANT if side == states.Side.POSTER else states.Side.POSTER
        return self.live().filter(offered_by=other)


class Application(models.Model):
    """One product for one post. `price_fen`, `score`, `match_bp` and `parts` are as they were when
    it was handed in; `commission_bp`, `samples` are those of the offer numbered `version`.
    `waits_since`: since when the other side's answer is waited for."""

    post = models.ForeignKey(
        Post, models.PROTECT, related_name="applications", verbose_name=_("post")
    )
    product = models.ForeignKey(
        Product, models.PROTECT, related_name="applications", verbose_name=_("product")
    )
    merchant = models.ForeignKey(
        Party, models.PROTECT, related_name="+", verbose_name=_("merchant"), db_index=False
    )
    status = models.CharField(
        _("status"),
        max_length=11,
        choices=states.ApplicationStatus.choices,
        default=states.ApplicationStatus.SUBMITTED,
    )
    price_fen = models.BigIntegerField(_("price"))
    score = models.SmallIntegerField(_("reputation"))  # of the product; below 0: not rated
    match_bp = models.PositiveIntegerField(_("match"))
    certainty = models.PositiveSmallIntegerField(_("certainty"))
    # of the match, by part in the order of PART_CODES, in thousandths of a point; none of an
    # application that is older than this column
    parts = ArrayField(models.PositiveIntegerField(), verbose_name=_("parts"), default=list)
    is_exclusive = models.BooleanField(_("for the poster alone"), default=False)
    commission_bp = models.PositiveIntegerField(_("commission"))
    samples = models.PositiveSmallIntegerField(_("samples"), default=0)
    note = models.CharField(_("a word with it"), max_length=300, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    offered_by = models.CharField(
        _("last offer by"),
        max_length=8,
        choices=states.Side.choices,
        default=states.Side.MERCHANT,
    )
    reason = models.CharField(_("reason"), max_length=10, blank=True, choices=states.LOSS_REASONS)
    reason_note = models.CharField(_("in words"), max_length=300, blank=True)
    submitted_at = models.DateTimeField(_("submitted at"))
    waits_since = models.DateTimeField(_("waits since"))
    reminded_at = models.DateTimeField(_("reminded at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    cooperation = models.OneToOneField(
        Cooperation, models.PROTECT, null=True, related_name="application"
    )

    objects = PostApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application to a post")
        verbose_name_plural = _("applications to posts")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["post", "product"],
                condition=Q(status__in=["submitted", "shortlisted", "negotiating", "accepted"]),
                name="application_one_standing",
            ),
            models.CheckConstraint(
                name="application_commission", condition=Q(commission_bp__lte=10_000)
            ),
            models.CheckConstraint(
                name="application_match",
                condition=Q(match_bp__lte=10_000, certainty__lte=100),
            ),
            models.CheckConstraint(
                name="application_parts_are_whole",
                condition=Q(parts__len__in=[0, len(PART_CODES)]),
            ),
            models.CheckConstraint(name="application_version", condition=Q(version__gte=1)),
            models.CheckConstraint(
                name="application_loss_has_reason",
                condition=Q(status__in=["rejected", "withdrawn"]) & ~Q(reason="")
                | ~Q(status__in=["rejected", "withdrawn"]) & Q(reason=""),
            ),
            models.CheckConstraint(
                name="application_ended_has_time",
                condition=Q(status__in=["submitted", "shortlisted", "negotiating"], ended_at=None)
                | Q(
                    status__in=["accepted", "rejected", "withdrawn", "expired"],
                    ended_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="application_accepted_makes_cooperation",
                condition=Q(status="accepted", cooperation__isnull=False)
                | ~Q(status="accepted") & Q(cooperation=None),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["post", "match_bp", "id"], name="application_by_match"),
            models.Index(fields=["post", "commission_bp", "id"], name="application_by_commission"),
            models.Index(fields=["post", "price_fen", "id"], name="application_by_price"),
            models.Index(fields=["post", "score", "id"], name="application_by_score"),
            models.Index(fields=["post", "submitted_at", "id"], name="application_by_time"),
            models.Index(fields=["post", "status", "match_bp", "id"], name="application_by_status"),
            models.Index(
                fields=["merchant", "-submitted_at", "-id"], name="application_of_merchant"
            ),
            models.Index(
                fields=["waits_since"],
                condition=Q(status__in=["submitted", "shortlisted", "negotiating"]),
                name="application_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} → {self.post}"

    def get_absolute_url(self) -> str:
        return reverse("post_application_detail", args=[self.pk])

    @property
    def number(self) -> str:
        return f"SQ-{self.pk:07d}"

    @property
    def is_live(self) -> bool:
        return self.status in states.LIVE

    @property
    def waits_for(self) -> str:
        """The side whose answer is waited for, while it is live."""
        is_merchants = self.offered_by == states.Side.MERCHANT
        return states.Side.POSTER if is_merchants else states.Side.MERCHANT

    @property
    def lapses_at(self) -> datetime:
        return self.waits_since + states.LAPSE_AFTER

    @property
    def stars(self) -> float | None:
        return self.score / 100 if self.score >= 0 else None

    @property
    def match(self) -> int:
        """Points, 0 to 100."""
        return round(self.match_bp / 100)

    def points_of(self, part: str) -> float | None:
        """Of one part of the match; None where it was not kept."""
        return self.parts[PART_CODES.index(part)] / UNITS_PER_POINT if self.parts else None


class Offer(models.Model):
    """One version of what an application offers, by one side. Append-only by database grants.
    `agrees_to` names the other side's version whose terms these are."""

    id = models.BigAutoField(primary_key=True)
    application = models.ForeignKey(
        Application, models.PROTECT, related_name="offers", verbose_name=_("application")
    )
    number = models.PositiveIntegerField(_("version"))
    side = models.CharField(_("by"), max_length=8, choices=states.Side.choices)
    agrees_to = models.PositiveIntegerField(_("agrees to version"), null=True)
    commission_bp = models.PositiveIntegerField(_("commission"))
    samples = models.PositiveSmallIntegerField(_("samples"), default=0)
    note = models.CharField(_("in words"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("offer of an application")
        verbose_name_plural = _("offers of applications")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "number"], name="application_offer_number_once"
            ),
            models.CheckConstraint(
                name="application_offer_commission", condition=Q(commission_bp__lte=10_000)
            ),
            models.CheckConstraint(
                name="application_offer_agrees_to_an_earlier_one",
                condition=Q(agrees_to=None) | Q(agrees_to__lt=models.F("number")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} v{self.number}"
