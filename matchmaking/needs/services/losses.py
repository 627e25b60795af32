"""What a bid that lost is told: where it stood against the awarded one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from matchmaking.engine.pricing import cost
from matchmaking.engine.standing import Bid, standing_of
from matchmaking.needs.models import Proposal


def note_standings(awarded: Proposal) -> None:
    """Write it on every other proposal that was handed in for the need, whatever ended it. By the
    need's own target, or by the fees alone where it has none."""
    need = awarded.need
    others = list(
        need.proposals.filter(submitted_at__isnull=False, monthly_fee_fen__isnull=False)
        .exclude(pk=awarded.pk)
        .select_for_update(of=("self",), no_key=True)
    )
    for proposal in others:
        proposal.need = need
    for proposal, standing in standings_of(awarded, [awarded, *others]):
        proposal.lost_by = standing
    Proposal.objects.bulk_update(others, ["lost_by"])


def standings_of(
    awarded: Proposal, every: Sequence[Proposal]
) -> Iterator[tuple[Proposal, dict[str, Any]]]:
    """Each of `every` but the awarded one, with where it stood."""
    bids = {proposal.pk: _bid(proposal) for proposal in every}
    for proposal in every:
        if proposal.pk != awarded.pk:
            standing = standing_of(bids[proposal.pk], bids[awarded.pk], list(bids.values()))
            yield proposal, asdict(standing)


def _bid(proposal: Proposal) -> Bid:
    assert proposal.starts_on is not None
    assert proposal.submitted_at is not None
    gmv = proposal.need.gmv_target_fen or 0
    fen = cost(proposal.price, months=proposal.months, gmv_fen=gmv)
    return Bid(fen, proposal.starts_on, proposal.submitted_at)
