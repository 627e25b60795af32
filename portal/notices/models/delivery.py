"""A message that goes out of the site: to whom, by which way, and what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.notices.models.bot import MANAGING, ChatBot
from portal.notices.models.digest import Digest
from portal.notices.models.notice import Notice
from portal.notices.states import Channel, Outcome


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, actor: Actor) -> DeliveryQuerySet:
        """One's own, and those to chats of the party one manages."""
        if actor.user is None or actor.key_id:
            return self.none()
        mine = Q(user=actor.user)
        if actor.party_id is not None and actor.role in MANAGING:
            mine |= Q(bot__party_id=actor.party_id)
        return self.filter(mine)


class Delivery(models.Model):
    """One message. While it has no outcome, the outbox row of its `key` says how often it was
    tried and when next. `notice` and `digest` are what it is about; a test has neither."""

    id = models.BigAutoField(primary_key=True)
    channel = models.CharField(_("channel"), max_length=4, choices=Channel.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, verbose_name=_("person")
    )
    bot = models.ForeignKey(ChatBot, models.CASCADE, null=True, verbose_name=_("chat bot"))
    notice = models.ForeignKey(Notice, models.CASCADE, null=True, verbose_name=_("notice"))
    digest = models.ForeignKey(Digest, models.CASCADE, null=True, verbose_name=_("digest"))
    once = models.CharField(max_length=140, unique=True)  # what makes it this one and no other
    created_at = models.DateTimeField(_("created at"))
    ended_at = models.DateTimeField(_("ended at"), null=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices, blank=True)
    problem = models.CharField(_("what went wrong"), max_length=200, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("message sent")
        verbose_name_plural = _("messages sent")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="delivery_to_somebody",
                condition=Q(user__isnull=False) | Q(bot__isnull=False),
            ),
            models.CheckConstraint(
                name="delivery_ended_has_outcome",
                condition=Q(ended_at=None, outcome="") | Q(ended_at__isnull=False) & ~Q(outcome=""),
            ),
            models.CheckConstraint(
                name="delivery_failed_says_why", condition=~Q(outcome="failed") | ~Q(problem="")
            ),
            models.CheckConstraint(
                name="delivery_about_one_thing", condition=Q(notice=None) | Q(digest=None)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["user", "-id"], name="delivery_of_person"),
            models.Index(fields=["bot", "-id"], name="delivery_of_bot"),
            models.Index(fields=["created_at"], name="delivery_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.once}"

    @property
    def key(self) -> str:
        """Of its row in the outbox."""
        return f"delivery:{self.pk}"

    @property
    def outcome_name(self) -> str:
        return str(Outcome(self.outcome).label) if self.outcome else str(_("Under way"))
