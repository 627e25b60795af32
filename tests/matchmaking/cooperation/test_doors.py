"""The doors that cooperations come through, and the paper that each brings to order lines."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from matchmaking.cooperation.doors import Through
from matchmaking.cooperation.fields import Terms
from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.services import open_cooperation
from matchmaking.cooperation.states import Door
from portal.core import clock
from portal.core.verdict import Refused
from portal.parties.states import PartyKind
from portal.revenue.models import Agreement, OrderLine
from portal.revenue.states import PaperRole
from tests import factories
from tests.conftest import person_of
from tests.revenue.orders.telling import Order, record

pytestmark = pytest.mark.django_db


def terms(**changes):
    values = {
        "title": "秋季杂粮专场",
        "scope": "两场直播",
        "monthly_fee_fen": 0,
        "share_bp": 2_000,
        "starts_on": clock.today(),
        "term_months": 2,
    }
    return Terms(**(values | changes))


def opened(actor, merchant, hired, *, ref="41", products=(), **changes):
    return open_cooperation(
        actor,
        door=Through(Door.RECRUITING, ref, "7"),
        merchant=merchant.party,
        provider=hired.party,
        terms=terms(**changes),
        products=products,
    )


def test_cooperation_of_any_door_has_a_paper_that_both_accepted(merchant, creator):
    product = factories.listed_product(merchant.actor, upstream_id="P-1")
    made = opened(creator.actor, merchant, creator, products=[product])
    assert list(made.products.all()) == [product]
    assert made.versions.get().content["products"] == [product.number]
    assert (made.door, made.door_ref, made.door_source) == ("recruiting", "41", "7")
    paper = made.agreement
    assert (paper.role, paper.payer, paper.payee) == (
        PaperRole.COMMISSION,
        merchant.party,
        creator.party,
    )
    version = paper.versions.get()
    assert (version.status, version.proposed_by) == ("accepted", "payer")
    assert {one.side: one.person for one in version.acceptances.all()} == {
        "payer": None,
        "payee": creator.user,
    }
    tomorrow = clock.today() + timedelta(days=1)
    assert (version.in_force.lower, version.in_force.upper) == (tomorrow, made.ends_on)


def test_lines_are_split_by_the_paper_of_a_cooperation(merchant, creator):
    product = factories.listed_product(merchant.actor, upstream_id="P-1")
    made = opened(creator.actor, merchant, creator, products=[product])
    assert made.agreement.products == ["P-1"]
    later = opened(creator.actor, merchant, creator, ref="42", share_bp=1_000)
    with clock.standing_at(clock.now() + timedelta(days=2)):
        for order, product in (("D1", "P-1"), ("D2", "P-2")):
            record(Order(merchant, creator, order=order, product=product).paid())
    with_product, any_product = OrderLine.objects.order_by("order")
    for line, cooperation in ((with_product, made), (any_product, later)):
        version = cooperation.agreement.versions.get()
        assert [one["id"] for one in line.terms.made_of if one["part"] == "commission"] == [
            str(version.pk)
        ]


def test_fee_alone_takes_nothing_of_a_line(merchant, provider):
    made = opened(merchant.actor, merchant, provider, monthly_fee_fen=3_000_00, share_bp=0)
    assert made.agreement.role == PaperRole.PROVIDER_FEE
    assert made.agreement.versions.get().data["components"] == []


def test_sandbox_and_the_world_do_not_meet(merchant, creator):
    creator.party.sandbox_of = merchant.party
    with pytest.raises(Refused):
        opened(creator.actor, merchant, creator)
    assert not Cooperation.objects.exists()
    assert not Agreement.objects.exists()


def test_door_is_one_that_the_database_knows(merchant, creator):
    made = opened(creator.actor, merchant, creator)
    for wrong in ({"door": "window"}, {"door_ref": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Cooperation.objects.filter(pk=made.pk).update(**wrong)


def test_record_of_a_door_is_accepted_once(merchant, creator):
    opened(creator.actor, merchant, creator)
    with pytest.raises(IntegrityError), transaction.atomic():
        opened(creator.actor, merchant, creator)
    rival = person_of(factories.listed_party(PartyKind.CREATOR, "阿岚"))
    assert opened(rival.actor, merchant, rival, ref="43").door_source == "7"
