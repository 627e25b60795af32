"""An agency's wish for the mark: its words and documents, what it scored, who looked at it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.models import StoredFile
from portal.evaluation.engine import Indicators
from portal.evaluation.models import Snapshot
from portal.parties.models import Party, parties_seen_whole, sees_all
from portal.tiers.certification_states import (
    OPEN,
    REVIEWED,
    CertificationStatus,
    PaperKind,
    ReviewVerdict,
)
from portal.tiers.models.certification_rounds import CertificationRound

MICRO = 1_000_000  # of a score, which is compared by six decimals
SCORED = ("scored", "reviewing", "passed", "waiting", "granted", "lapsed")


class CertificationApplicationQuerySet(models.QuerySet["CertificationApplication"]):
    def visible_to(self, actor: Actor) -> CertificationApplicationQuerySet:
        """An agency's own, but for who is narrowed there to some creators; drafts are seen by
        nobody else."""
        if actor.has_perm("tiers.view_certificationapplication"):
            return self.exclude(status=CertificationStatus.DRAFT)
        if actor.party_id is None:
            return self.none()
        own = self.filter(party=actor.party_id)
        return own if sees_all(actor) else own.filter(party__in=parties_seen_whole(actor))

    def undecided(self) -> CertificationApplicationQuerySet:
        return self.filter(status__in=OPEN)

    def to_check(self) -> CertificationApplicationQuerySet:
        return self.filter(status=CertificationStatus.SUBMITTED)

    def overdue(self) -> CertificationApplicationQuerySet:
        """What was asked of them did not come by its day."""
        asked = self.filter(status=CertificationStatus.NEED_INFO)
        return asked.filter(due_on__lt=clock.today()).order_by("due_on", "pk")

    def to_review(self) -> CertificationApplicationQuerySet:
        return self.filter(status__in=REVIEWED)

    def by_place(self) -> CertificationApplicationQuerySet:
        """The order in which places are given; what decides between equal scores is stated."""
        return self.order_by("-score_micro", "-net_fen", "-health", "submitted_at", "pk")

    def whole(self) -> CertificationApplicationQuerySet:
        return self.select_related("round__method", "party__city", "snapshot")


class CertificationApplication(models.Model):
    """One a round. `score_micro`: millionths of a point, empty until scored; `rank` counts from 1
    among those scored, equal scores share it. `due_on`: the day by which whoever is to act has to.
    `renews`: the application it was filled in from."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(
        CertificationRound, models.PROTECT, related_name="applications", verbose_name=_("round")
    )
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="certifications", verbose_name=_("agency")
    )
    renews = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", verbose_name=_("renews")
    )
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=CertificationStatus.choices,
        default=CertificationStatus.DRAFT,
    )
    strengths = models.TextField(_("what we do for creators"), max_length=2000, blank=True)
    cases = models.TextField(_("cases of the year"), max_length=2000, blank=True)
    created_at = models.DateTimeField(_("created at"))
    saved_at = models.DateTimeField(_("saved at"))
    submitted_at = models.DateTimeField(_("handed in at"), null=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("handed in by"),
    )
    due_on = models.DateField(_("to be done by"), null=True)
    asked = models.CharField(_("what is asked"), max_length=600, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("documents checked by"),
    )
    score_micro = models.BigIntegerField(_("score (millionths)"), null=True)
    net_fen = models.BigIntegerField(_("settled net GMV (fen)"), default=0)
    median_income_fen = models.BigIntegerField(_("median creator income (fen)"), default=0)
    health = models.PositiveSmallIntegerField(_("health (hundredths)"), default=0)
    incubated = models.PositiveIntegerField(_("newcomers brought up"), default=0)
    snapshot = models.ForeignKey(
        Snapshot, models.PROTECT, null=True, related_name="+", verbose_name=_("rated in")
    )
    inputs_hash = models.CharField(_("hash of the inputs"), max_length=64, blank=True)
    scores_hash = models.CharField(_("hash of the score"), max_length=64, blank=True)
    scored_at = models.DateTimeField(_("scored at"), null=True)
    rank = models.PositiveIntegerField(_("place"), null=True)
    is_tied = models.BooleanField(_("shares its score"), default=False)
    reason = models.TextField(_("reasons"), max_length=2000, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)

    objects = CertificationApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application for the top-100 mark")
        verbose_name_plural = _("applications for the top-100 mark")
        permissions: ClassVar = [
            ("check_certificationapplication", "Can check documents of the top-100 mark"),
            ("review_certificationapplication", "Can review applications for the top-100 mark"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "party"], name="certification_once_a_round"),
            models.CheckConstraint(
                name="certification_handed_in",
                condition=Q(status__in=["draft", "withdrawn"])
                | Q(submitted_at__isnull=False) & ~Q(strengths=""),
            ),
            models.CheckConstraint(
                name="certification_asks_for_something",
                condition=~Q(status="need_info") | ~Q(asked="") & Q(due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="certification_scored_is_whole",
                condition=Q(score_micro=None, scored_at=None, rank=None, inputs_hash="")
                | Q(score_micro__range=(0, 100 * MICRO), scored_at__isnull=False)
                & ~Q(inputs_hash="")
                & ~Q(scores_hash=""),
            ),
            models.CheckConstraint(
                name="certification_reviewed_was_scored",
                condition=~Q(status__in=SCORED) | Q(score_micro__isnull=False),
            ),
            models.CheckConstraint(
                name="certification_refused_says_why",
                condition=~Q(status="refused") | ~Q(reason="") & Q(decided_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_on"],
                condition=Q(status__in=sorted(status.value for status in OPEN)),
                name="certification_queue",
            ),
            models.Index(fields=["round", "-score_micro"], name="certification_by_score"),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.party_id}"

    def get_absolute_url(self) -> str:
        return reverse("certification_detail", args=[self.pk])

    @property
    def is_overdue(self) -> bool:
        is_asked = self.status == CertificationStatus.NEED_INFO
        return is_asked and self.due_on is not None and self.due_on < clock.today()

    @property
    def is_scored(self) -> bool:
        return self.score_micro is not None

    @property
    def score(self) -> float | None:
        return None if self.score_micro is None else self.score_micro / MICRO

    @property
    def key(self) -> str:
        """What the agency is called in the engine, and in the files of `manage.py evaluate`."""
        return str(self.party_id)

    @property
    def indicators(self) -> Indicators:
        """What the engine read of it."""
        values = {
            "net_gmv": self.net_fen / 100,
            "median_income": self.median_income_fen / 100,
            "health": self.health / 100,
            "incubated": float(self.incubated),
        }
        return Indicators.of_rows(
            [(self.key, code, value, None) for code, value in values.items()],
            codes=self.round.method.parsed.codes,
        )


class CertificationPaper(models.Model):
    """A document of an application, and its last day where it has one. A renewal points to the
    files of last year that still hold."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(
        CertificationApplication, models.CASCADE, related_name="papers", verbose_name=_("of")
    )
    kind = models.CharField(_("kind"), max_length=9, choices=PaperKind.choices)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    expires_on = models.DateField(_("last day"), null=True)
    added_at = models.DateTimeField(_("added at"))

    class Meta:
        verbose_name = _("document of an application for the mark")
        verbose_name_plural = _("documents of applications for the mark")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "file"], name="certification_file_once"),
            models.CheckConstraint(
                name="certification_licence_has_last_day",
                condition=~Q(kind="licence") | Q(expires_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class CertificationCreator(models.Model):
    """One creator behind a score, as known on the day it was made; only added."""

    id = models.BigAutoField(primary_key=True)
    application = models.ForeignKey(
        CertificationApplication, models.PROTECT, related_name="creators"
    )
    creator = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("creator"))
    net_fen = models.BigIntegerField(_("settled net GMV (fen)"))
    struck = models.PositiveIntegerField(_("suspicious orders, not counted"), default=0)
    income_fen = models.BigIntegerField(_("settled income (fen)"))
    is_active = models.BooleanField(_("active in the last quarter"))
    is_newcomer = models.BooleanField(_("first contract in the year"))
    is_incubated = models.BooleanField(_("brought up"))

    class Meta:
        verbose_name = _("creator behind a score")
        verbose_name_plural = _("creators behind scores")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "creator"], name="certification_creator_once"
            ),
            models.CheckConstraint(
                name="certification_incubated_is_new",
                condition=Q(is_incubated=False) | Q(is_newcomer=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.creator_id}"


class CertificationReviewQuerySet(models.QuerySet["CertificationReview"]):
    def refusing(self) -> CertificationReviewQuerySet:
        return self.filter(verdict=ReviewVerdict.REFUSE)


class CertificationReview(models.Model):
    """One person's verdict; only added. The third decides where the first two differ (trigger)."""

    id = models.BigAutoField(primary_key=True)
    application = models.ForeignKey(
        CertificationApplication, models.PROTECT, related_name="reviews", verbose_name=_("of")
    )
    place = models.PositiveSmallIntegerField(_("which one"))
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("reviewed by")
    )
    verdict = models.CharField(_("verdict"), max_length=6, choices=ReviewVerdict.choices)
    reason = models.CharField(_("reason"), max_length=600)
    at = models.DateTimeField(_("at"))

    objects = CertificationReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review of an application for the mark")
        verbose_name_plural = _("reviews of applications for the mark")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "reviewer"], name="certification_review_by_others"
            ),
            models.UniqueConstraint(
                fields=["application", "place"], name="certification_review_in_turn"
            ),
            models.CheckConstraint(
                name="certification_review_says_why",
                condition=Q(place__range=(1, 3)) & ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.place}"
