"""Two operators, two claims, one party."""

import pytest

from portal.core.actor import Actor
from portal.core.verdict import Refused
from portal.parties import services
from portal.parties.models import Claim, Membership, Party
from portal.parties.states import PartyKind, Role
from tests import factories
from tests.conftest import staff_person

WORDS = "我是这家公司的运营负责人，可以核对。"


def claimant(number):
    user = factories.user(f"claimant{number}@example.com", f"申请人{number}")
    return Actor(user=user, party=None, role="person", via="web")


@pytest.mark.django_db(transaction=True)
def test_two_operators_give_it_to_one():
    party = factories.unclaimed_party(PartyKind.AGENCY, "远山")
    first, second = (services.claim_party(claimant(n), party=party, text=WORDS) for n in range(2))
    one, two = staff_person("operator").actor, staff_person("reviewer").actor
    answers = factories.at_once(
        lambda: services.accept_claim(one, claim=first),
        lambda: services.accept_claim(two, claim=second),
        behind=Party.objects.filter(pk=party.pk),
    )
    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    assert Membership.objects.filter(party=party, role=Role.OWNER).count() == 1
    statuses = sorted(Claim.objects.values_list("status", flat=True))
    assert statuses == ["accepted", "refused"]


@pytest.mark.django_db(transaction=True)
def test_one_person_claims_once():
    party, actor = factories.unclaimed_party(PartyKind.AGENCY, "远山"), claimant(1)
    answers = factories.at_once(
        *[lambda: services.claim_party(actor, party=party, text=WORDS)] * 2,
        behind=Party.objects.filter(pk=party.pk),
    )
    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    assert Claim.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_merges_the_other_way_round_make_one():
    first, second = (factories.unclaimed_party(PartyKind.AGENCY, name) for name in ("远山", "近水"))
    actor = staff_person("operator").actor
    answers = factories.at_once(
        lambda: services.merge_parties(actor, survivor=first, absorbed=second, why="同一家"),
        lambda: services.merge_parties(actor, survivor=second, absorbed=first, why="同一家"),
        behind=Party.objects.filter(pk=min(first.pk, second.pk)),
    )
    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    assert Party.objects.filter(merged_into=None).count() == 1
