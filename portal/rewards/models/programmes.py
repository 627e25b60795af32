"""A season of tasks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Programme(models.Model):
    """Tasks and pools of some months. `team`: the staff group that answers for it."""

    id = models.BigAutoField(primary_key=True)
    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_zh = models.CharField(_("name in Chinese"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=80)
    text_zh = models.CharField(_("in short, in Chinese"), max_length=300, blank=True)
    text_en = models.CharField(_("in short, in English"), max_length=500, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    team = models.CharField(_("answered for by"), max_length=40, default="operator")
    cloned_from = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="clones", verbose_name=_("cloned from")
    )
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        verbose_name = _("season of tasks")
        verbose_name_plural = _("seasons of tasks")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="reward_season_in_order", condition=Q(ends_on__gte=F("starts_on"))
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_zh

    @property
    def text(self) -> str:
        return self.text_en if get_language() == "en" else self.text_zh
