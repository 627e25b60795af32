"""Stars as directories show and narrow by them."""

from __future__ import annotations

from collections.abc import Collection

from portal.core import clock
from portal.parties.listing import Reached, publish_reach, register_standing_source
from portal.tiers.models import StarStanding
from portal.tiers.selectors import benefits_on
from portal.tiers.states import BenefitKind


def publish_stars_of(parties: Collection[int] | None = None) -> None:
    """Of these agencies, or of all; a star shows where its rules say that it brings this."""
    benefits = benefits_on(clock.today())
    rows = StarStanding.objects.all()
    if parties is not None:
        rows = rows.filter(party__in=parties)
    publish_reach(
        {
            party: Reached(stars=stars if (stars, BenefitKind.LISTED) in benefits else None)
            for party, stars in rows.values_list("party", "stars")
        }
    )


@register_standing_source
def publish_all_stars() -> None:
    publish_stars_of()
