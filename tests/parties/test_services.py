import pytest

from portal.core.verdict import Refused
from portal.parties import services
from portal.parties.states import PartyKind, PartyStatus
from tests import factories

pytestmark = pytest.mark.django_db


def test_approve_party_lists_and_tells_the_owner(reviewer, mailoutbox):
    party = factories.submitted_party(PartyKind.PROVIDER, "云帆电商")
    party = services.approve_party(reviewer.actor, party=party)
    assert party.status == PartyStatus.LISTED


def test_approve_party_by_a_stranger_changes_nothing(stranger):
    party = factories.submitted_party(PartyKind.PROVIDER, "云帆电商")
    with pytest.raises(Refused):
        services.approve_party(stranger.actor, party=party)
    party.refresh_from_db()
    assert party.status == PartyStatus.SUBMITTED
