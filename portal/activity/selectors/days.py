"""Reading the feed: for each day the best source's word."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from portal.activity.models import ActivityDay


@dataclass(frozen=True, slots=True)
class Feed:
    """A party's days, oldest first, and what they add up to. Days nobody reported are missing, not
    empty: `reported` of `span` days are known."""

    days: Sequence[ActivityDay]
    first: date
    last: date

    @property
    def span(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def reported(self) -> int:
        return len(self.days)

    @property
    def selling_days(self) -> int:
        return sum(day.has_sold for day in self.days)

    @property
    def videos(self) -> int:
        return sum(day.videos for day in self.days)

    @property
    def lives(self) -> int:
        return sum(day.lives for day in self.days)

    @property
    def followers(self) -> list[int]:
        return [day.followers for day in self.days]

    @property
    def shopping_followers(self) -> list[int]:
        return [d.shopping_followers for d in self.days if d.shopping_followers is not None]

    @property
    def growth(self) -> int | None:
        """Followers won since the first known day."""
        return self.followers[-1] - self.followers[0] if len(self.days) > 1 else None


def feed_of(party_id: int, *, last: date, span: int) -> Feed:
    """The `span` days up to and including `last`."""
    first = last - timedelta(days=span - 1)
    days = list(ActivityDay.objects.of_party(party_id).within(first, last).best())
    return Feed(days, first, last)


def selling_days(party_id: int, first: date, last: date) -> int:
    """On how many days the party sold something, after the best source of each."""
    best = ActivityDay.objects.of_party(party_id).within(first, last).best()
    return sum(best.values_list("has_sold", flat=True))


SOLD = """
    SELECT party_id, count(*), count(*) FILTER (WHERE has_sold)
    FROM (
        SELECT DISTINCT ON (party_id, day) party_id, has_sold FROM activity_activityday
        WHERE day BETWEEN %s AND %s AND party_id = ANY(%s)
        ORDER BY party_id, day, source DESC, id DESC
    ) AS best GROUP BY party_id
"""


def selling_days_of(
    party_ids: Collection[int], first: date, last: date
) -> dict[int, tuple[int, int]]:
    """Of each party with a known day: how many days are known, and on how many it sold something.
    One statement, however many parties."""
    with connection.cursor() as cursor:
        cursor.execute(SOLD, [first, last, sorted(party_ids)])
        return {party: (known, sold) for party, known, sold in cursor.fetchall()}
