"""Which columns a person wants to see of a list."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


class TableChoice(models.Model):
    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    table = models.CharField(max_length=60)
    columns = ArrayField(models.CharField(max_length=60))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "table"], name="table_choice_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.table}"
