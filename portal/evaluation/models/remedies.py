"""Which course or task lifts an indicator: filled by the parts that have courses and tasks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class RemedyKind(models.TextChoices):
    COURSE = "course", _("Course")
    TASK = "task", _("Task")
    GUIDE = "guide", _("Guide")


class Remedy(models.Model):
    """`origin` is the row of the part that offers it, once an indicator."""

    indicator = models.CharField(_("indicator"), max_length=40)
    kind = models.CharField(_("kind"), max_length=6, choices=RemedyKind.choices)
    title_zh = models.CharField(_("title (Chinese)"), max_length=80)
    title_en = models.CharField(_("title (English)"), max_length=120)
    url = models.CharField(_("address"), max_length=200)
    origin = models.CharField(_("offered by"), max_length=80)
    is_open = models.BooleanField(_("offered now"), default=True)

    class Meta:
        verbose_name = _("remedy")
        verbose_name_plural = _("remedies")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["indicator", "origin"], name="remedy_once")
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.title}"

    @property
    def title(self) -> str:
        return self.title_en if get_language() == "en" else self.title_zh
