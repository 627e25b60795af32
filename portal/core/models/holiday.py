"""Days that are not what their weekday says: public holidays, and weekends people work instead."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Holiday(models.Model):
    """A day of the official calendar. `is_workday`: a weekend day that is worked (调休)."""

    day = models.DateField(_("day"), unique=True)
    is_workday = models.BooleanField(_("worked"), default=False)
    name_zh = models.CharField(_("Chinese name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=60)

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering: ClassVar = ["-day"]

    def __str__(self) -> str:
        name = self.name_en if (get_language() or "").startswith("en") else self.name_zh
        return f"{self.day} {name}"
