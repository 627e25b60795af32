"""A key for each person or party, with which personal values in append-only tables are sealed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SubjectKey(models.Model):
    """`subject`: whose values it seals, as `party:12`. Without its row nobody reads them again."""

    subject = models.CharField(max_length=40, primary_key=True)
    key = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("key of a subject")
        verbose_name_plural = _("keys of subjects")

    def __str__(self) -> str:
        return self.subject
