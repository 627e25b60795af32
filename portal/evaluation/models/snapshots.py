"""Snapshots: everybody rated at one moment by one method. Written once, whole or not at all."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.models import Job
from portal.evaluation.models.methods import Method
from portal.evaluation.states import SnapshotKind, SnapshotStatus
from portal.parties.models import Party, ServiceType

COMPOSITE = "composite"


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def published(self) -> SnapshotQuerySet:
        return self.filter(status=SnapshotStatus.PUBLISHED)

    def official(self, code: str) -> SnapshotQuerySet:
        """Those in force one after another, the newest first."""
        rows = self.published().filter(method__code=code, kind=SnapshotKind.OFFICIAL)
        return rows.order_by("-ends_on", "-revision")

    def visible_to(self, actor: Actor) -> SnapshotQuerySet:
        """Official ones are everybody's, previews each party's own numbers, trials operators'."""
        if actor.has_perm("evaluation.view_snapshot"):
            return self.all()
        return self.exclude(kind=SnapshotKind.TRIAL).filter(
            status__in=[SnapshotStatus.PUBLISHED, SnapshotStatus.REPLACED]
        )


class Snapshot(models.Model):
    """`cut`: facts recorded up to this moment count, so the same facts can be gathered again.
    The digests are of the facts, of the values folded from them, and of the scores rounded to six
    decimals. A corrected one replaces it as the next `revision`."""

    method = models.ForeignKey(
        Method, models.PROTECT, related_name="snapshots", verbose_name=_("method")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=SnapshotKind.choices)
    period = models.CharField(_("period"), max_length=10)
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replacement", verbose_name=_("replaces")
    )
    why = models.CharField(_("why it was made again"), max_length=300, blank=True)
    ends_on = models.DateField(_("as of the end of"))
    cut = models.DateTimeField(_("facts recorded up to"))
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=SnapshotStatus.choices,
        default=SnapshotStatus.COMPUTING,
    )
    draws = models.PositiveIntegerField(_("draws"))
    seed = models.BigIntegerField(_("seed"))
    code_version = models.CharField(_("version of the program"), max_length=64)
    facts_digest = models.CharField(_("digest of the facts"), max_length=64, blank=True)
    values_digest = models.CharField(_("digest of the values"), max_length=64, blank=True)
    scores_digest = models.CharField(_("digest of the scores"), max_length=64, blank=True)
    facts_count = models.PositiveIntegerField(_("facts"), default=0)
    job = models.ForeignKey(
        Job, models.SET_NULL, null=True, related_name="+", verbose_name=_("job")
    )
    started_at = models.DateTimeField(_("started at"))
    computed_at = models.DateTimeField(_("computed at"), null=True)
    published_at = models.DateTimeField(_("published at"), null=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        permissions: ClassVar = [("make_snapshot", "Can compute and publish snapshots")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["method", "kind", "period", "revision"],
                condition=~Q(kind="trial"),
                name="snapshot_once_a_period",
            ),
            models.CheckConstraint(
                name="snapshot_computed_has_digests",
                condition=~Q(status__in=["ready", "published", "replaced"])
                | Q(computed_at__isnull=False)
                & ~Q(facts_digest="")
                & ~Q(values_digest="")
                & ~Q(scores_digest=""),
            ),
            models.CheckConstraint(
                name="snapshot_published_has_its_time",
                condition=~Q(status__in=["published", "replaced"]) | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="snapshot_trial_stays_inside",
                condition=~Q(kind="trial") | Q(published_at__isnull=True),
            ),
            models.CheckConstraint(
                name="snapshot_revision_replaces",
                condition=Q(revision=1, replaces__isnull=True)
                | Q(revision__gt=1, replaces__isnull=False) & ~Q(why=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["kind", "status", "-ends_on"], name="snapshot_newest")
        ]

    def __str__(self) -> str:
        return f"{self.method} · {self.period} · {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("snapshot_detail", args=[self.pk])

    @property
    def first_published_at(self) -> datetime | None:
        """Of its first revision: a correction gives nobody more time to contest."""
        first = self
        while first.replaces is not None:
            first = first.replaces
        return first.published_at


class RatingQuerySet(models.QuerySet["Rating"]):
    def visible_to(self, actor: Actor) -> RatingQuerySet:
        """Published official ratings are everybody's, anything else the party's own."""
        if actor.has_perm("evaluation.view_snapshot"):
            return self.all()
        seen = Snapshot.objects.visible_to(actor)
        public = Q(snapshot__kind__in=[SnapshotKind.OFFICIAL, SnapshotKind.BESIDE])
        return self.filter(public | Q(party=actor.party_id), snapshot__in=seen)


class Rating(models.Model):
    """One party in one snapshot, for one service type (none: as a whole, such as agencies).

    `segment` is the one it was compared in, which is the parent of `own_segment` where that has
    too few rated. `is_home`: the service most of its settled business is in. Scores are in units
    of the method's scale; empty is not rated. The composite's stand here to be sorted by."""

    id = models.BigAutoField(primary_key=True)
    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="ratings")
    party = models.ForeignKey(Party, models.PROTECT, related_name="ratings")
    service = models.ForeignKey(ServiceType, models.PROTECT, null=True)
    own_segment = models.CharField(max_length=60)
    segment = models.CharField(max_length=60)
    segment_rated = models.PositiveIntegerField()
    is_home = models.BooleanField()
    gates = models.JSONField(default=list)
    score = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    coverage = models.FloatField()
    rank = models.PositiveIntegerField(null=True)
    rank_best = models.PositiveIntegerField(null=True)
    rank_worst = models.PositiveIntegerField(null=True)
    is_tied = models.BooleanField(default=False)

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["snapshot", "party", "service"],
                nulls_distinct=False,
                name="rating_once_a_service",
            ),
            models.UniqueConstraint(
                fields=["snapshot", "party"], condition=Q(is_home=True), name="rating_one_home"
            ),
            models.CheckConstraint(
                name="rating_rank_and_score_together",
                condition=Q(score__isnull=True, rank__isnull=True)
                | Q(score__isnull=False, rank__isnull=False),
            ),
            models.CheckConstraint(
                name="rating_interval_in_order",
                condition=Q(low__isnull=True) | Q(low__lte=F("high")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["snapshot", "segment", "rank"], name="rating_in_segment"),
            models.Index(fields=["party", "-snapshot"], name="rating_of_party"),
        ]

    def __str__(self) -> str:
        return f"{self.snapshot_id}: {self.party_id} {self.score}"

    @property
    def parts(self) -> list[DimensionScore]:
        """Its dimensions; selectors read them with it, in the method's order."""
        return list(self.dimensions.all())


