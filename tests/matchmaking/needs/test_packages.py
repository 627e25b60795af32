"""Packages ordered in one step, and needs for one party alone."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.services import sweep_cooperations
from matchmaking.needs import services
from matchmaking.needs.models import Need, Proposal, ServiceOffer
from matchmaking.needs.services.offers import terms_of
from matchmaking.needs.states import LossReason, NeedStatus, ProposalStatus
from portal.core import clock
from portal.core.actor import system_actor
from portal.core.clock import SHANGHAI
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties.states import PartyStatus
from tests import factories
from tests.conftest import person_of
from tests.matchmaking.needs.checks import refused, reread, set_status

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 10, tzinfo=SHANGHAI)


def shown(person, **changes) -> ServiceOffer:
    offer = services.create_service_offer(
        person.actor, fields=factories.service_offer_fields(**changes)
    )
    return services.show_service_offer(person.actor, offer=offer)


# --- ordering ----------------------------------------------------------------------------------


def test_order_that_is_agreed_to_is_a_cooperation_on_its_terms(merchant, provider):
    offer = shown(provider, monthly_fee_fen=1_500_000, share_bp=100, term_months=3)
    with clock.standing_at(MONDAY):
        order = services.order_service_offer(merchant.actor, offer=offer, note="杂粮店铺")
        need = order.need
        assert (need.status, need.only_for, need.brief) == ("matched", provider.party, "杂粮店铺")
        assert need.answer_by == MONDAY + timedelta(days=1)  # 8 hours today, one tomorrow
        assert (order.status, order.offered_by, order.version) == ("submitted", "merchant", 1)
        services.agree_offer(provider.actor, proposal=order)
    cooperation = Cooperation.objects.get()
    assert (cooperation.door, cooperation.door_source) == ("package", str(need.pk))
    assert (cooperation.monthly_fee_fen, cooperation.share_bp) == (1_500_000, 100)
    assert cooperation.starts_on == clock.day_of(MONDAY) + timedelta(days=7)
    assert (reread(order).status, reread(need).status) == ("accepted", "awarded")
    events = set(Notice.objects.values_list("event", flat=True))
    assert {"proposal.ordered", "proposal.accepted"} <= events


def test_service_level_of_an_order_is_a_term_of_its_cooperation(merchant, provider):
    offer = shown(provider, service_level="两小时内回复。")
    order = services.order_service_offer(merchant.actor, offer=offer)
    changed = factories.service_offer_fields(service_level="一天内回复。")
    services.update_service_offer(provider.actor, offer=reread(offer), fields=changed)
    services.agree_offer(provider.actor, proposal=order)
    assert Cooperation.objects.get().service_level == "两小时内回复。", "as it was ordered"


def test_service_level_holds_no_contacts(provider):
    fields = factories.service_offer_fields(service_level="微信 abc12345 找我。")
    refused(422, services.create_service_offer, provider.actor, fields=fields)


def test_provider_steps_back_or_offers_other_terms(merchant, provider):
    offer = shown(provider)
    first = services.order_service_offer(merchant.actor, offer=offer)
    services.withdraw_proposal(provider.actor, proposal=first, reason=LossReason.CAPACITY)
    services.cancel_need(merchant.actor, need=first.need)
    second = services.order_service_offer(merchant.actor, offer=offer)
    services.counter_offer(
        provider.actor, proposal=second, fields=replace(terms_of(second), monthly_fee_fen=9_900_00)
    )
    refused(409, services.accept_proposal, merchant.actor, proposal=second, version=1)
    cooperation = services.accept_proposal(merchant.actor, proposal=reread(second))
    assert cooperation.monthly_fee_fen == 9_900_00


def test_order_nobody_answers_in_time_ends(merchant, provider):
    offer = shown(provider, answer_hours=2)
    with clock.standing_at(MONDAY):
        order = services.order_service_offer(merchant.actor, offer=offer)
    with clock.standing_at(MONDAY + timedelta(hours=2)):
        assert services.expire_needs(system_actor("task")) == 0
    with clock.standing_at(MONDAY + timedelta(hours=2, minutes=1)):
        refused(409, services.agree_offer, provider.actor, proposal=order)
        assert services.expire_needs(system_actor("task")) == 1
    assert (reread(order).status, reread(order.need).status) == ("expired", "expired")
    assert not Cooperation.objects.exists()


def test_order_is_neither_given_more_time_nor_opened_again(merchant, provider):
    """Its hour is what the provider promised; a later one would be nobody's promise."""
    offer = shown(provider, answer_hours=2)
    with clock.standing_at(MONDAY):
        order = services.order_service_offer(merchant.actor, offer=offer)
        later = clock.today() + timedelta(days=20)
        refused(409, services.extend_need, merchant.actor, need=order.need, closes_on=later)
    with clock.standing_at(MONDAY + timedelta(hours=3)):
        services.expire_needs(system_actor("task"))
        days = {"closes_on": later, "starts_on": later}
        refused(409, services.reopen_need, merchant.actor, need=reread(order.need), **days)


