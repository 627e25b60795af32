"""Methods: how parties are rated, as published documents that no longer change."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.evaluation.states import PUBLIC_METHODS, MethodStatus

NOTICE = timedelta(days=15)


class MethodQuerySet(models.QuerySet["Method"]):
    def public(self) -> MethodQuerySet:
        return self.filter(status__in=PUBLIC_METHODS)

    def visible_to(self, actor: Actor) -> MethodQuerySet:
        return self.all() if actor.has_perm("evaluation.view_method") else self.public()

    def in_force(self, code: str) -> MethodQuerySet:
        return self.filter(code=code, status=MethodStatus.IN_FORCE)


class Method(models.Model):
    """One version of one method. `document` is what `portal.evaluation.engine` reads, word for
    word the file of `manage.py evaluate`; `gathering` says how facts become its indicators: which
    measure and fold, which window, and the thresholds of the rules against gaming.

    Both are frozen from the announcement on, by a trigger. `digest` is of both.
    """

    code = models.CharField(_("method"), max_length=20)
    version = models.CharField(_("version"), max_length=20)
    document = models.JSONField(_("document"))
    gathering = models.JSONField(_("how facts are gathered"))
    change_zh = models.TextField(_("what changes (Chinese)"), max_length=2000, blank=True)
    change_en = models.TextField(_("what changes (English)"), max_length=2000, blank=True)
    status = models.CharField(
        _("status"), max_length=9, choices=MethodStatus.choices, default=MethodStatus.DRAFT
    )
    digest = models.CharField(_("digest"), max_length=64, blank=True)
    impact = models.JSONField(_("whom it moves, and how far"), null=True)
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("created by"),
    )
    announced_at = models.DateTimeField(_("announced at"), null=True)
    comes_into_force_at = models.DateTimeField(_("comes into force at"), null=True)
    retired_at = models.DateTimeField(_("retired at"), null=True)

    objects = MethodQuerySet.as_manager()

    class Meta:
        verbose_name = _("method")
        verbose_name_plural = _("methods")
        permissions: ClassVar = [("publish_method", "Can announce methods and take them back")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "version"], name="method_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(status="in_force"), name="method_one_in_force"
            ),
            models.UniqueConstraint(
                fields=["code"], condition=Q(status="announced"), name="method_one_announced"
            ),
            models.CheckConstraint(
                name="method_public_has_dates_and_digest",
                condition=~Q(status__in=["announced", "in_force", "retired"])
                | Q(announced_at__isnull=False, comes_into_force_at__isnull=False) & ~Q(digest=""),
            ),
            models.CheckConstraint(
                name="method_notice_of_15_days",
                condition=Q(comes_into_force_at__isnull=True)
                | Q(comes_into_force_at__gte=F("announced_at") + NOTICE),
            ),
            models.CheckConstraint(
                name="method_retired_has_its_time",
                condition=Q(status="retired", retired_at__isnull=False)
                | ~Q(status="retired") & Q(retired_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("method_detail", args=[self.code, self.version])

    @property
    def change(self) -> str:
        return self.change_en if get_language() == "en" else self.change_zh
