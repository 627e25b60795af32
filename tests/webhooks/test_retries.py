"""A message is sent until it arrives, and no receiver holds up another."""

import socket
import time
from datetime import timedelta

import pytest
from celery import current_app
from django.test import Client

from matchmaking.needs import services as needs
from portal.core import clock
from portal.notices.models import Notice
from portal.parties import services as parties
from portal.parties.fields import KeyFields
from portal.webhooks import sending, services
from portal.webhooks.models import Attempt, Event, Webhook, WebhookDelivery
from portal.webhooks.states import RETRIES, DeliveryState, Pause
from tests import factories
from tests.receiver import receiving
from tests.webhooks.making import DISPATCH, SEND, make, pending

pytestmark = pytest.mark.django_db


def test_failure_is_tried_again_later_each_time_and_the_log_keeps_it(merchant, receiver):
    hook, delivery = pending(merchant, receiver)
    now = clock.now()
    for number, wait in enumerate(RETRIES[:3], start=1):
        with clock.standing_at(now):
            assert sending.send_due() == 1
            assert sending.send_due() == 0, "not due yet"
        delivery.refresh_from_db()
        assert (delivery.tries, delivery.state) == (number, DeliveryState.PENDING)
        assert delivery.next_at == now + wait
        now = delivery.next_at
    receiver.status = 204
    with clock.standing_at(now):
        sending.send_due()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.next_at) == (DeliveryState.DELIVERED, None)
    log = Attempt.objects.order_by("number")
    assert [one.status for one in log] == [500, 500, 500, 204]
    assert log[0].answer == "出错了"
    ids = {request.headers["webhook-id"] for request in receiver.requests}
    assert len(ids) == 1, "a receiver knows a repeat by it"
    assert len({request.body for request in receiver.requests}) == 1
    hook.refresh_from_db()
    assert hook.failing_since is None


def test_receiver_that_fails_for_days_is_paused_and_its_people_are_told(merchant, receiver):
    hook, delivery = pending(merchant, receiver)
    Notice.objects.all().delete()
    now = clock.now()
    for _try in range(len(RETRIES) + 1):
        with clock.standing_at(now):
            sending.send_due()
        delivery.refresh_from_db()
        now = delivery.next_at or now
    hook.refresh_from_db()
    assert (delivery.state, hook.pause) == (DeliveryState.FAILED, Pause.FAILING)
    assert Notice.objects.get().event == "webhook.paused"
    factories.open_need(merchant.actor)
    assert not WebhookDelivery.objects.pending().exists(), "while it is paused nothing gathers"
    services.resume_webhook(merchant.actor, webhook=hook)
    factories.open_need(merchant.actor)
    assert WebhookDelivery.objects.pending().count() == 1


def test_receiver_that_is_gone_is_paused_at_once(merchant, receiver):
    hook, delivery = pending(merchant, receiver, status=410)
    sending.send_due()
    hook.refresh_from_db()
    delivery.refresh_from_db()
    assert (hook.pause, delivery.state) == (Pause.GONE, DeliveryState.FAILED)


def test_redirect_is_a_failure_and_not_followed(merchant, receiver):
    with receiving() as other:
        _hook, delivery = pending(merchant, receiver, status=302)
        receiver.headers = {"Location": other.url}
        sending.send_due()
        assert other.requests == []
    assert delivery.attempts.get().status == 302


def test_name_that_began_to_lead_inside_is_not_called(merchant, settings):
    """It was public when it was written down; what counts is where it leads now."""
    hook, _secret = make(merchant)
    Webhook.objects.filter(pk=hook.pk).update(url="http://169.254.169.254/latest/meta-data/")
    delivery = services.send_test(merchant.actor, webhook=hook)
    sending.send_due()
    attempt = delivery.attempts.get()
    assert attempt.status is None
    assert attempt.problem


def test_dead_worker_loses_nothing(merchant, receiver):
    _hook, delivery = pending(merchant, receiver, status=200)
    assert services.claim_delivery() is not None  # and then nothing more is heard of it
    assert sending.send_due() == 0
    with clock.standing_at(clock.now() + timedelta(seconds=61)):
        assert sending.send_due() == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries) == (DeliveryState.DELIVERED, 2)


def test_late_answer_to_an_old_claim_changes_nothing_but_the_log(merchant, receiver):
    _hook, delivery = pending(merchant, receiver, status=200)
    old = services.claim_delivery()
    with clock.standing_at(clock.now() + timedelta(seconds=61)):
        sending.send_due()
        services.end_try(old, answer=None, problem="no answer in time")
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.DELIVERED
    assert delivery.attempts.count() == 2


