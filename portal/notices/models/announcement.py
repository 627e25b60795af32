"""What operators tell everybody, or every party of a kind, in both languages."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.notices.states import Audience, Weight


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def visible_to(self, actor: Actor) -> AnnouncementQuerySet:
        """What has begun and is meant for this person; the platform's people see all of it."""
        begun = self.filter(starts_at__lte=clock.now())
        if actor.user is not None and actor.user.is_staff:
            return begun
        return begun.filter(Q(audience=[]) | Q(audience__overlap=audiences_of(actor)))

    def current(self, now: datetime) -> AnnouncementQuerySet:
        return self.filter(starts_at__lte=now, ends_at__gt=now)


class Announcement(models.Model):
    """A banner from one moment until another, then a line of the history. Without an audience it is
    for everybody, visitors too."""

    id = models.BigAutoField(primary_key=True)
    title_zh = models.CharField(_("Chinese title"), max_length=80)
    title_en = models.CharField(_("English title"), max_length=120)
    text_zh = models.TextField(_("Chinese text"), max_length=1000, blank=True)
    text_en = models.TextField(_("English text"), max_length=2000, blank=True)
    weight = models.CharField(_("how loud"), max_length=6, choices=Weight.choices)
    audience = ArrayField(
        models.CharField(max_length=8, choices=Audience.choices),
        verbose_name=_("audience of it"),
        default=list,
        blank=True,
    )
    starts_at = models.DateTimeField(_("shown from"))
    ends_at = models.DateTimeField(_("shown until"))
    url = models.CharField(_("leads to"), max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(_("created at"))

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ("-starts_at", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="announcement_ends_after_it_starts", condition=Q(ends_at__gte=F("starts_at"))
            ),
            models.CheckConstraint(
                name="announcement_leads_somewhere_safe",
                condition=Q(url="") | Q(url__regex=r"^(/([^/\\]|$)|https://)"),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["ends_at"], name="announcement_by_end")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("announcement_detail", args=[self.pk])

    @property
    def title(self) -> str:
        return self.title_zh if _is_chinese() else self.title_en

    @property
    def text(self) -> str:
        return self.text_zh if _is_chinese() else self.text_en

    @property
    def tone(self) -> str:
        """As `components/note.html` takes it."""
        return TONES[Weight(self.weight)]

    @property
    def is_current(self) -> bool:
        return self.starts_at <= clock.now() < self.ends_at

    def is_for(self, actor: Actor) -> bool:
        """Whether the banner is shown to this person."""
        return not self.audience or bool({*self.audience} & {*audiences_of(actor)})


class AnnouncementDismissal(models.Model):
    """Somebody has read a banner and put it away."""

    id = models.BigAutoField(primary_key=True)
    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="dismissals")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("announcement put away")
        verbose_name_plural = _("announcements put away")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "announcement"], name="announcement_put_away_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.announcement_id}"


TONES = {Weight.INFO: "info", Weight.WARN: "warn", Weight.URGENT: "bad"}


def audiences_of(actor: Actor) -> list[str]:
    """The audiences that somebody belongs to by the party they speak for now."""
    mine = [str(actor.party.kind)] if actor.party is not None else []
    if actor.user is not None and actor.user.is_staff:
        mine.append(Audience.STAFF)
    return mine


def _is_chinese() -> bool:
    return (get_language() or "").startswith("zh")
