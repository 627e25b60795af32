"""The row by which a directory finds a listed party. It is made of other rows and can be made again
from them at any time: `manage.py publish_listings`."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from portal.parties import states
from portal.parties.models.party import Party

NOT_RATED = -1


class Standing(models.Model):
    """What others found out about a party, in hundredths of a point; no row = not rated. Kept apart
    from the listing, so that hiding a party does not forget it."""

    party = models.OneToOneField(Party, models.CASCADE, primary_key=True, related_name="standing")
    score = models.IntegerField()
    published_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="standing_score_range", condition=models.Q(score__gte=0, score__lte=10_000)
            )
        ]

    def __str__(self) -> str:
        return f"{self.party_id}: {self.score}"


class Reach(models.Model):
    """How many follow a creator, how many of them buy, and what a thing costs there: on average,
    and the sales of each of `GOODS_BANDS` in basis points. Of a provider, the size band of what it
    settled for its merchants; of an agency, its stars and the year of the top-100 mark it holds.
    Directory and needs narrow by them; written by those who know. Empty is not known."""

    party = models.OneToOneField(Party, models.CASCADE, primary_key=True, related_name="reach")
    followers = models.BigIntegerField(null=True)
    shopping_followers = models.BigIntegerField(null=True)
    average_price_fen = models.BigIntegerField(null=True)
    goods_bp = ArrayField(models.PositiveIntegerField(), null=True)
    size_band = models.CharField(max_length=40, blank=True, default="")
    stars = models.PositiveSmallIntegerField(null=True)
    mark_year = models.PositiveSmallIntegerField(null=True)
    published_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.party_id}: {self.followers}"


class Listing(models.Model):
    """Stands here exactly as long as its party is listed: that is how a directory, its counts and
    its facets see the same parties.

    `text`, `readings`, `sort_key`, `tokens`: see `portal.parties.search`. `tokens` holds the
    facets too; `facets` are these alone, `packed_facets` the same again, to be counted.
    """

    party = models.OneToOneField(Party, models.CASCADE, primary_key=True, related_name="listing")
    kind = models.CharField(max_length=10, choices=states.PartyKind.choices)
    text = models.TextField()
    readings = models.TextField()
    sort_key = models.CharField(max_length=120, db_collation="C")
    tokens = ArrayField(models.IntegerField())
    facets = ArrayField(models.IntegerField())
    packed_facets = models.BinaryField()
    score = models.IntegerField(default=NOT_RATED)  # never null: a page begins at a comparison
    since = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            # Each edit pays for its own index entries: a pending list would make readers pay.
            GinIndex(fields=["tokens"], name="listing_tokens", fastupdate=False),
            models.Index(fields=["kind", "-score", "-party"], name="listing_by_score"),
            models.Index(fields=["kind", "-since", "-party"], name="listing_by_since"),
            models.Index(fields=["kind", "sort_key", "party"], name="listing_by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.party_id}"


class ListingBefore(models.Model):
    """How a party was found before a change; empty where it was not listed. The oldest one behind a
    moment says what stood there then, so a search can tell who has come into it since."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=states.PartyKind.choices)
    text = models.TextField()
    readings = models.TextField()
    facets = ArrayField(models.IntegerField())
    changed_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["kind", "changed_at"], name="listing_before_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} until {self.changed_at}"
