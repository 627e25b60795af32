"""A party's objection to a claim that failed or was revoked, judged by a second person."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.models import StoredFile
from portal.rewards.models.claims import Claim
from portal.rewards.states import AppealStatus, ClaimStatus

AGAINST = [
    (ClaimStatus.FAILED.value, ClaimStatus.FAILED.label),
    (ClaimStatus.REVOKED.value, ClaimStatus.REVOKED.label),
]


class ClaimAppealQuerySet(models.QuerySet["ClaimAppeal"]):
    def visible_to(self, actor: Actor) -> ClaimAppealQuerySet:
        if actor.has_perm("rewards.view_claimappeal"):
            return self.all()
        return self.filter(claim__party=actor.party_id) if actor.party_id else self.none()

    def waiting(self) -> ClaimAppealQuerySet:
        return self.filter(status=AppealStatus.FILED)

    def to_the_result(self) -> ClaimAppealQuerySet:
        """To what was decided last, not to what an objection turned already."""
        rows = self.exclude(status=AppealStatus.WITHDRAWN)
        return rows.filter(against=F("claim__status"), turn=F("claim__turns"))


class ClaimAppeal(models.Model):
    """`against`: what was decided; `said`: the reason that was given; `first`: who gave it. `turn`:
    which of the claim's turns it is about: a claim revoked a second time is objected to anew."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    claim = models.ForeignKey(
        Claim, models.PROTECT, related_name="appeals", verbose_name=_("claim of a task")
    )
    against = models.CharField(_("against"), max_length=7, choices=AGAINST)
    turn = models.PositiveSmallIntegerField(_("turns"), default=0)
    said = models.CharField(_("reason that was given"), max_length=600)
    text = models.TextField(_("what is wrong"), max_length=2000)
    evidence = models.ManyToManyField(StoredFile, related_name="+", verbose_name=_("evidence"))
    status = models.CharField(
        _("status"), max_length=9, choices=AppealStatus.choices, default=AppealStatus.FILED
    )
    filed_at = models.DateTimeField(_("filed at"))
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("filed by"),
    )
    due_on = models.DateField(_("answered by"))
    first = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("first person"),
    )
    sentence = models.CharField(_("answer to the party"), max_length=600, blank=True)
    decider = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("second person"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)

    objects = ClaimAppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("objection to a claim's result")
        verbose_name_plural = _("objections to claims' results")
        permissions: ClassVar = [("decide_claimappeal", "Can decide objections to claims")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["claim", "against", "turn"],
                condition=~Q(status="withdrawn"),
                name="reward_appeal_once",
            ),
            models.CheckConstraint(name="reward_appeal_says_what", condition=~Q(text="")),
            models.CheckConstraint(
                name="reward_appeal_decided_says_why",
                condition=Q(status__in=["filed", "withdrawn"], decided_at=None, sentence="")
                | Q(status__in=["upheld", "granted"], decided_at__isnull=False) & ~Q(sentence=""),
            ),
            models.CheckConstraint(
                name="reward_appeal_by_a_second_person",
                condition=Q(decider=None) | Q(first=None) | ~Q(decider=F("first")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_on"], condition=Q(status="filed"), name="reward_appeal_queue")
        ]

    def __str__(self) -> str:
        return f"{self.claim}"
