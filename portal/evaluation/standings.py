"""What directories order and narrow by, told to the parties below: the score of one's home service,
the score for each service type, and the size band one is compared in."""

from __future__ import annotations

from portal.evaluation.models import Snapshot
from portal.evaluation.segments import band_of
from portal.evaluation.selectors.ratings import METHOD_OF, official_snapshot
from portal.parties.listing import (
    Reached,
    publish_reach,
    publish_standings,
    register_standing_source,
)
from portal.parties.models import Reach, Standing
from portal.parties.ranks import publish_service_scores
from portal.parties.states import PartyKind

HUNDREDTHS = 100


def publish_standings_of(snapshot: Snapshot) -> None:
    """Who has no score any more is not rated, and who has no band any more has none."""
    code = snapshot.method.code
    if code == METHOD_OF[PartyKind.PROVIDER]:
        _publish_service_scores(snapshot)
        _publish_size_bands(snapshot)
    before = Standing.objects.filter(party__kind=code).values_list("party_id", flat=True)
    homes = snapshot.ratings.filter(is_home=True).values_list("party_id", "score")
    scores: dict[int, int | None] = dict.fromkeys(before)
    for party_id, score in homes:
        scores[party_id] = None if score is None else round(score * HUNDREDTHS)
    publish_standings(scores)


def _publish_service_scores(snapshot: Snapshot) -> None:
    rows = snapshot.ratings.values_list("party_id", "service_id", "score")
    publish_service_scores(
        {
            (party, service): round(score * HUNDREDTHS)
            for party, service, score in rows
            if service is not None and score is not None
        }
    )


def _publish_size_bands(snapshot: Snapshot) -> None:
    before = Reach.objects.exclude(size_band="").filter(party__kind=PartyKind.PROVIDER)
    bands = dict.fromkeys(before.values_list("party_id", flat=True), "")
    homes = snapshot.ratings.filter(is_home=True).values_list("party_id", "own_segment")
    bands |= {party: band_of(segment) for party, segment in homes}
    publish_reach({party: Reached(size_band=band) for party, band in bands.items()})


@register_standing_source
def publish_newest_standings() -> None:
    for code in METHOD_OF.values():
        snapshot = official_snapshot(code)
        if snapshot is not None:
            publish_standings_of(snapshot)
