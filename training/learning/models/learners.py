"""Who learns: a person of a party, with an account of this site or in the party's team."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.parties.models import Party, StaffMember


class LearnerQuerySet(models.QuerySet["Learner"]):
    def visible_to(self, actor: Actor) -> LearnerQuerySet:
        """Oneself, and the people of the party one speaks for; operators see all."""
        if actor.has_perm("learning.view_learner"):
            return self
        seen = Q(user=actor.user_id, user__isnull=False)
        if actor.party_id is not None:
            seen |= Q(party=actor.party_id)
        return self.filter(seen)


class Learner(models.Model):
    """One person of one party. `user`: their account; `member`: their row in the party's team."""

    id = models.BigAutoField(primary_key=True)
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="learners", verbose_name=_("party")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="learners",
        verbose_name=_("account"),
    )
    member = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, related_name="+", verbose_name=_("team member")
    )
    name = models.CharField(_("name"), max_length=40)
    created_at = models.DateTimeField(_("created at"))

    objects = LearnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("learner")
        verbose_name_plural = _("learners")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["party", "user"],
                condition=Q(user__isnull=False),
                name="learner_once_an_account",
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(member__isnull=False),
                name="learner_once_a_member",
            ),
            models.CheckConstraint(
                name="learner_is_somebody",
                condition=Q(user__isnull=False) | Q(member__isnull=False),
            ),
            models.CheckConstraint(name="learner_is_named", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        """Under which a claim to a seat names them."""
        return f"learner:{self.pk}"


class LearningFeed(models.Model):
    """Which address of a person's calendar of courses counts; 0: none does."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="learning_feed"
    )
    number = models.PositiveIntegerField(_("number of the calendar's address"), default=0)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("calendar of courses")
        verbose_name_plural = _("calendars of courses")

    def __str__(self) -> str:
        return f"{self.user_id} {self.number}"
