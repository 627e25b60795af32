"""Samples: asked for, sent, received, shown; deadlines; an address that is hidden and erased."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from matchmaking.cooperation.doors import Through
from matchmaking.cooperation.fields import Terms
from matchmaking.cooperation.services import open_cooperation
from matchmaking.cooperation.states import Door
from matchmaking.samples import facts, selectors, services
from matchmaking.samples.fields import AddressFields, ParcelFields, SampleFields
from matchmaking.samples.models import Sample
from portal.core import clock
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.evaluation.models import Fact
from portal.notices.models import Notice
from tests import factories
from tests.factories import SYSTEM, at_once

pytestmark = pytest.mark.django_db
ADDRESS = AddressFields("陈小满", "138 0000 1111", "浙江 杭州", "文三路 1 号 2 幢")
PARCEL = ParcelFields("顺丰", "SF1234567890")
POST = "https://www.douyin.com/video/7"


@pytest.fixture
def agreed(merchant, agency):
    factories.listed_product(merchant.actor)
    terms = Terms("达人矩阵", "每周三条视频", 0, 2_000, clock.today(), 3)
    return open_cooperation(
        agency.actor,
        door=Through(Door.RECRUITING, "1", "9"),
        merchant=merchant.party,
        provider=agency.party,
        terms=terms,
    )


def asked(person, cooperation, **changes):
    product = cooperation.merchant.products.earliest("pk")
    values = {"product_id": product.pk, "quantity": 2, "post_days": 10, "address": ADDRESS}
    fields = SampleFields(**(values | changes))
    return services.request_sample(person.actor, cooperation=cooperation, fields=fields)


def shipped(merchant, agency, cooperation):
    sample = asked(agency, cooperation)
    services.approve_sample(merchant.actor, sample=sample)
    return services.ship_sample(merchant.actor, sample=sample, parcel=PARCEL)


def at(days):
    return clock.standing_at(clock.now() + timedelta(days=days))


def test_what_is_never_sent_loses_its_address_and_counts_as_late(merchant, agency, agreed):
    sample = asked(agency, agreed)
    services.approve_sample(merchant.actor, sample=sample)
    with at(10):
        services.sweep_samples(SYSTEM)
        sample.refresh_from_db()
        assert sample.status == "approved"
    with at(40):
        services.sweep_samples(SYSTEM)
        sample.refresh_from_db()
        assert (sample.status, sample.address) == ("withdrawn", None)
        record = selectors.record_of(merchant.party)
        assert (record.due, record.in_time) == (1, 0)
        with pytest.raises(Refused):
            services.reveal_address(merchant.actor, sample=sample)
    assert Notice.objects.filter(event="sample.given_up").count() >= 2


def swept(sample):
    services.sweep_samples(SYSTEM)
    sample.refresh_from_db()
    return sample.status


def test_way_of_a_sample(agreed, merchant, agency):
    sample = asked(agency, agreed)
    assert (sample.status, sample.masked) == ("requested", "陈** · 138****1111 · 浙江 杭州 ***")
    services.approve_sample(merchant.actor, sample=sample)
    services.ship_sample(merchant.actor, sample=sample, parcel=PARCEL)
    sample = services.receive_sample(agency.actor, sample=sample)
    assert sample.due_on == clock.today() + timedelta(days=10)
    with at(8):
        assert swept(sample) == "due"
        assert swept(sample) == "due", "twice is once"
        services.post_sample(agency.actor, sample=sample, post_url=POST)
    sample.refresh_from_db()
    assert (sample.status, sample.was_posted_in_time) == ("posted", True)
    assert selectors.record_of(agency.party).rate_bp == 10_000
    assert selectors.record_of(merchant.party).rate_bp == 10_000
    assert {"sample.asked", "sample.shipped", "sample.posted"} <= set(
        Notice.objects.values_list("event", flat=True)
    )


def test_post_that_never_came_is_a_fact_about_the_agency(agreed, merchant, agency):
    sample = shipped(merchant, agency, agreed)
    services.receive_sample(agency.actor, sample=sample)
    with at(8):
        assert swept(sample) == "due"
    with at(11):
        assert swept(sample) == "overdue"
        assert facts.record_sample_facts(SYSTEM) == 1
        assert facts.record_sample_facts(SYSTEM) == 0
        fact = Fact.objects.get(measure="sample_on_time")
        assert (fact.party, fact.value) == (agency.party, 0.0)
        services.post_sample(agency.actor, sample=sample, post_url=POST)
    assert selectors.record_of(agency.party).rate_bp == 0


def test_silence_and_the_calendar(agreed, merchant, agency):
    first, second = asked(agency, agreed), shipped(merchant, agency, agreed)
    with at(8):
        assert swept(first) == "expired"
        assert swept(second) == "shipped"
    with at(16):
        assert swept(second) == "received"


def test_parcel_sent_late_is_told_of_the_merchant(agreed, merchant, agency):
    sample = asked(agency, agreed)
    services.approve_sample(merchant.actor, sample=sample)
    with at(10):
        sample = services.ship_sample(merchant.actor, sample=sample, parcel=PARCEL)
        assert sample.was_sent_in_time is False
    assert selectors.record_of(merchant.party).rate_bp == 0


def test_address_is_sealed_shown_to_both_and_erased(agreed, merchant, agency, colleague, rival):
    sample = asked(agency, agreed)
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM samples_sample")
        stored = bytes(cursor.fetchone()[0])
    assert "文三路".encode() not in stored
    with pytest.raises(Refused):
        services.reveal_address(merchant.actor, sample=sample)  # not before it says yes
    services.approve_sample(merchant.actor, sample=sample)
    for person in (colleague, rival):
        with pytest.raises(Refused):
            services.reveal_address(person.actor, sample=sample)
    assert not AuditEntry.objects.filter(verb="reveal_address").exists()
    assert services.reveal_address(merchant.actor, sample=sample).street == ADDRESS.street
    entry = AuditEntry.objects.get(verb="reveal_address")
    assert entry.user == merchant.user
    assert ADDRESS.street not in str(entry.after)
    services.ship_sample(merchant.actor, sample=sample, parcel=PARCEL)
    services.receive_sample(agency.actor, sample=sample)
    with pytest.raises(Refused):
        services.reveal_address(merchant.actor, sample=sample)
    with at(31):
        swept(sample)
        assert sample.address is None
        with pytest.raises(Refused):
            services.reveal_address(agency.actor, sample=sample)


@pytest.mark.parametrize(
    "wrong",
    [
        {"quantity": 0},
        {"post_days": 91},
        {"product_id": 10**9},
        {"address": AddressFields("陈", "123", "浙江", "路")},
        {"address": AddressFields("", "13800001111", "浙江", "路")},
    ],
)
def test_wish_that_is_none_is_refused(agreed, agency, wrong):
    with pytest.raises(Refused) as caught:
        asked(agency, agreed, **wrong)
    assert caught.value.verdict.status == 422
    assert not Sample.objects.exists()


def test_sample_is_of_what_the_cooperation_is_about(agreed, agency, merchant):
    named, other = (factories.listed_product(merchant.actor) for _n in range(2))
    agreed.products.set([named])
    with pytest.raises(Refused) as caught:
        asked(agency, agreed, product_id=other.pk)
    assert [flaw.field for flaw in caught.value.verdict.flaws] == ["product_id"]
    sample = asked(agency, agreed, product_id=named.pk)
    assert (sample.goods, sample.product) == (named, named.name)


def test_each_side_does_its_own(agreed, merchant, agency, rival):
    with pytest.raises(Refused):
        asked(merchant, agreed)
    sample = asked(agency, agreed)
    for call in (
        lambda: services.approve_sample(agency.actor, sample=sample),
        lambda: services.approve_sample(rival.actor, sample=sample),
        lambda: services.withdraw_sample(merchant.actor, sample=sample),
        lambda: services.ship_sample(merchant.actor, sample=sample, parcel=PARCEL),
        lambda: services.post_sample(agency.actor, sample=sample, post_url=POST),
        lambda: services.decline_sample(merchant.actor, sample=sample, reason=" "),
    ):
        with pytest.raises(Refused):
            call()
    sample.refresh_from_db()
    assert sample.status == "requested"


def test_database_guards(agreed, agency):
    sample = asked(agency, agreed)
    for wrong in ({"status": "posted"}, {"address": None}, {"quantity": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Sample.objects.filter(pk=sample.pk).update(**wrong)


@pytest.mark.django_db(transaction=True)
def test_approved_and_taken_back_at_once_is_one_of_them(agreed, merchant, agency):
    sample = asked(agency, agreed)
    answers = at_once(
        lambda: services.decline_sample(merchant.actor, sample=sample, reason="没有货"),
        lambda: services.withdraw_sample(agency.actor, sample=sample),
    )
    assert sum(isinstance(one, Refused) for one in answers) == 1


def test_list_asks_as_often_for_one_as_for_three(agreed, merchant, agency):
    browser = agency.browser()
    asked(agency, agreed)
    browser.get("/samples/")
    with CaptureQueriesContext(connection) as few:
        assert browser.get("/samples/").status_code == 200
    asked(agency, agreed)
    asked(agency, agreed)
    with CaptureQueriesContext(connection) as many:
        browser.get("/samples/")
    assert len(many) == len(few)


def test_page_narrows_to_the_address(agreed, merchant, agency):
    sample = asked(agency, agreed)
    services.approve_sample(merchant.actor, sample=sample)
    browser, url = merchant.browser(), sample.get_absolute_url()
    whole = browser.get(url).content.decode()
    assert sample.masked in whole
    assert ADDRESS.street not in whole
    part = browser.post(
        f"{url}address/", headers={"HX-Request": "true", "HX-Target": "address"}
    ).content.decode()
    assert ADDRESS.street in part
    assert "<html" not in part
    sent = browser.post(f"{url}shipment/", {"carrier": "顺丰", "tracking": "SF123456"})
    assert sent.status_code == 302
    posted = agency.browser().post(f"{url}receipt/")
    assert posted.status_code == 302


def test_public_profiles_show_what_samples_leave_behind(agreed, merchant, agency, visitor):
    sample = shipped(merchant, agency, agreed)
    services.receive_sample(agency.actor, sample=sample)
    services.post_sample(agency.actor, sample=sample, post_url=POST)
    for person, kind in ((merchant, "merchants"), (agency, "agencies")):
        page = visitor.get(f"/{kind}/{person.party.pk}/")
        assert page.status_code == 200
        assert "100%" in page.content.decode()
