"""At a fair a brand sees how each provider there suits its open needs: by the same order as the
candidates of the need."""

from __future__ import annotations

from collections.abc import Sequence

from matchmaking.matching import Asked, PartLine, register_offers
from matchmaking.needs.models import Need
from matchmaking.needs.ranking import Candidate, CandidateList
from matchmaking.needs.states import Seeks

MOST_NEEDS = 3  # the newest


@register_offers
def best_of_needs(merchant: int, providers: Sequence[int]) -> dict[int, Asked]:
    """By the need that suits each provider best."""
    rows = Need.objects.taking_proposals().filter(
        merchant=merchant, seeks=Seeks.PROVIDER, only_for=None
    )
    found: dict[int, Asked] = {}
    for need in rows.prefetch_related("services", "categories").order_by("-pk")[:MOST_NEEDS]:
        for key, candidate in CandidateList(need).of_parties(providers).items():
            asked = _asked(need, candidate)
            if key not in found or asked.points > found[key].points:
                found[key] = asked
    return found


def _asked(need: Need, candidate: Candidate) -> Asked:
    return Asked(
        points=round(candidate.total),
        certainty=round(100 * candidate.confidence),
        parts=[
            PartLine(part.code, part.name, part.points, part.weight, part.is_measured)
            for part in candidate.parts
        ],
        need_id=need.pk,
        title=need.title,
    )
