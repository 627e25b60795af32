"""What a fair came to: by a day as it stood then, by category and by size of the brand; and what
was agreed and sent, written down at once."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.services import Agreed, Terms, bring_cooperations
from matchmaking.fairs import selectors, services
from matchmaking.fairs.door import through
from matchmaking.fairs.exports import RETURNS
from matchmaking.fairs.models import Fair, FollowUp, Meeting
from matchmaking.fairs.states import BrandSize
from matchmaking.samples.chronicle import SampleLife, bring_samples
from matchmaking.samples.fields import AddressFields, ParcelFields
from matchmaking.samples.models import Sample
from matchmaking.samples.states import SampleStatus
from portal.core import clock
from portal.core.audit import trail
from portal.core.verdict import Refused
from portal.policies.models import DatedRule
from portal.policies.states import DatedKind
from tests.factories import SYSTEM
from tests.matchmaking.fairs.making import open_fair
from tests.matchmaking.fairs.test_after import over
from tests.revenue.orders.telling import Order, record

pytestmark = pytest.mark.django_db
ADDRESS = AddressFields("陈小满", "13800001111", "浙江 杭州", "文三路 1 号")


@pytest.fixture
def met(merchant, creator):
    """A fair where two met, and agreed two days later."""
    fair = open_fair(cost_fen=1_000_00)
    over(fair, (merchant, creator))
    return deal(fair, merchant, creator)


def deal(fair, merchant, creator):
    at = fair.ends_at + timedelta(days=2)
    terms = Terms("选品会合作", "直播带货", 0, 2_000, clock.day_of(at) + timedelta(days=1), 3)
    agreed = Agreed(
        by=creator.actor,
        door=through(Meeting.objects.get(plan__fair=fair, plan__status="published")),
        merchant=merchant.party,
        provider=creator.party,
        terms=terms,
        at=at,
        products=list(merchant.party.products.all()),
    )
    [cooperation] = bring_cooperations(SYSTEM, agreed=[agreed])
    return fair, cooperation


def sell(fair, merchant, creator, *, days):
    """A line paid so many days after the fair, settled two weeks later."""
    goods = merchant.party.products.earliest("pk").upstream_id
    order = Order(merchant, creator, order=f"D{days}", product=goods)
    order.paid_at = fair.ends_at + timedelta(days=days)
    record(
        order.paid(20_000), order.settled(20_000, hours=14 * 24), order.refunded(5_000, hours=480)
    )


def test_follow_ups_say_what_was_so_on_their_day(met, merchant, creator):
    fair, cooperation = met
    assert (cooperation.status, cooperation.versions.count()) == ("accepted", 1)
    assert cooperation.products.exists()
    with clock.standing_at(fair.ends_at + timedelta(days=100)):
        for days in (5, 20, 40):
            sell(fair, merchant, creator, days=days)
        [seven, thirty, ninety] = services.bring_follow_ups(SYSTEM, fair=fair)
    assert (seven.lines, seven.net_fen, seven.open_fen) == (1, 0, 20_000)
    assert (thirty.lines, thirty.net_fen, thirty.open_fen) == (2, 15_000, 20_000)
    assert (ninety.lines, ninety.net_fen, ninety.open_fen) == (3, 45_000, 0)
    assert selectors.return_of(fair).lines.net_fen == 45_000
    assert services.bring_follow_ups(SYSTEM, fair=Fair.objects.get(pk=fair.pk)) == []
    assert Fair.objects.get(pk=fair.pk).status == "reviewed"


def test_brands_have_the_size_of_the_day(met, merchant, creator, operator):
    fair, _cooperation = met
    for kind, fen in ((DatedKind.BRAND_M, 40_000), (DatedKind.BRAND_L, 1_000_000)):
        held = {"starts_on": date(2020, 1, 1), "checked_on": date(2020, 1, 1), "source": "公告"}
        decided = {"status": "approved", "proposed_at": clock.now(), "decided_at": clock.now()}
        DatedRule.objects.create(kind=kind, value=fen, **held, **decided)
    day = clock.day_of(fair.starts_at)
    assert selectors.sizes_at([(merchant.party.pk, day)]) == {(merchant.party.pk, day): "S"}
    with clock.standing_at(fair.ends_at + timedelta(days=200)):
        for days in (5, 6, 7):
            sell(fair, merchant, creator, days=days)
        later = day + timedelta(days=200)
        assert selectors.sizes_at([(merchant.party.pk, later)])[merchant.party.pk, later] == "M"
        [(size, way)] = selectors.returns_across([fair]).sizes
        assert (size, way.agreed, way.lines.net_fen) == (BrandSize.S, 1, 45_000)
        check_report(operator, fair)


def check_report(operator, fair):
    """The page, the file and the API say the same."""
    page = operator.browser().get(reverse("fair_report", args=[fair.pk]))
    assert [name for name, _way in page.context["sizes"]] == [BrandSize.S.label]
    year = clock.day_of(fair.starts_at).year
    for by in ("fair", "category", "size"):
        params = RETURNS.clean({"year": str(year), "by": by})
        [row] = list(RETURNS.rows(operator.actor, params))
        assert len(row) == len(RETURNS.header(params))
        assert 450.0 in [float(cell) for cell in row if re.fullmatch(r"[\d.]+", str(cell))]
    browser = operator.browser()
    one = browser.get(f"/api/v1/fairs/{fair.pk}/report/").json()
    assert (one["whole"]["net_fen"], one["sizes"][0]["size"], one["cost_a_deal_fen"]) == (
        45_000,
        "S",
        100_000,
    )
    every = browser.get(f"/api/v1/fairs/returns/?year={year}").json()
    assert every["fairs"][0]["fair"] == fair.pk
    assert every["whole"] == one["whole"]


def test_samples_are_written_down_as_they_went(met, merchant, creator):
    fair, cooperation = met
    asked = fair.ends_at + timedelta(days=3)

    def life(*steps):
        return SampleLife(
            cooperation,
            merchant.actor,
            creator.actor,
            merchant.party.products.earliest("pk"),
            2,
            10,
            ADDRESS,
            ParcelFields("顺丰", "SF1234567890"),
            "https://www.douyin.com/video/7",
            asked,
            [(step, asked + timedelta(days=n)) for n, step in enumerate(steps, start=1)],
        )

    way = (SampleStatus.APPROVED, SampleStatus.SHIPPED, SampleStatus.RECEIVED, SampleStatus.POSTED)
    with clock.standing_at(asked + timedelta(days=60)):
        [posted, asked_for] = bring_samples(SYSTEM, lives=[life(*way), life()])
        with pytest.raises(Refused):
            bring_samples(SYSTEM, lives=[life(SampleStatus.POSTED)])
        with pytest.raises(Refused):
            bring_samples(merchant.actor, lives=[life()])
    assert (posted.status, posted.address, asked_for.status) == ("posted", None, "requested")
    assert Sample.objects.get(pk=posted.pk).was_posted_in_time
    assert trail(posted).count() == 5
    assert Sample.objects.count() == 2
    assert not FollowUp.objects.exists()
    assert Cooperation.objects.count() == 1
