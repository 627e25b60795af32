"""Rules small enough for a test, and what a creator's feed says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from portal.activity import services as activity
from portal.activity.fields import DayFields, FiguresFields
from portal.activity.states import Source
from portal.core import clock
from portal.growth.fields import RulesFields
from portal.parties.models import Party, Reach, Standing
from tests.factories import SYSTEM

SMALL = {
    "live": [1, 3, 5, 7, 9],
    "followers": [10, 100, 1_000, 10_000, 100_000],
    "value": [100, 1_000, 10_000, 100_000, 1_000_000],
    "efficiency": [1_000, 2_000, 3_000, 4_000, 5_000],
}


def fields(**changes: Any) -> RulesFields:
    defaults: dict[str, Any] = {
        "starts_on": clock.today() + timedelta(days=10),
        "source": "测试规则",
        "ladders": SMALL,
        "benefits": {("S", 5, "advice_hours"): 1, ("M", 3, "course_seats"): 4},
    }
    return RulesFields(**(defaults | changes))


def lived(
    party: Party, lives: Iterable[int], *, until: date, source: Source = Source.PLATFORM
) -> None:
    """So many live sessions a day, the last one on `until`; a tenth of the followers buy."""
    told = list(lives)
    days = [
        DayFields(
            party_id=party.pk,
            day=until - timedelta(days=len(told) - 1 - place),
            followers=1_000,
            shopping_followers=100,
            videos=0,
            lives=count,
            has_sold=count > 0,
        )
        for place, count in enumerate(told)
    ]
    activity.record_days(SYSTEM, days=days, source=source)


def efficient(party: Party, gpm_fen: int, *, day: date, source: Source = Source.PLATFORM) -> None:
    figures = [FiguresFields(party_id=party.pk, day=day, gpm_fen=gpm_fen)]
    activity.record_figures(SYSTEM, figures=figures, source=source)


def rated(party: Party, *, size: str, score: int) -> None:
    """What directories and benefits go by: a size band, and hundredths of a point."""
    facts = {"published_at": clock.now()}
    Reach.objects.update_or_create(party=party, defaults=facts | {"size_band": size})
    Standing.objects.update_or_create(party=party, defaults=facts | {"score": score})
