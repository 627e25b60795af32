"""Stars and marks as directories show and narrow by them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from portal.core import clock
from portal.parties.listing import Reached, publish_reach, register_standing_source
from portal.parties.models import Reach
from portal.tiers.models import CertificationMark, StarStanding
from portal.tiers.selectors import benefits_on
from portal.tiers.states import BenefitKind


def publish_stars_of(parties: Collection[int] | None = None) -> None:
    """Of these agencies, or of all; a star shows where its rules say that it brings this. The
    top-100 mark stands in the same row, so it is told with them, also to who has lost it."""
    benefits = benefits_on(clock.today())
    rows, marks = StarStanding.objects.all(), CertificationMark.objects.held()
    if parties is not None:
        rows, marks = rows.filter(party__in=parties), marks.filter(party__in=parties)
    stars_of = dict(rows.values_list("party", "stars"))
    years = dict(marks.order_by("round__year").values_list("party", "round__year"))
    had = Reach.objects.filter(mark_year__isnull=False)
    if parties is not None:
        had = had.filter(party__in=parties)
    told = {*stars_of, *years, *had.values_list("party", flat=True)}
    publish_reach(
        {
            party: Reached(
                stars=_shown(stars_of.get(party), benefits),
                mark_year=years.get(party),
            )
            for party in told
        }
    )


def _shown(stars: int | None, benefits: Mapping[tuple[int, str], int]) -> int | None:
    return stars if stars is not None and (stars, BenefitKind.LISTED) in benefits else None


@register_standing_source
def publish_all_stars() -> None:
    publish_stars_of()
