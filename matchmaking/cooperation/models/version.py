"""The versions of what was agreed: each stands as both sides accepted it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation import states
from matchmaking.cooperation.models.cooperation import Cooperation
from matchmaking.cooperation.models.steps import Amendment
from portal.core.actor import Actor


class CooperationVersionQuerySet(models.QuerySet["Version"]):
    def visible_to(self, actor: Actor) -> CooperationVersionQuerySet:
        return self.filter(cooperation__in=Cooperation.objects.visible_to(actor))

    def whole(self) -> CooperationVersionQuerySet:
        """With what a paper says beside the content."""
        return self.select_related("amendment", "cooperation__merchant", "cooperation__provider")


class Version(models.Model):
    """Append-only by database grants, and none without its amendment but one that was agreed at a
    door. `digest` is
    the SHA-256 of `content`, which names the parties by their numbers: names change, and a person
    may have theirs erased. The key is in the content, so that nobody guesses a digest."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    cooperation = models.ForeignKey(Cooperation, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    amendment = models.OneToOneField(Amendment, models.PROTECT, null=True)
    content = models.JSONField(_("content"))
    digest = models.CharField("SHA-256", max_length=64, unique=True)
    accepted_side = models.CharField(_("accepted by"), max_length=8, choices=states.Side.choices)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(_("accepted at"))

    objects = CooperationVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a cooperation")
        verbose_name_plural = _("versions of cooperations")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cooperation", "number"], name="version_once_a_cooperation"
            ),
            models.CheckConstraint(
                name="version_has_its_amendment",
                condition=Q(number=1) | Q(number__gt=1, amendment__isnull=False),
            ),
            models.CheckConstraint(
                name="version_digest", condition=Q(digest__regex=r"^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cooperation_id} v{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("cooperation_paper", args=[self.cooperation_id, self.number])
