"""What the platform takes: announced ahead, never changed, the narrowest rate of a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from portal.core import clock
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.parties.models import Category
from portal.policies import services
from portal.policies.fees import offers_on, read_schedule
from portal.policies.fields import FeeFields
from portal.policies.models import FeeProposal, FeeRate
from portal.policies.states import FeeKind, ProductSource
from tests.conftest import staff_person
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db
PLATFORM = FeeKind.PLATFORM


def fields(**changed):
    begins = clock.today() + timedelta(days=10)
    return replace(FeeFields(PLATFORM, 300, begins, "公告", product_source="shop"), **changed)


def keys(*codes):
    return [Category.objects.get(code=code).pk for code in codes]


@pytest.mark.parametrize(
    ("day", "source", "codes", "rate_bp"),
    [
        (date(2020, 4, 30), "shop", ("apparel",), None),
        (date(2020, 5, 1), "shop", ("apparel",), 0),
        (date(2020, 5, 1), "shop", ("food",), None),
        (date(2020, 9, 5), "jd", ("furniture", "home"), 0),
        (date(2020, 9, 6), "jd", ("furniture", "home"), 2000),
        (date(2020, 9, 6), "shop", ("food",), 500),
    ],
)
def test_announced_rates_hold_from_their_day(day, source, codes, rate_bp):
    rate = read_schedule().rate_on(PLATFORM, day, source=source, categories=keys(*codes))
    assert (rate.rate_bp if rate else None) == rate_bp


def test_announced_rate_holds_from_its_day(operator):
    rate = services.announce_fee(SYSTEM, fields=fields())
    schedule = read_schedule()
    day = rate.starts_on
    before = schedule.rate_on(PLATFORM, day - timedelta(days=1), source="shop")
    assert (before.rate_bp, schedule.rate_on(PLATFORM, day, source="shop").rate_bp) == (500, 300)
    assert AuditEntry.objects.filter(verb="announce_fee", user=None).count() == 1


def refused(status, act, *args, **kwargs):
    known = FeeRate.objects.count(), FeeProposal.objects.count()
    with pytest.raises(Refused) as error:
        act(*args, **kwargs)
    assert error.value.verdict.status == status
    assert (FeeRate.objects.count(), FeeProposal.objects.count()) == known


def test_one_person_proposes_a_rate_and_another_announces_it(operator):
    maker, checker = staff_person("finance maker"), staff_person("finance checker")
    known = FeeRate.objects.count()
    refused(403, services.announce_fee, maker.actor, fields=fields())
    refused(403, services.propose_fee, checker.actor, fields=fields())
    proposal = services.propose_fee(maker.actor, fields=fields())
    assert FeeRate.objects.count() == known
    refused(403, services.approve_fee, maker.actor, proposal=proposal)
    rate = services.approve_fee(checker.actor, proposal=proposal)
    assert (rate.rate_bp, rate.announced_on) == (300, clock.today())
    assert read_schedule().rate_on(PLATFORM, rate.starts_on, source="shop") == rate
    verbs = AuditEntry.objects.filter(verb__in=["propose_fee", "approve_fee", "announce_fee"])
    assert verbs.values_list("user", flat=True).distinct().count() == 2
    refused(409, services.refuse_fee, checker.actor, proposal=proposal)
    own = services.propose_fee(operator.actor, fields=fields(rate_bp=200))
    refused(403, services.approve_fee, operator.actor, proposal=own)  # has both rights
    refused(409, services.approve_fee, checker.actor, proposal=own)  # one rate a day
    assert services.refuse_fee(operator.actor, proposal=own).status == "refused"


def test_rate_approved_too_late_is_not_announced():
    proposal = services.propose_fee(staff_person("finance maker").actor, fields=fields())
    checker = staff_person("finance checker")
    with clock.standing_at(clock.now() + timedelta(days=5)):
        refused(422, services.approve_fee, checker.actor, proposal=proposal)


def test_proposed_rate_never_changes_and_needs_two_people():
    maker = staff_person("finance maker")
    proposal = services.propose_fee(maker.actor, fields=fields())
    rows = FeeProposal.objects.filter(pk=proposal.pk)
    with pytest.raises(ProgrammingError), transaction.atomic():
        rows.update(rate_bp=1)
    rate = services.announce_fee(SYSTEM, fields=fields())
    with pytest.raises(IntegrityError, match="fee_proposal_second"), transaction.atomic():
        rows.update(
            status="approved", decided_by=maker.user, decided_at=clock.now(), rate_id=rate.pk
        )


def test_narrower_rate_goes_first_and_a_relief_before_it(operator):
    category = Category.objects.get(code="home")
    begins = clock.today() + timedelta(days=8)
    services.announce_fee(SYSTEM, fields=fields(category_id=category.pk, rate_bp=450))
    services.announce_fee(SYSTEM, fields=fields(rate_bp=350))
    wanted = {"day": begins + timedelta(days=9), "source": "shop"}
    furniture = keys("furniture", "home")
    assert read_schedule().rate_on(PLATFORM, **wanted, categories=furniture).rate_bp == 450
    assert read_schedule().rate_on(PLATFORM, **wanted, categories=keys("food")).rate_bp == 350
    relief = fields(
        product_source="",
        rate_bp=100,
        is_relief=True,
        starts_on=clock.today(),
        ends_on=begins + timedelta(days=30),
    )
    services.announce_fee(SYSTEM, fields=relief)
    assert read_schedule().rate_on(PLATFORM, **wanted, categories=furniture).rate_bp == 100


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"starts_on": date(2026, 1, 1)}, "starts_on"),
        ({"rate_bp": 10_001}, "rate_bp"),
        ({"source": " "}, "source"),
        ({"is_relief": True}, "ends_on"),
        ({"ends_on": date(2100, 1, 1)}, "ends_on"),
        ({"is_relief": True, "ends_on": date(2020, 1, 1)}, "ends_on"),
        ({"fee": FeeKind.TECHNICAL}, "product_source"),
    ],
)
def test_unsound_rate_is_refused(operator, changed, name):
    known = FeeRate.objects.count()
    with pytest.raises(Refused) as refused:
        services.announce_fee(SYSTEM, fields=fields(**changed))
    assert name in {flaw.field for flaw in refused.value.verdict.flaws}
    assert FeeRate.objects.count() == known


def test_second_rate_of_a_day_is_refused(operator):
    services.announce_fee(SYSTEM, fields=fields())
    with pytest.raises(Refused) as refused:
        services.announce_fee(SYSTEM, fields=fields(rate_bp=200))
    assert refused.value.verdict.status == 409


def test_reliefs_do_not_overlap(operator):
    relief = fields(is_relief=True, ends_on=clock.today() + timedelta(days=60))
    services.announce_fee(SYSTEM, fields=relief)
    later = replace(relief, starts_on=relief.starts_on + timedelta(days=5))
    with pytest.raises(Refused):
        services.announce_fee(SYSTEM, fields=later)


def test_merchant_announces_nothing(merchant):
    with pytest.raises(Refused) as refused:
        services.announce_fee(merchant.actor, fields=fields())
    assert refused.value.verdict.status == 403


@pytest.mark.parametrize("change", [{"rate_bp": 1}, {"starts_on": date(2020, 1, 1)}])
def test_rate_never_changes(change):
    rate = FeeRate.objects.earliest("pk")
    with pytest.raises(ProgrammingError), transaction.atomic():
        FeeRate.objects.filter(pk=rate.pk).update(**change)
    with pytest.raises(ProgrammingError), transaction.atomic():
        FeeRate.objects.filter(pk=rate.pk).delete()


def test_unannounced_rate_is_not_storable():
    with pytest.raises(IntegrityError, match="fee_rate_announced"), transaction.atomic():
        FeeRate.objects.create(
            fee=PLATFORM,
            rate_bp=1,
            starts_on=clock.today(),
            source="x",
            checked_on=clock.today(),
        )


def test_look_again_is_noted(operator):
    rate = FeeRate.objects.earliest("pk")
    services.confirm_fee(operator.actor, rate=rate)
    assert FeeRate.objects.get(pk=rate.pk).checked_on == clock.today()


def test_offers_say_what_comes_next(operator):
    coming = services.announce_fee(SYSTEM, fields=fields())
    found = {o.source: o for o in offers_on(clock.today(), FeeRate.objects.order_by("pk"))}
    assert list(found) == list(ProductSource.values)
    assert (found["shop"].rate.rate_bp, found["shop"].next) == (500, coming)
    assert found["jd"].next is None


def test_page_shows_a_day(client):
    url = reverse("fee_list")
    assert "5%" in client.get(url).content.decode()
    page = client.get(url, {"on": "2020-05-02"}).content.decode()
    assert "2020-05-01 – 2020-09-05" in page
    assert client.get(url, {"on": "someday"}).status_code == 200


def test_api_shows_a_day(client):
    rows = client.get("/api/v1/fees/", {"on": "2020-09-06"}).json()
    shop = next(row for row in rows if row["product_source"] == "shop")
    assert (shop["rate"]["rate_bp"], shop["category"], shop["next"]) == (500, "", None)
    assert client.get("/api/v1/fees/", {"on": "someday"}).status_code == 400
