"""What is hidden from a member who works for some shops or creators only."""

from datetime import timedelta

import pytest
from django.urls import reverse

from portal.core import clock
from portal.parties.models import Membership, OwnedAccount, Party
from portal.parties.scopes import shop_choices
from portal.parties.services import narrow_member
from portal.parties.states import Role
from portal.revenue.models import OrderLine
from tests import factories
from tests.conftest import person_of
from tests.parties.test_roster import joined
from tests.revenue.orders.telling import Order, record

pytestmark = pytest.mark.django_db


def helper_of(party: Party) -> Membership:
    user = factories.user("helper@example.com", "助理")
    return Membership.objects.create(
        user=user, party=party, role=Role.MEMBER, created_at=clock.now()
    )


def shop_of(party: Party, number: str, status: str = "proven") -> OwnedAccount:
    now = clock.now()
    return OwnedAccount.objects.create(
        party=party,
        platform="shop",
        handle=number,
        name=f"{number} 号店",
        code="x",
        method="code",
        status=status,
        claimed_at=now,
        placed_at=now,
        decided_at=now,
        lasts_until=now + timedelta(days=90),
    )


def test_member_sees_orders_of_their_shops_only(merchant):
    first, second = shop_of(merchant.party, "1001"), shop_of(merchant.party, "1002", "expired")
    assert set(shop_choices(merchant.party)) == {first, second}
    for shop in ("1001", "1002"):
        record(Order(merchant, order=f"D{shop}", shop=shop).paid())
    helper = helper_of(merchant.party)
    person = person_of(merchant.party, helper.user, Role.MEMBER)
    address = reverse("party_member_scope", args=[merchant.party.pk, helper.pk])
    owner = merchant.browser()
    assert "1001 号店" in owner.get(address).content.decode()
    owner.post(address, {"reach": "named", "shops": [str(first.pk)]})
    mine = OrderLine.objects.visible_to(person.actor)
    assert [line.shop for line in mine] == ["1001"]
    other = OrderLine.objects.get(shop="1002")
    assert person.browser().get(other.get_absolute_url()).status_code == 404
    assert "D1002" not in person.browser().get(reverse("order_list")).content.decode()
    assert OrderLine.objects.visible_to(merchant.actor).count() == 2
    owner.post(address, {"reach": "all"})
    assert mine.all().count() == 2


def test_shop_of_somebody_else_is_no_choice(merchant, rival):
    helper, theirs = helper_of(merchant.party), shop_of(rival.party, "2001")
    body = {"is_narrowed": True, "shops": [theirs.handle]}
    address = reverse("api-member-scope", args=[merchant.party.pk, helper.pk])
    answer = merchant.browser().post(address, body, content_type="application/json")
    assert answer.status_code == 422
    assert merchant.browser().get(address).json() == {
        "is_narrowed": False,
        "parties": [],
        "shops": [],
    }


def test_member_of_an_agency_sees_orders_of_their_creators_only(agency, creator, merchant):
    joined(agency, creator)
    other = person_of(factories.listed_party("creator", "阿岚开箱"))
    for number, who in enumerate((creator, other)):
        record(Order(merchant, who, order=f"D{number}").paid())
    OrderLine.objects.update(agency=agency.party)
    helper = helper_of(agency.party)
    narrow_member(agency.actor, membership=helper, parties=[creator.party])
    person = person_of(agency.party, helper.user, Role.MEMBER)
    assert [line.creator for line in OrderLine.objects.visible_to(person.actor)] == [creator.party]
    assert OrderLine.objects.visible_to(agency.actor).count() == 2
