"""What needs brought of late goes to the party that stays, when two become one."""

import pytest

from matchmaking.needs import services
from matchmaking.needs.merging import move_blocked, move_blocks
from matchmaking.needs.models import Block
from tests import factories

pytestmark = pytest.mark.django_db


def test_block_of_both_stands_once_after_the_merge(merchant, provider, rival):
    need = factories.open_need(merchant.actor)
    for person in (provider, rival):
        proposal = factories.submitted_proposal(person.actor, need)
        services.block_party(person.actor, proposal=proposal)
    move_blocks(provider.party, rival.party)
    assert Block.objects.standing().get().blocker == provider.party
    assert Block.objects.get(blocker=rival.party).lifted_at  # over: it stays as it was


def test_block_against_both_stands_once_after_the_merge(merchant, provider, rival):
    need = factories.open_need(merchant.actor)
    for person in (provider, rival):
        proposal = factories.submitted_proposal(person.actor, need)
        services.block_party(merchant.actor, proposal=proposal)
    move_blocked(provider.party, rival.party)
    assert Block.objects.standing().get().blocked == provider.party
    assert Block.objects.get(blocked=rival.party).lifted_at