class DimensionScore(models.Model):
    """One dimension of a rating."""

    id = models.BigAutoField(primary_key=True)
    rating = models.ForeignKey(Rating, models.CASCADE, related_name="dimensions")
    dimension = models.CharField(max_length=40)
    score = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    coverage = models.FloatField()
    rank = models.PositiveIntegerField(null=True)
    median = models.FloatField(null=True)  # of the segment, where 8 or more are rated

    class Meta:
        verbose_name = _("score of a dimension")
        verbose_name_plural = _("scores of dimensions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rating", "dimension"], name="dimension_score_once")
        ]

    def __str__(self) -> str:
        return f"{self.rating_id} {self.dimension}: {self.score}"


class IndicatorValue(models.Model):
    """What the facts of a rating folded into, as it went into the engine; `sample` empty: as good
    as any. `facts`, `struck`, `ungraded`: how many were counted, taken out by a rule, and left out
    as self-reported. An indicator without counted facts has its row too, without a value."""

    id = models.BigAutoField(primary_key=True)
    rating = models.ForeignKey(Rating, models.CASCADE, related_name="values")
    indicator = models.CharField(max_length=40)
    value = models.FloatField(null=True)
    sample = models.FloatField(null=True)
    scaled = models.FloatField(null=True)  # onto the method's scale; empty: not enough data
    percentile = models.FloatField(null=True)  # in the segment, 0–100, where 8 or more have one
    facts = models.PositiveIntegerField(default=0)
    struck = models.PositiveIntegerField(default=0)
    ungraded = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("value of an indicator")
        verbose_name_plural = _("values of indicators")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rating", "indicator"], name="indicator_value_once")
        ]

    def __str__(self) -> str:
        return f"{self.rating_id} {self.indicator}: {self.value}"
