"""What merchants and agencies say of themselves: who writes it, what is held, what is masked."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.directory.filters import ask
from portal.directory.search import ORDERS, find
from portal.moderation.models import Case
from portal.moderation.services import pass_case
from portal.parties import services
from portal.parties.fields import AgencyFields, MerchantFields
from portal.parties.models import AgencyProfile, Belt, MerchantProfile
from portal.parties.states import PartyKind
from tests import factories

pytestmark = pytest.mark.django_db


def shop(**changes):
    belt = Belt.objects.get(code=Belt.objects.values_list("code", flat=True).first())
    defaults = {
        "shop_tier": "flagship",
        "ship_hours": 48,
        "belt_ids": [belt.pk],
        "own_brands": ["谷雨粒"],
        "sold_brands": ["金禾"],
        "sends_samples": True,
    }
    return MerchantFields(**(defaults | changes))


def house(**changes):
    defaults = {
        "founded_in": 2019,
        "managers": 12,
        "business_name": "陈商务",
        "business_phone": "13912345678",
    }
    return AgencyFields(**(defaults | changes))


def refused(status, service, *args, **kwargs):
    before = list(MerchantProfile.objects.values()), list(AgencyProfile.objects.values())
    rows = AuditEntry.objects.count()
    with pytest.raises(Refused) as caught, transaction.atomic():
        service(*args, **kwargs)
    assert caught.value.verdict.status == status
    assert (list(MerchantProfile.objects.values()), list(AgencyProfile.objects.values())) == before
    assert AuditEntry.objects.count() == rows


def found(**asked):
    return find(ask("merchant", asked), ORDERS["new"]).keys


def test_shop_is_shown_and_found_by_its_sort_and_belt(merchant, visitor):
    party, belt = merchant.party, Belt.objects.first()
    assert found(shop="flagship") == []
    services.describe_merchant(merchant.actor, party=party, fields=shop(belt_ids=[belt.pk]))
    assert found(shop="flagship") == found(belt=belt.code) == [party.pk]
    page = visitor.get(reverse("merchant_detail", args=[party.pk])).content.decode()
    for word in ("谷雨粒", "金禾", belt.name_zh):
        assert word in page
    assert "谷雨粒" in visitor.get(reverse("merchant_list")).content.decode()
    services.describe_merchant(
        merchant.actor, party=party, fields=shop(shop_tier="company", belt_ids=[])
    )
    assert found(shop="flagship") == found(belt=belt.code) == []


def test_brands_with_a_word_to_look_at_wait(merchant, operator, visitor):
    services.describe_merchant(
        merchant.actor, party=merchant.party, fields=shop(own_brands=["最好粮"])
    )
    page = reverse("merchant_detail", args=[merchant.party.pk])
    assert "最好粮" not in visitor.get(page).content.decode()
    pass_case(operator.actor, case=Case.objects.get(field="brands"))
    assert "最好粮" in visitor.get(page).content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"shop_tier": "palace"},
        {"ship_hours": 1},
        {"returns_days": 3},
        {"belt_ids": [0]},
        {"own_brands": ["同名"], "sold_brands": ["同名"]},
        {"own_brands": ["长" * 41]},
        {"own_brands": [f"牌{n}" for n in range(21)]},
    ],
)
def test_shop_refuses_nonsense(merchant, changes):
    fields = shop(**changes)
    refused(422, services.describe_merchant, merchant.actor, party=merchant.party, fields=fields)


def test_only_its_own_people_describe_a_party(merchant, colleague, provider, agency):
    describe = services.describe_merchant
    refused(403, describe, colleague.actor, party=merchant.party, fields=shop())
    refused(403, describe, provider.actor, party=merchant.party, fields=shop())
    refused(403, describe, provider.actor, party=provider.party, fields=shop())
    refused(403, services.describe_agency, merchant.actor, party=agency.party, fields=house())


def test_commercial_contact_is_masked_and_stays_out_of_the_trail(agency, visitor):
    services.describe_agency(agency.actor, party=agency.party, fields=house())
    page = visitor.get(reverse("agency_detail", args=[agency.party.pk])).content.decode()
    assert "13912345678" not in page
    assert "陈商务" not in page
    assert "陈**" in page
    said = str(list(AuditEntry.objects.values_list("after", "before")))
    assert "13912345678" not in said
    assert "陈商务" not in said


@pytest.mark.parametrize(
    "changes",
    [
        {"founded_in": 1900},
        {"founded_in": 2999},
        {"managers": -1},
        {"business_phone": ""},
        {"business_phone": "abc"},
    ],
)
def test_house_refuses_nonsense(agency, changes):
    fields = house(**changes)
    refused(422, services.describe_agency, agency.actor, party=agency.party, fields=fields)


def test_the_database_keeps_a_contact_whole(agency):
    services.describe_agency(agency.actor, party=agency.party, fields=house())
    with pytest.raises(IntegrityError), transaction.atomic():
        AgencyProfile.objects.update(business_phone="")


def test_pages_write_what_they_show(merchant, agency):
    browser = merchant.browser()
    address = reverse("profile_edit", args=[merchant.party.pk])
    belt = Belt.objects.first()
    sent = {
        "shop_tier": "flagship",
        "own_brands": "谷雨粒\n小满、大暑",
        "ship_hours": "24",
        "returns_days": "15",
        "belts": [belt.pk],
        "ships_free": "on",
    }
    assert browser.post(address, sent).status_code == 302
    profile = MerchantProfile.objects.get()
    assert [brand.name for brand in profile.brands.all()] == ["谷雨粒", "小满", "大暑"]
    assert (profile.ship_hours, profile.returns_days, profile.ships_free) == (24, 15, True)
    again = browser.get(address).content.decode()
    assert "小满" in again
    assert browser.post(address, sent | {"returns_days": "3"}).status_code == 200
    sent = {"founded_in": "2018", "takes_new": "on"}
    own = reverse("profile_edit", args=[agency.party.pk])
    assert agency.browser().post(own, sent).status_code == 302
    assert AgencyProfile.objects.get().founded_in == 2018
    assert agency.browser().get(own).status_code == 200


def test_cards_ask_as_much_for_three_as_for_one(django_assert_num_queries):
    from portal.directory.profiles import cards_of
    from portal.parties.selectors import whole_parties

    def described(name):
        party = factories.listed_party(PartyKind.MERCHANT, name)
        services.describe_merchant(factories.SYSTEM, party=party, fields=shop(own_brands=[name]))

    described("云岭一号")
    for number in range(3):
        parties = list(whole_parties().filter(kind=PartyKind.MERCHANT))
        with django_assert_num_queries(3):
            cards_of("merchant", parties)
        described(f"云岭{number + 2}号")