def test_need_is_closed_when_the_cooperation_it_led_to_has_ended(merchant, provider):
    offer = shown(provider, term_months=1)
    with clock.standing_at(MONDAY):
        order = services.order_service_offer(merchant.actor, offer=offer)
        services.agree_offer(provider.actor, proposal=order)
    awarded = reread(order.need).ended_at
    with clock.standing_at(MONDAY + timedelta(days=8)):
        sweep_cooperations(system_actor("task"))
    assert reread(order.need).status == "awarded"
    with clock.standing_at(MONDAY + timedelta(days=60)):
        sweep_cooperations(system_actor("task"))
    need = reread(order.need)
    assert (need.status, need.ended_at) == ("closed", awarded)


def test_counter_offer_in_time_keeps_the_order(merchant, provider):
    offer = shown(provider, answer_hours=2)
    with clock.standing_at(MONDAY):
        order = services.order_service_offer(merchant.actor, offer=offer)
        fields = replace(terms_of(order), monthly_fee_fen=2_000_000)
        services.counter_offer(provider.actor, proposal=order, fields=fields)
    with clock.standing_at(MONDAY + timedelta(hours=5)):
        assert services.expire_needs(system_actor("task")) == 0


def test_who_may_order_and_how_many(merchant, provider, rival, colleague, agency):
    offer = shown(provider, most_open=1)
    for person in (provider, rival, agency, colleague):
        refused(403, services.order_service_offer, person.actor, offer=offer)
    order = services.order_service_offer(merchant.actor, offer=offer)
    refused(409, services.order_service_offer, merchant.actor, offer=offer)  # waits already
    services.agree_offer(provider.actor, proposal=order)
    refused(409, services.order_service_offer, merchant.actor, offer=offer)  # no place left
    set_status(provider.party, PartyStatus.HIDDEN)
    refused(409, services.order_service_offer, merchant.actor, offer=reread(offer))


def test_order_on_terms_that_have_changed_is_refused(merchant, provider):
    offer = shown(provider)
    services.update_service_offer(
        provider.actor, offer=offer, fields=factories.service_offer_fields(monthly_fee_fen=1)
    )
    refused(409, services.order_service_offer, merchant.actor, offer=offer, version=1)
    page = merchant.browser().post(f"/service-offers/{offer.pk}/orders/", {"version": "1"})
    assert page.status_code == 200
    assert not Need.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_last_place_is_sold_once(merchant, provider):
    other = factories.listed_party("merchant", "拾光生活")
    second = person_of(other)
    offer = shown(provider, most_open=1)
    answers = factories.at_once(
        lambda: services.order_service_offer(merchant.actor, offer=offer),
        lambda: services.order_service_offer(second.actor, offer=offer),
        behind=ServiceOffer.objects.filter(pk=offer.pk),
    )
    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    assert Proposal.objects.count() == 1


# --- writing one -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"service_ids": []},
        {"monthly_fee_fen": 0, "share_bp": 0},
        {"term_months": 0},
        {"answer_hours": 46},
        {"most_open": 0},
        {"lead_days": 91},
        {"scope": "加微信 13800001111"},
        {"title": "两\n行"},
    ],
)
def test_package_that_cannot_be_is_refused(provider, wrong):
    fields = factories.service_offer_fields(**wrong)
    refused(422, services.create_service_offer, provider.actor, fields=fields)


