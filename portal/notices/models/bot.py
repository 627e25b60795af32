"""Chat bots: the incoming webhooks of a group chat, of a person or of a party."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.notices.states import BotKind

MANAGING = ("owner", "manager")  # roles; who they are is the parties' business


class ChatBotQuerySet(models.QuerySet["ChatBot"]):
    def live(self) -> ChatBotQuerySet:
        return self.filter(ended_at=None)

    def visible_to(self, actor: Actor) -> ChatBotQuerySet:
        """One's own, and those of the party one manages."""
        if actor.user is None or actor.key_id:
            return self.none()
        mine = Q(user=actor.user)
        if actor.party_id is not None and actor.role in MANAGING:
            mine |= Q(party_id=actor.party_id)
        return self.filter(mine)


class ChatBot(models.Model):
    """Where a chat takes messages. Its address is its key, so it is sealed; so is its secret."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(_("kind"), max_length=10, choices=BotKind.choices)
    name = models.CharField(_("name"), max_length=60)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        related_name="chat_bots",
        verbose_name=_("person"),
    )
    party_id = models.BigIntegerField(_("party"), null=True)  # notices know no parties
    host = models.CharField(_("host"), max_length=120)
    url_sealed = models.BinaryField()
    secret_sealed = models.BinaryField(null=True)
    topics = ArrayField(
        models.CharField(max_length=40), default=list, verbose_name=_("topics"), blank=True
    )
    language = models.CharField(_("language"), max_length=8)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    created_at = models.DateTimeField(_("created at"))
    sent_at = models.DateTimeField(_("last sent"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = ChatBotQuerySet.as_manager()

    class Meta:
        verbose_name = _("chat bot")
        verbose_name_plural = _("chat bots")
        permissions: ClassVar = [("end_chatbot", "Can end chat bots of people and parties")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="chat_bot_of_a_person_or_a_party",
                condition=Q(user__isnull=False, party_id=None)
                | Q(user=None, party_id__isnull=False),
            ),
            models.CheckConstraint(
                name="chat_bot_of_a_party_has_topics",
                condition=Q(party_id=None) | Q(topics__len__gt=0),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["party_id"], condition=Q(ended_at=None), name="bot_of_party"),
            models.Index(fields=["user"], condition=Q(ended_at=None), name="bot_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.host})"
