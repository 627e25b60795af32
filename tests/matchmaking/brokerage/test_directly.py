"""Who is represented by the platform is asked through it, by every other way too."""

from __future__ import annotations

import pytest

from matchmaking.brokerage import services as brokerage
from matchmaking.needs import services
from matchmaking.needs.models import Need
from matchmaking.needs.states import Seeks
from portal.core.verdict import Refused
from tests import factories

pytestmark = pytest.mark.django_db
SENTENCE = "ask for an introduction|申请官方撮合"


@pytest.fixture
def represented(creator, operator):
    brokerage.represent_creator(operator.actor, creator=creator.party, note="电话确认")
    return creator


@pytest.fixture
def need(merchant):
    return factories.open_need(merchant.actor, seeks=Seeks.CREATOR, service_ids=[])


def test_represented_creator_is_not_invited(merchant, represented, need):
    with pytest.raises(Refused, match=SENTENCE):
        services.invite_provider(merchant.actor, need=need, provider=represented.party)
    assert not need.proposals.exists()


def test_represented_creator_is_asked_for_nothing_alone(merchant, represented):
    asked = {"seeks": Seeks.CREATOR, "service_ids": [], "only_for_id": represented.party.pk}
    with pytest.raises(Refused, match=SENTENCE):
        factories.draft_need(merchant.actor, **asked)
    assert not Need.objects.exists()


def test_candidates_say_so_before(merchant, represented, need):
    page = merchant.browser().get(
        f"/needs/{need.pk}/candidates/", headers={"accept-language": "en"}
    )
    [row] = page.context["rows"]
    assert not row["can_invite"]


def test_profile_offers_only_the_way_through_the_platform(merchant, represented):
    page = merchant.browser().get(f"/creators/{represented.party.pk}/").content.decode()
    assert f"/needs/new/?for={represented.party.pk}" not in page


def test_other_creators_are_invited(merchant, creator, need):
    assert services.invite_provider(merchant.actor, need=need, provider=creator.party)
