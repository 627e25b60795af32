"""By what else a directory orders its parties, apart from the columns of their listings."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from portal.parties.models.party import Party

FOLLOWERS = 0
UNKNOWN = -1


class Rank(models.Model):
    """`by`: the key of a service type, and `value` the party's score for it in hundredths of a
    point; or FOLLOWERS, and how many follow a creator. UNKNOWN stands last. A narrow row of its
    own: a new figure each day is not to cost an entry for every token of the listing. Everybody
    listed has the rows of its kind; they outlive the listing."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="ranks", db_index=False)
    by = models.PositiveIntegerField()
    value = models.BigIntegerField(default=UNKNOWN)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["party", "by"], name="rank_once"),
            models.CheckConstraint(name="rank_value", condition=models.Q(value__gte=UNKNOWN)),
        ]
        indexes: ClassVar = [models.Index(fields=["by", "-value", "-party"], name="rank_order")]

    def __str__(self) -> str:
        return f"{self.party_id} by {self.by}: {self.value}"