def test_party_with_many_receivers_is_sent_two_at_a_time(merchant, provider):
    hooks = [make(merchant)[0] for _number in range(4)]
    other, _secret = make(provider)
    for hook in hooks:
        services.send_test(merchant.actor, webhook=hook)
    services.send_test(provider.actor, webhook=other)
    claimed = [services.claim_delivery() for _number in range(4)]
    parties = [one.webhook.party_id for one in claimed if one is not None]
    assert parties == [merchant.party.pk, merchant.party.pk, provider.party.pk]


def test_slow_receiver_holds_up_no_other(merchant, provider, receiver):
    with receiving() as slow:
        slow.wait = 3
        mine, _secret = make(merchant, slow.url)
        theirs, _secret = make(provider, receiver.url)
        late = services.send_test(merchant.actor, webhook=mine)
        quick = services.send_test(provider.actor, webhook=theirs)
        assert sending.send_due(wait_seconds=0.5) == 2
    quick.refresh_from_db()
    assert quick.state == DeliveryState.DELIVERED
    assert late.attempts.get().problem == "no answer in time"


def test_sending_has_a_lane_of_its_own():
    router = current_app.amqp.router
    lanes = {name: router.route({}, name)["queue"].name for name in (SEND, DISPATCH)}
    assert lanes == {SEND: "webhooks", DISPATCH: "celery"}


def test_lookup_that_hangs_ends_in_time_too(merchant, monkeypatch):
    def hang(*_args, **_options):
        time.sleep(2)
        raise OSError("tests")

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    hook, _secret = make(merchant, "https://slow-name.example/hook")
    delivery = services.send_test(merchant.actor, webhook=hook)
    assert sending.send_due(wait_seconds=0.3) == 1
    assert delivery.attempts.get().problem == "no answer in time"


@pytest.mark.django_db(transaction=True)
def test_one_run_at_a_time(merchant):
    make(merchant)
    with sending._lane() as is_free:
        assert is_free
        [other] = factories.at_once(sending.send_due)
        assert other == 0


def test_bidder_that_was_not_invited_does_not_learn_who_asks(merchant, provider, rival):
    make(merchant)
    make(provider)
    make(rival)
    need = factories.open_need(merchant.actor)
    needs.invite_provider(merchant.actor, need=need, provider=rival.party)
    factories.submitted_proposal(provider.actor, need)
    factories.submitted_proposal(rival.actor, need)
    sent = Event.objects.filter(type="proposal.submitted")
    told = {(one.party_id, one.data["provider"]): one.data["merchant"] for one in sent}
    shop, bidder, invited = (one.party.pk for one in (merchant, provider, rival))
    assert told == {
        (shop, bidder): shop,
        (bidder, bidder): None,
        (shop, invited): shop,
        (invited, invited): shop,
    }


def test_draft_given_up_is_told_to_its_bidder_only(merchant, provider):
    make(merchant)
    make(provider)
    need = factories.open_need(merchant.actor)
    fields = factories.proposal_fields()
    draft = needs.draft_proposal(provider.actor, need=need, fields=fields)
    needs.withdraw_proposal(provider.actor, proposal=draft, reason="capacity")
    sent = Event.objects.filter(type="proposal.withdrawn")
    assert [one.party_id for one in sent] == [provider.party.pk]


def test_log_needs_the_rights_of_what_it_holds(merchant):
    fields = KeyFields("x", ["party:read", "party:write"], 30)
    _key, plain = parties.make_key(merchant.actor, party=merchant.party, fields=fields)
    client = Client(headers={"Authorization": f"Bearer {plain}"})
    refused = client.get("/api/v1/webhook-deliveries/")
    assert (refused.status_code, "trade:read" in refused.json()["detail"]) == (403, True)


def test_slow_receiver_gets_one_request_at_a_time(merchant, provider, receiver):
    hook, _secret = make(merchant, receiver.url)
    other, _other_secret = make(provider, receiver.url)
    for _number in range(2):
        services.send_test(merchant.actor, webhook=hook)
    services.send_test(provider.actor, webhook=other)
    first, second = services.claim_delivery(), services.claim_delivery()
    assert {first.webhook_id, second.webhook_id} == {hook.pk, other.pk}
    assert services.claim_delivery() is None
