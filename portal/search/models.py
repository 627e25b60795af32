"""What the search keeps of rows that have no index of their own."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """The names of one row of a kind: see `portal.parties.search`. Made of that row, and made again
    from it at any time: `manage.py publish_search`. Who may see the row is asked of the row."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(_("kind"), max_length=12)
    key = models.BigIntegerField(_("row"))
    text = models.TextField()
    readings = models.TextField()
    tokens = ArrayField(models.IntegerField())

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "key"], name="search_entry_once")
        ]
        indexes: ClassVar = [
            # Each edit pays for its own index entries: a pending list would make readers pay.
            GinIndex(fields=["tokens"], name="search_entry_tokens", fastupdate=False)
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