def test_only_its_own_people_write_show_and_hide(merchant, provider, rival):
    refused(
        403,
        services.create_service_offer,
        merchant.actor,
        fields=factories.service_offer_fields(),
    )
    offer = services.create_service_offer(provider.actor, fields=factories.service_offer_fields())
    refused(403, services.show_service_offer, rival.actor, offer=offer)
    refused(409, services.hide_service_offer, provider.actor, offer=offer)
    assert rival.browser().get(offer.get_absolute_url()).status_code == 404
    services.show_service_offer(provider.actor, offer=offer)
    refused(409, services.show_service_offer, provider.actor, offer=offer)
    for client in (rival.browser(), merchant.browser()):
        assert client.get(offer.get_absolute_url()).status_code == 200
        assert offer.title in client.get("/service-offers/").content.decode()
    profile = merchant.browser().get(f"/providers/{provider.party.pk}/").content.decode()
    assert offer.title in profile
    assert f"/needs/new/?for={provider.party.pk}" in profile
    services.hide_service_offer(provider.actor, offer=offer)
    assert offer.title not in merchant.browser().get("/service-offers/").content.decode()


def test_package_is_written_in_the_page(provider, agency):
    page = provider.browser()
    good = {
        "title": "基础自播包",
        "scope": "每周开播 5 场。",
        "services": factories.service_offer_fields().service_ids,
        "monthly_fee": "15000",
        "share": "2",
        "term_months": "3",
        "lead_days": "7",
        "answer_hours": "9",
        "most_open": "5",
        "version": "0",
    }
    assert page.post("/service-offers/new/", good).status_code == 302
    offer = ServiceOffer.objects.get()
    assert (
        page.post(f"/service-offers/{offer.pk}/edit/", good | {"version": "9"}).status_code == 200
    )
    changed = good | {"version": "1", "title": "改了"}
    assert page.post(f"/service-offers/{offer.pk}/edit/", changed).status_code == 302
    assert reread(offer).title == "改了"
    assert agency.browser().post("/service-offers/new/", good | {"services": []}).status_code == 302


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_as_much_for_three_as_for_one(
    provider, visitor, rows, django_assert_max_num_queries
):
    for _number in range(rows):
        shown(provider)
    with django_assert_max_num_queries(6):
        assert visitor.get("/service-offers/").status_code == 200


# --- a need for one party alone ----------------------------------------------------------------


def test_private_need_is_seen_and_answered_by_one_party_alone(merchant, provider, rival, visitor):
    need = factories.open_need(merchant.actor, only_for_id=provider.party.pk)
    assert Proposal.objects.get().status == ProposalStatus.INVITED
    assert rival.browser().get(f"/needs/{need.pk}/").status_code == 404
    assert need.title not in visitor.get("/needs/").content.decode()
    assert need.title not in rival.browser().get("/needs/?view=open").content.decode()
    refused(
        403, services.submit_proposal, rival.actor, need=need, fields=factories.proposal_fields()
    )
    refused(409, services.invite_provider, merchant.actor, need=need, provider=rival.party)
    assert merchant.browser().get(f"/needs/{need.pk}/candidates/").status_code == 409
    assert merchant.browser().get(f"/needs/{need.pk}/").status_code == 200
    proposal = factories.submitted_proposal(provider.actor, need)
    services.accept_proposal(merchant.actor, proposal=proposal)
    assert reread(need).status == NeedStatus.AWARDED


def test_private_need_names_a_listed_party_of_the_kind(merchant, provider, agency):
    for named in (merchant.party.pk, agency.party.pk, 0):
        fields = factories.need_fields(only_for_id=named)
        refused(422, services.create_need, merchant.actor, fields=fields)
    form = merchant.browser().get(f"/needs/new/?for={agency.party.pk}").context["form"]
    assert (form["seeks"].value(), form["only_for"].value()) == ("agency", agency.party.pk)
    assert merchant.browser().get(f"/needs/new/?for={merchant.party.pk}").status_code == 404
