"""An operator looks at the site as a person sees it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.parties.models.user import User


class ViewingQuerySet(models.QuerySet["Viewing"]):
    def open_at(self, now: datetime) -> ViewingQuerySet:
        return self.filter(ended_at=None, ends_at__gt=now)

    def of_person(self, person: User) -> ViewingQuerySet:
        return self.filter(person=person).order_by("-begun_at")


class Viewing(models.Model):
    """Half an hour in which one operator sees the site as one person: why, and how many pages. The
    person reads it beside their sign-ins; which pages they were stands in the trail."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    operator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("operator")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person")
    )
    reason = models.CharField(_("reason"), max_length=300)
    begun_at = models.DateTimeField(_("begun at"))
    ends_at = models.DateTimeField(_("ends at"))
    ended_at = models.DateTimeField(_("ended at"), null=True)
    pages = models.PositiveIntegerField(_("pages"), default=0)

    objects = ViewingQuerySet.as_manager()

    class Meta:
        verbose_name = _("look as a person")
        verbose_name_plural = _("looks as persons")
        permissions: ClassVar = [("view_as_person", "Can see the site as a person, read-only")]
        constraints: ClassVar = [
            models.CheckConstraint(name="viewing_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="viewing_of_somebody_else", condition=~Q(operator=F("person"))
            ),
            models.CheckConstraint(
                name="viewing_ends_after_it_began", condition=Q(ends_at__gt=F("begun_at"))
            ),
            models.UniqueConstraint(
                fields=["operator"], condition=Q(ended_at=None), name="viewing_one_open"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "-begun_at"], name="viewing_of_person")]

    def __str__(self) -> str:
        return f"{self.person} · {self.begun_at:%Y-%m-%d}"
