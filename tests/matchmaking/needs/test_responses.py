"""The response clock: working hours from a question to its answer, and what the ranking makes of
them."""

from datetime import datetime, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from matchmaking.needs import selectors, services
from matchmaking.needs.models import ResponseFact, ResponsePace
from matchmaking.needs.ranking import CandidateList
from matchmaking.needs.states import AskedBy, LossReason
from portal.core import clock
from portal.core.actor import system_actor
from portal.core.clock import SHANGHAI
from tests import factories

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 16, tzinfo=SHANGHAI)
SYSTEM = system_actor("task")


def facts():
    rows = ResponseFact.objects.order_by("pk")
    return [(f.party.name, f.kind, f.minutes, f.answered_at is not None) for f in rows]


def later(hours: float):
    return clock.standing_at(MONDAY + timedelta(hours=hours))


def test_invitation_is_answered_in_working_hours(merchant, provider, rival):
    with later(0):
        need = factories.open_need(merchant.actor)
        for person in (provider, rival):
            services.invite_provider(merchant.actor, need=need, provider=person.party)
    with later(17):  # Tuesday, nine: two hours of Monday
        factories.submitted_proposal(provider.actor, need)
    with later(18):
        other = need.proposals.get(provider=rival.party)
        services.withdraw_proposal(rival.actor, proposal=other, reason=LossReason.CAPACITY)
    assert facts() == [
        (provider.party.name, AskedBy.INVITATION, 120, True),
        (rival.party.name, AskedBy.INVITATION, 180, True),
    ]


def test_answer_nobody_asked_for_is_none(merchant, provider):
    factories.submitted_proposal(provider.actor, factories.open_need(merchant.actor))
    assert facts() == []


def test_silence_until_the_end_is_kept_as_such(merchant, provider):
    with later(0):
        need = factories.open_need(merchant.actor)
        services.invite_provider(merchant.actor, need=need, provider=provider.party)
    with later(1):
        services.cancel_need(merchant.actor, need=need)
    assert facts() == [(provider.party.name, AskedBy.INVITATION, 60, False)]


def test_offers_and_orders_are_answered_by_either_side(merchant, provider):
    with later(0):
        proposal = factories.submitted_proposal(provider.actor, factories.open_need(merchant.actor))
        offer = services.create_service_offer(
            provider.actor, fields=factories.service_offer_fields()
        )
        offer = services.show_service_offer(provider.actor, offer=offer)
        order = services.order_service_offer(merchant.actor, offer=offer)
    with later(1):
        services.accept_proposal(merchant.actor, proposal=proposal)
        services.agree_offer(provider.actor, proposal=order)
    assert facts() == [
        (merchant.party.name, AskedBy.OFFER, 60, True),
        (provider.party.name, AskedBy.ORDER, 60, True),
    ]


def test_first_reply_answers_the_first_of_several_messages(merchant, provider):
    with later(0):
        proposal = factories.submitted_proposal(provider.actor, factories.open_need(merchant.actor))
        services.send_message(merchant.actor, proposal=proposal, text="一")
    with later(0.5):
        services.send_message(merchant.actor, proposal=proposal, text="二")
    with later(1):
        services.send_message(provider.actor, proposal=proposal, text="三")
    with later(1.5):
        services.send_message(provider.actor, proposal=proposal, text="四")
    assert facts() == [(provider.party.name, AskedBy.MESSAGE, 60, True)]


# --- what follows ------------------------------------------------------------------------------


def known(person, minutes: int, count: int = 3) -> None:
    ResponseFact.objects.bulk_create(
        ResponseFact(
            party=person.party,
            kind=AskedBy.MESSAGE,
            ref=f"{minutes}:{number}",
            asked_at=clock.now(),
            answered_at=clock.now(),
            minutes=minutes,
            at=clock.now(),
        )
        for number in range(count)
    )


def test_pace_is_made_of_enough_answers_of_half_a_year(merchant, provider, rival):
    known(provider, 90)
    known(rival, 30, count=2)
    with clock.standing_at(clock.now() - timedelta(days=181)):
        known(merchant, 10)
    assert services.refresh_paces(SYSTEM) == 2
    assert services.refresh_paces(SYSTEM) == 0
    pace = selectors.pace_of(provider.party.pk)
    assert (pace.median_minutes, pace.answered, pace.whole_hours) == (90, 3, 2)
    assert selectors.pace_of(rival.party.pk) is None
    assert selectors.pace_of(merchant.party.pk) is None


def test_who_answers_sooner_is_ahead_and_the_kept_market_learns_of_it(merchant, provider, rival):
    need = factories.open_need(merchant.actor)
    before = CandidateList(need)
    assert "response" in before.ranking.unmeasured
    known(rival, 30)
    known(provider, 600)
    services.refresh_paces(SYSTEM)
    found = CandidateList(need)
    assert [c.provider for c in found.slice(0, 2)] == [rival.party, provider.party]
    parts = {p.code: p for p in found.slice(0, 1)[0].parts}
    assert parts["response"].points == pytest.approx(10 * 0.5 ** (0.5 / 12), abs=1e-6)
    ResponsePace.objects.filter(party=rival.party).update(median_minutes=6_000)
    assert CandidateList(need).slice(0, 1)[0].provider == provider.party


def test_bidder_reads_how_soon_the_merchant_answers(merchant, provider):
    need = factories.open_need(merchant.actor)
    assert "working hour" not in provider.browser().get(f"/needs/{need.pk}/").content.decode()
    known(merchant, 120)
    services.refresh_paces(SYSTEM)
    browser = provider.browser()
    page = browser.get(f"/needs/{need.pk}/", headers={"Accept-Language": "en"})
    assert page.context["pace"].whole_hours == 2


def test_facts_are_never_changed(provider):
    known(provider, 5)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE needs_responsefact SET minutes = 1")
