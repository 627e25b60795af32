"""Which door a proposal comes through."""

from matchmaking.cooperation.doors import Through
from matchmaking.cooperation.states import Door
from matchmaking.needs.models import Proposal


def through(proposal: Proposal) -> Through:
    """Which of them a proposal came through."""
    need = proposal.need
    door = Door.NEED
    if need.service_offer_id is not None:
        door = Door.PACKAGE
    elif need.only_for_id is not None:
        door = Door.INVITATION
    return Through(door, str(proposal.pk), str(need.pk))
