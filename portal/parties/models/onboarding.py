from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from portal.parties.models.party import Party


class PutAway(models.Model):
    """A person has seen the checklist of a party to its end and wants it no more."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    party = models.ForeignKey(Party, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "party"], name="checklist_put_away_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.party_id}"
